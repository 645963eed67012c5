/** Whether a counter is open now, and when it opens next, by the working calendar: holidays and make-up days (调休) included. Pure. */
import { z } from 'zod';
import type { OpeningHours } from '../db/schema/registry.ts';
import { addDays, dayOf, minuteOf, type PlainDate } from './dates.ts';
import type { Calendar } from './ports.ts';

export const opening = z.discriminatedUnion('open', [
  /** `until`: `17:00` today. */
  z.object({ open: z.literal(true), until: z.string() }),
  /** `inDays`: 0 is today, 1 tomorrow. */
  z.object({ open: z.literal(false), day: z.iso.date(), inDays: z.int(), from: z.string() }),
]);
export type Opening = z.infer<typeof opening>;

/** The longest holiday is nine days; a calendar in which nobody works for a month is a broken one. */
const MOST_DAYS = 31;

/** Open until when, or closed until when; null when the calendar knows no working day soon. */
export function openingAt(hours: OpeningHours, moment: Date, calendar: Calendar): Opening | null {
  const today = dayOf(moment);
  const minute = minuteOf(moment);
  const works = calendar.isWorkday(today);
  if (works && minute >= hours.from && minute < hours.to) return { open: true, until: clockTime(hours.to) };
  const first = works && minute < hours.from ? 0 : 1;
  for (let inDays = first; inDays <= MOST_DAYS; inDays += 1) {
    const day: PlainDate = addDays(today, inDays);
    if (calendar.isWorkday(day)) return { open: false, day, inDays, from: clockTime(hours.from) };
  }
  return null;
}

/** 9:00 from minutes after midnight. */
const clockTime = (minute: number): string => `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;
