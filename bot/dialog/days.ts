/** Days for the chat: which day it is in Changsha (UTC+8, no summer time), and how a day is said. */
import type { PlainDate } from '../../api/dates.ts';
import { say, type Locale } from '../../locales/index.ts';

const OFFSET_MS = 8 * 60 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;

/** The day in Changsha at a moment. */
export const dayAt = (moment: Date): PlainDate =>
  new Date(moment.getTime() + OFFSET_MS).toISOString().slice(0, 10) as PlainDate;

export const addDays = (day: PlainDate, days: number): PlainDate =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10) as PlainDate;

/** 0 is Sunday. */
export const weekdayOf = (day: PlainDate): number => new Date(`${day}T00:00:00Z`).getUTCDay();

/** The day of these numbers; null when there is none (30 February). */
export function dayOf(year: number, month: number, day: number): PlainDate | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? (date.toISOString().slice(0, 10) as PlainDate) : null;
}

/** 2026年11月26日, in the reader's way. */
export function sayDay(locale: Locale, day: string): string {
  const [year = '', month, date] = day.split('-');
  return say(locale, 'engine:answers.day', { year, month: Number(month), day: Number(date) });
}

/** 11月26日, where the year goes without saying. */
export function sayShortDay(locale: Locale, day: string): string {
  const [, month, date] = day.split('-');
  return say(locale, 'chat:pending.day', { month: Number(month), day: Number(date) });
}

/** The day of a moment given as ISO text. */
export const sayMoment = (locale: Locale, at: string): string => sayDay(locale, dayAt(new Date(at)));
