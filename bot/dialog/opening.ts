/** Whether a counter is open now, and when it opens next. Monday to Friday; holidays are not known here, so the words say 「工作日」. */
import type { Me } from '../../api/access/me.ts';
import type { PlainDate } from '../../api/dates.ts';
import { addDays, dayAt, minuteAt, weekdayOf } from './days.ts';

type OpeningHours = NonNullable<Me['help']['hours']>;
export type Opening = { open: true; until: string } | { open: false; day: PlainDate; inDays: number; from: string };

const isWeekend = (day: PlainDate) => [0, 6].includes(weekdayOf(day));
/** 9:00 from minutes after midnight. */
const clockTime = (minute: number): string => `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;

/** Open until when, or closed until when. */
export function openingAt(hours: OpeningHours, moment: Date): Opening {
  const today = dayAt(moment);
  const minute = minuteAt(moment);
  if (!isWeekend(today) && minute >= hours.from && minute < hours.to) return { open: true, until: clockTime(hours.to) };
  const opensToday = !isWeekend(today) && minute < hours.from;
  let inDays = opensToday ? 0 : 1;
  while (isWeekend(addDays(today, inDays))) inDays += 1;
  return { open: false, day: addDays(today, inDays), inDays, from: clockTime(hours.from) };
}
