/** Where a clerk was in the list: what was chosen, how far it was read, and which line was open. Kept while the tab is open. */
import type { PendingFilter } from '../../../api/engine/cases/pending.ts';
import { recall, remember } from '../../base/memory.ts';

export const views = ['mine', 'nobodys', 'unit', 'below', 'overdue'] as const;
export type View = (typeof views)[number];

/** People with special care: everybody, with any flag, or with one. */
export type Flagged = '' | NonNullable<PendingFilter['flagged']>;

export interface Place {
  /** The query of the list's address. */
  query: Record<string, string>;
  flagged: Flagged;
  pages: number;
  number: string | null;
}

const MEMORY = 'staff-place';
const start: Place = { query: {}, flagged: '', pages: 1, number: null };

export function readPlace(): Place {
  try {
    return { ...start, ...(JSON.parse(recall(MEMORY, 'here') ?? '{}') as Partial<Place>) };
  } catch {
    return start;
  }
}

export function keepPlace(change: Partial<Place>): void {
  remember(MEMORY, JSON.stringify({ ...readPlace(), ...change }), 'here');
}

/** The view of an address, the reader's own unit when it names none. */
export const viewOf = (value: unknown): View => views.find((one) => one === value) ?? 'unit';
