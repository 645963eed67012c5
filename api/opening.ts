/** Whether a counter is open now, and when it opens next, by the working calendar: holidays and make-up days (调休) included. Pure. */
import { z } from 'zod';
import type { Hours, OpeningHours } from '../db/schema/registry.ts';
import { addDays, dayOf, minuteOf, weekday, type PlainDate } from './dates.ts';
import type { Calendar } from './ports.ts';

export const opening = z.discriminatedUnion('open', [
  /** `until`: `17:00` today. `pause`: it is only the noon rest that begins then. */
  z.object({ open: z.literal(true), until: z.string(), pause: z.boolean() }),
  /** `inDays`: 0 is today, 1 tomorrow. `pause`: it is noon, and they come back. */
  z.object({ open: z.literal(false), day: z.iso.date(), inDays: z.int(), from: z.string(), pause: z.boolean() }),
]);
export type Opening = z.infer<typeof opening>;

/** The longest holiday is nine days; a counter that does not open for a month has no hours that would help anybody. */
const MOST_DAYS = 31;

/** Open until when, or closed until when; null when it does not open soon. */
export function openingAt(hours: OpeningHours, moment: Date, calendar: Calendar): Opening | null {
  const today = dayOf(moment);
  const minute = minuteOf(moment);
  const spells = spellsOf(hours, today, calendar);
  const now = spells.findIndex(({ from, to }) => minute >= from && minute < to);
  const spell = spells[now];
  if (spell) return { open: true, until: clockTime(spell.to), pause: now < spells.length - 1 };
  const later = spells.findIndex(({ from }) => from > minute);
  const next = spells[later];
  if (next) return { open: false, day: today, inDays: 0, from: clockTime(next.from), pause: later > 0 };
  for (let inDays = 1; inDays <= MOST_DAYS; inDays += 1) {
    const day = addDays(today, inDays);
    const [first] = spellsOf(hours, day, calendar);
    if (first) return { open: false, day, inDays, from: clockTime(first.from), pause: false };
  }
  return null;
}

/** Before and after the noon rest; nothing on a day on which it stays closed. */
function spellsOf(hours: OpeningHours, day: PlainDate, calendar: Calendar): Hours[] {
  const whole = hoursOn(hours, day, calendar);
  if (!whole) return [];
  const { pause } = hours;
  if (!pause || pause.to <= whole.from || pause.from >= whole.to) return [whole];
  return [
    { from: whole.from, to: pause.from },
    { from: pause.to, to: whole.to },
  ].filter(({ from, to }) => from < to);
}

/** An exception first, then the public holiday, then the day of the week; a make-up day is as the first open day of the week. */
function hoursOn({ week, exceptions }: OpeningHours, day: PlainDate, calendar: Calendar): Hours | null {
  const exception = exceptions.find((one) => one.day === day);
  if (exception) return exception.hours;
  if (calendar.isHoliday(day)) return null;
  const own = week[(weekday(day) + 6) % 7] ?? null;
  return own ?? (isWeekend(day) && calendar.isWorkday(day) ? (week.find((one) => one !== null) ?? null) : null);
}

const isWeekend = (day: PlainDate): boolean => [0, 6].includes(weekday(day));

/** 9:00 from minutes after midnight. */
export const clockTime = (minute: number): string =>
  `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;
