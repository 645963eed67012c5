/** A day between three fields and one string. What is half typed is kept as it is: 「2026--」 comes back as a year alone. */
export interface DayParts {
  year: string;
  month: string;
  day: string;
}

export function partsOf(value: unknown): DayParts {
  const [year = '', month = '', day = ''] = typeof value === 'string' ? value.split('-') : [];
  const plain = (digits: string) => digits.replace(/^0+(?=\d)/, '');
  return { year, month: plain(month), day: plain(day) };
}

/** `2026-11-03`; the server reads single digits too and says what is missing. Null when nothing was typed. */
export function dayOf({ year, month, day }: DayParts): string | null {
  const [y, m, d] = [year, month, day].map((part) => part.normalize('NFKC').trim());
  if (!y && !m && !d) return null;
  return `${y}-${m}-${d}`;
}

/** `2026-11`, or the year alone as long as that is all; the server says what is missing. Null when nothing was typed. */
export function monthOf({ year, month }: DayParts): string | null {
  const [y = '', m] = [year, month].map((part) => part.normalize('NFKC').trim());
  if (!y && !m) return null;
  return m ? `${y}-${m}` : y;
}
