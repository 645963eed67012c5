/** How pressing a due day is, and how it is said in a list. */
import { dayFromToday } from '../base/days.ts';
import { language } from '../base/texts.ts';

export type Urgency = 'overdue' | 'today' | 'later' | 'none';

/** `due` is a day in Changsha, `YYYY-MM-DD`; null while the clock stands still. */
export function urgencyOf(
  { due, overdue }: { due: string | null; overdue: boolean },
  today = dayFromToday(0),
): Urgency {
  if (due === null) return 'none';
  if (overdue || due < today) return 'overdue';
  return due === today ? 'today' : 'later';
}

/** 11月26日 */
export function shortDay(day: string): string {
  const options = { month: 'long', day: 'numeric', timeZone: 'Asia/Shanghai' } as const;
  return new Intl.DateTimeFormat(language() === 'en' ? 'en-GB' : 'zh-CN', options).format(
    new Date(`${day}T12:00:00+08:00`),
  );
}
