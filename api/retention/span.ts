/** How long something is kept, and which moment that is, counted back from now. Pure. */
import { addDays, dayOf, monthsBefore } from '../dates.ts';

export interface Span {
  of: 'days' | 'months' | 'years';
  count: number;
}

/** The same time of day, so many days, months or years earlier; the last day of a month that is shorter. */
export function earlier(now: Date, { of, count }: Span): Date {
  const today = dayOf(now);
  const then = of === 'days' ? addDays(today, -count) : monthsBefore(today, of === 'years' ? count * 12 : count);
  return new Date(now.getTime() - (Date.parse(today) - Date.parse(then)));
}
