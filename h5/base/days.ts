/** Days and times as they are shown, always those of Changsha. */
import { language } from './texts.ts';

const ZONE = 'Asia/Shanghai';
const tag = () => (language() === 'en' ? 'en-GB' : language() === 'zh-Hant' ? 'zh-Hant-TW' : 'zh-CN');

/** `2026-11-26` as 2026年11月26日 星期四. */
export function showDay(day: string): string {
  const noon = new Date(`${day}T12:00:00+08:00`);
  return new Intl.DateTimeFormat(tag(), { dateStyle: 'long', timeZone: ZONE, calendar: 'gregory' }).format(noon);
}

/** The day of a moment, as 2026年11月23日. */
export function showDate(iso: string): string {
  const options = { dateStyle: 'long', timeZone: ZONE, calendar: 'gregory' } as const;
  return new Intl.DateTimeFormat(tag(), options).format(new Date(iso));
}

/** A moment as 11月23日 14:05, in Changsha's time. */
export function showMoment(iso: string): string {
  const options = {
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: ZONE,
  } as const;
  return new Intl.DateTimeFormat(tag(), options).format(new Date(iso));
}

/** Today in Changsha, `YYYY-MM-DD`, moved by some days. */
export function dayFromToday(days: number, now: Date = new Date()): string {
  const moved = new Date(now.getTime() + days * 24 * 60 * 60 * 1000);
  return new Intl.DateTimeFormat('en-CA', { dateStyle: 'short', timeZone: ZONE }).format(moved);
}
