/** How long something is kept, and which moment that is, counted back from now. Pure. */
import { addDays, dayOf, type PlainDate } from '../dates.ts';

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

function monthsBefore(day: PlainDate, months: number): PlainDate {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const lastOfMonth = new Date(Date.UTC(year, month - months, 0)).getUTCDate();
  const then = new Date(Date.UTC(year, month - 1 - months, Math.min(date, lastOfMonth)));
  return then.toISOString().slice(0, 10) as PlainDate;
}
