/** Moments as people say them: 12月5日（星期六）上午9:00到11:00, in Changsha's time. */
import { say, sayAll, type Locale } from '../locales/index.ts';
import { dayOf, minuteOf, weekday } from './dates.ts';

const NOON = 12 * 60;
const AFTERNOON = 13 * 60;
const EVENING = 18 * 60;

/** A time of the day: 下午2:30. */
function sayTime(moment: Date, locale: Locale): string {
  const minute = minuteOf(moment);
  const [hours, minutes] = [Math.floor(minute / 60), String(minute % 60).padStart(2, '0')];
  return say(locale, `activities:when.${partOf(minute)}`, {
    time: `${hours > 12 ? hours - 12 : hours}:${minutes}`,
  });
}

function partOf(minute: number): 'morning' | 'noon' | 'afternoon' | 'evening' {
  if (minute < NOON) return 'morning';
  if (minute < AFTERNOON) return 'noon';
  return minute < EVENING ? 'afternoon' : 'evening';
}

function sayDate(moment: Date, locale: Locale): string {
  const day = dayOf(moment);
  const [, month, date] = day.split('-').map(Number);
  return say(locale, 'activities:when.day', {
    month: month ?? 0,
    day: date ?? 0,
    weekday: sayAll(locale, 'activities:when.weekdays')[weekday(day)] ?? '',
  });
}

/** A moment: 12月5日（星期六）上午9:00. */
export const sayMoment = (moment: Date, locale: Locale): string =>
  say(locale, 'activities:when.moment', { day: sayDate(moment, locale), time: sayTime(moment, locale) });

/** From when to when: the day once when it is the same. */
export function sayWhen({ startsAt, endsAt }: { startsAt: Date; endsAt: Date }, locale: Locale): string {
  const from = sayMoment(startsAt, locale);
  const to = dayOf(startsAt) === dayOf(endsAt) ? sayTime(endsAt, locale) : sayMoment(endsAt, locale);
  return say(locale, 'activities:when.span', { from, to });
}
