/**
 * Calendar months without a clock, `2000-06`, and the days in them. Rosters know retirement and first employment to the
 * month only. Pure; days are `PlainDate` of `api/dates.ts`.
 */
import type { PlainDate } from '../dates.ts';

/** A month, `YYYY-MM`. */
export type PlainMonth = string & { readonly plainMonth: unique symbol };

/** The day, or null when the calendar has no such day. `month` counts from 1. */
export function plainDate(year: number, month: number, day: number): PlainDate | null {
  const at = new Date(Date.UTC(year, month - 1, day));
  const exists = at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
  return exists && year >= 1000 ? (at.toISOString().slice(0, 10) as PlainDate) : null;
}

/** The month, or null when `month` is not 1–12. */
export function plainMonth(year: number, month: number): PlainMonth | null {
  const exists = Number.isInteger(month) && month >= 1 && month <= 12 && year >= 1000 && year <= 9999;
  return exists ? (`${year}-${String(month).padStart(2, '0')}` as PlainMonth) : null;
}

/** The month that a day lies in. */
export function monthOf(day: PlainDate): PlainMonth {
  return day.slice(0, 7) as PlainMonth;
}

/** The first day of a month: how a column of type `date` holds what is known to the month only. */
export function firstOf(month: PlainMonth): PlainDate {
  return `${month}-01` as PlainDate;
}

/** The month `count` months after (or, when negative, before) `month`. */
export function addMonths(month: PlainMonth, count: number): PlainMonth {
  const total = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + count;
  return `${String(Math.floor(total / 12)).padStart(4, '0')}-${String((total % 12) + 1).padStart(2, '0')}` as PlainMonth;
}
