/** Ids of what the fill makes: told apart by kind, and the same every time. */

const kinds = { retiree: 1, account: 2, staff: 3, child: 4, case: 5, draft: 6, message: 7 } as const;

/** A UUID of version 7: a fixed moment, then kind and number, so that rows stand in the order in which they are made. */
export function numberedId(kind: keyof typeof kinds, at: number): string {
  return `018e9570-7c00-7b0${kinds[kind]}-8000-${at.toString(16).padStart(12, '0')}`;
}
