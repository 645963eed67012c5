/** Days one after the other that are called and worked alike, said as one. */
import { showDay } from '../../base/days.ts';
import { t } from '../../base/texts.ts';

export interface Span {
  name: string;
  works: boolean;
  first: string;
  last: string;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const follows = (day: string, before: string) => Date.parse(day) - Date.parse(before) === DAY_MS;

/** Joins neighbours of one name; the days come in order. */
export function spansOf(days: readonly { day: string; works: boolean; name: string }[]): Span[] {
  const spans: Span[] = [];
  for (const { day, works, name } of days) {
    const last = spans.at(-1);
    if (last && last.name === name && last.works === works && follows(day, last.last)) last.last = day;
    else spans.push({ name, works, first: day, last: day });
  }
  return spans;
}

/** 2026年10月1日 星期四 到 …, or the one day. */
export const showSpan = ({ first, last }: Pick<Span, 'first' | 'last'>): string =>
  first === last ? showDay(first) : t('calendar:span', { first: showDay(first), last: showDay(last) });
