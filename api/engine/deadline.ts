/** Deadlines in working days: pure, over a calendar. A deadline ends with its day in Changsha. */
import { addDays, dayOf, endOf, type PlainDate } from '../dates.ts';
import type { Calendar } from '../ports.ts';

/** A year holds well under 300 working days; a calendar without any is broken, and says so. */
const FURTHEST_DAY = 1500;

/** The end of the n-th working day after the day of `from`; the day of `from` itself never counts. */
export function deadline(from: Date, workingDays: number, calendar: Calendar): Date {
  let day = dayOf(from);
  let left = workingDays;
  for (let step = 0; step < FURTHEST_DAY; step += 1) {
    if (left === 0) return endOf(day);
    day = addDays(day, 1);
    if (calendar.isWorkday(day)) left -= 1;
  }
  throw new Error(`The calendar has no ${workingDays} working days after ${dayOf(from)}.`);
}

/** Working days of an allowance still left at `now`: at least one, so that nobody is handed a case already late. */
export function workingDaysLeft(from: Date, allowed: number, now: Date, calendar: Calendar): number {
  return Math.max(allowed - workingDaysBetween(from, now, calendar, allowed), 1);
}

/** Working days from the day after `from` to the day of `to`; not more than `most`. */
export function workingDaysBetween(from: Date, to: Date, calendar: Calendar, most = Infinity): number {
  const last = dayOf(to);
  let days = 0;
  for (let day: PlainDate = addDays(dayOf(from), 1); day <= last && days < most; day = addDays(day, 1)) {
    if (calendar.isWorkday(day)) days += 1;
  }
  return days;
}
