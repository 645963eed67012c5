/** Days and moments. Moments are UTC `Date`s; days are calendar days in Changsha (UTC+8, no summer time). */

/** A calendar day in Changsha, `YYYY-MM-DD`. */
export type PlainDate = string & { readonly plainDate: unique symbol };

/** Where "now" comes from. Tests and replays pass their own. */
export type Clock = () => Date;

const OFFSET_MS = 8 * 60 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;

/** The day in Changsha at a moment. */
export function dayOf(moment: Date): PlainDate {
  return new Date(moment.getTime() + OFFSET_MS).toISOString().slice(0, 10) as PlainDate;
}

/** Minutes after midnight in Changsha. */
export function minuteOf(moment: Date): number {
  const local = new Date(moment.getTime() + OFFSET_MS);
  return local.getUTCHours() * 60 + local.getUTCMinutes();
}

/** The last millisecond of a day in Changsha: deadlines end with the day, not in the middle of it. */
export function endOf(day: PlainDate): Date {
  return new Date(startOf(day).getTime() + DAY_MS - 1);
}

/** The first moment of a day in Changsha. */
export function startOf(day: PlainDate): Date {
  return new Date(Date.parse(`${day}T00:00:00Z`) - OFFSET_MS);
}

export function addDays(day: PlainDate, days: number): PlainDate {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10) as PlainDate;
}

/** 0 is Sunday. */
export function weekday(day: PlainDate): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay();
}

/** Whether the text is a day that exists (2026-02-30 is not one). */
export function isPlainDate(text: string): text is PlainDate {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const moment = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text);
}

/** The first day of the month after. */
export function firstOfNextMonth(day: PlainDate): PlainDate {
  return `${addDays(`${day.slice(0, 7)}-28` as PlainDate, 4).slice(0, 7)}-01` as PlainDate;
}

/** The same day so many months before; the last of the month where there is no such day. */
export function monthsBefore(day: PlainDate, months: number): PlainDate {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const lastOfMonth = new Date(Date.UTC(year, month - months, 0)).getUTCDate();
  const then = new Date(Date.UTC(year, month - 1 - months, Math.min(date, lastOfMonth)));
  return then.toISOString().slice(0, 10) as PlainDate;
}
