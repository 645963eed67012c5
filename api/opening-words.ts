/** A unit's opening hours in words: the week, the noon rest, and the days soon that are otherwise. */
import type { Hours, OpeningHours } from '../db/schema/registry.ts';
import { say, type Locale } from '../locales/index.ts';
import { addDays, type PlainDate } from './dates.ts';
import { clockTime } from './opening.ts';

/** Days that are otherwise are told this long before. */
const SOON_DAYS = 30;

export function hoursWords(locale: Locale, { week, pause, exceptions }: OpeningHours, today: PlainDate): string[] {
  const soon = exceptions
    .filter(({ day }) => day >= today && day <= addDays(today, SOON_DAYS))
    .toSorted((a, b) => (a.day < b.day ? -1 : 1));
  return [
    ...weekWords(locale, week),
    ...(pause && week.some(Boolean) ? [say(locale, 'settings:hours.pause', spoken(pause))] : []),
    ...soon.map(({ day, hours }) => exceptionWords(locale, day, hours)),
  ];
}

/** Days beside each other with the same hours are one line; the usual five are called working days. */
function weekWords(locale: Locale, week: readonly (Hours | null)[]): string[] {
  const lines: string[] = [];
  for (let at = 0; at < week.length;) {
    const hours = week[at] ?? null;
    const end = week.findIndex((one, day) => day > at && !isSame(one, hours));
    const last = (end === -1 ? week.length : end) - 1;
    if (hours) lines.push(say(locale, 'settings:hours.on', { days: daysWords(locale, at, last), ...spoken(hours) }));
    at = last + 1;
  }
  return lines;
}

const FRIDAY = 4;

function daysWords(locale: Locale, first: number, last: number): string {
  if (first === 0 && last === FRIDAY) return say(locale, 'settings:hours.workdays');
  const [from, to] = [first, last].map((at) => say(locale, `settings:hours.days.${at}`));
  return first === last ? (from ?? '') : say(locale, 'settings:hours.span', { from: from ?? '', to: to ?? '' });
}

function exceptionWords(locale: Locale, text: string, hours: Hours | null): string {
  const [, month, date] = text.split('-').map(Number);
  const day = say(locale, 'settings:hours.day', { month: month ?? 0, date: date ?? 0 });
  return hours
    ? say(locale, 'settings:hours.on', { days: day, ...spoken(hours) })
    : say(locale, 'settings:hours.closed', { day });
}

const spoken = ({ from, to }: Hours) => ({ from: clockTime(from), to: clockTime(to) });
const isSame = (a: Hours | null, b: Hours | null): boolean => a?.from === b?.from && a?.to === b?.to;
