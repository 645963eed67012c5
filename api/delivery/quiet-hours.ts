/** Quiet hours: from nine in the evening to eight in the morning, Changsha time, nobody is woken by what can wait. Pure. */
import { addDays, dayOf, minuteOf, startOf } from '../dates.ts';

const EVENING = 21 * 60;
const MORNING = 8 * 60;
const MINUTE_MS = 60_000;

/** The moment itself by day; eight in the morning when it falls into the quiet hours. */
export function wakingTime(moment: Date): Date {
  const minute = minuteOf(moment);
  if (minute >= MORNING && minute < EVENING) return moment;
  const day = minute < MORNING ? dayOf(moment) : addDays(dayOf(moment), 1);
  return new Date(startOf(day).getTime() + MORNING * MINUTE_MS);
}

/** Whether it falls into the quiet hours. */
export const isQuiet = (moment: Date): boolean => wakingTime(moment) !== moment;
