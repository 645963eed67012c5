/** Days as people say them: 今天, 昨天, 3月5日, 上个月5号, 三天前, 2026/3/5, March 5. What is not yet a day says what is missing. */
import type { PlainDate } from '../../api/dates.ts';
import { addDays, dayOf, weekdayOf } from './days.ts';
import { readNumber } from './numbers.ts';

/** A day; or a month (or year) whose day is missing, with days to offer; or nothing that we can read. */
export type HeardDay = { is: 'day'; day: PlainDate } | { is: 'day-missing'; offer: PlainDate[] } | { is: 'unread' };

const N = '[\\d零〇○一二三四五六七八九十两兩]';
const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
const WEEKDAYS = '日一二三四五六';
/** Years that a word stands for, counted from this one. */
const YEARS: Record<string, number> = { 今年: 0, 去年: -1, 前年: -2, 大前年: -3, 明年: 1 };
const NEAR: Record<string, number> = {
  今天: 0,
  今日: 0,
  昨天: -1,
  昨日: -1,
  前天: -2,
  大前天: -3,
  明天: 1,
  后天: 2,
  後天: 2,
  today: 0,
  yesterday: -1,
  tomorrow: 1,
};

/** Reads a day. A date without a year is the last one that was. */
export function hearDay(typed: string, today: PlainDate): HeardDay {
  const text = typed
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s,，。]+/g, ' ')
    .trim();
  const tight = text.replaceAll(/[ 的]/g, '');
  const near = NEAR[tight];
  if (near !== undefined) return found(addDays(today, near));
  return (
    ago(tight, today) ??
    written(tight, today) ??
    byWords(tight, today) ??
    lastWeekday(tight, today) ??
    english(text, today) ?? { is: 'unread' }
  );
}

const found = (day: PlainDate | null): HeardDay => (day ? { is: 'day', day } : { is: 'unread' });

function ago(text: string, today: PlainDate): HeardDay | null {
  const [, count, unit] =
    new RegExp(`^(${N}+)(天|个?星期|個?星期|周|週)(?:以前|之前|前)$`).exec(text) ??
    /^(\d+)(day|week)s?ago$/.exec(text) ??
    [];
  const n = count ? readNumber(count) : null;
  if (n === null) return null;
  return found(addDays(today, -n * (unit === '天' || unit === 'day' ? 1 : 7)));
}

/** 2026-3-5, 2026/03/05, 20260305, 2026.3; 3/5. */
function written(text: string, today: PlainDate): HeardDay | null {
  const whole = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text) ?? /^((?:19|20)\d{2})(\d{2})(\d{2})$/.exec(text);
  if (whole) return found(dayOf(Number(whole[1]), Number(whole[2]), Number(whole[3])));
  const month = /^(\d{4})[-/.](\d{1,2})$/.exec(text);
  if (month) return missing(Number(month[1]), Number(month[2]), today);
  const short = /^(\d{1,2})[-/.](\d{1,2})$/.exec(text);
  return short ? found(latest(Number(short[1]), Number(short[2]), today)) : null;
}

/** 去年三月五号, 二〇二六年3月5日, 上个月5号, 5号, 去年三月, 2019年. */
function byWords(text: string, today: PlainDate): HeardDay | null {
  const [thisYear = 0, thisMonth = 0] = today.split('-').map(Number);
  const parts = new RegExp(
    `^(?:(今年|去年|大前年|前年|明年)|(${N}{2,4})年)?(?:(${N}+)月份?|(上上?|这|這|本)个?個?月)?(?:(${N}+)[日号號]|(月?初|月?中|月?底))?$`,
  ).exec(text);
  if (!parts || text === '') return null;
  const [, yearWord, yearDigits, monthDigits, monthWord, dayDigits] = parts;
  const year = yearWord ? thisYear + (YEARS[yearWord] ?? 0) : yearDigits ? fullYear(readNumber(yearDigits)) : null;
  const named = monthDigits ? readNumber(monthDigits) : null;
  if (monthWord) {
    const back = monthWord.startsWith('上') ? monthWord.length : 0;
    const first = new Date(Date.UTC(thisYear, thisMonth - 1 - back, 1));
    return onDay(first.getUTCFullYear(), first.getUTCMonth() + 1, dayDigits, today);
  }
  if (named === null) {
    if (dayDigits && year === null) return found(lastNumbered(readNumber(dayDigits), today));
    return year !== null && !dayDigits ? missing(year, null, today) : null;
  }
  if (year !== null) return onDay(year, named, dayDigits, today);
  const number = dayDigits ? readNumber(dayDigits) : null;
  if (number !== null) return found(latest(named, number, today));
  return missing(named > thisMonth ? thisYear - 1 : thisYear, named, today);
}

function onDay(year: number, month: number, dayDigits: string | undefined, today: PlainDate): HeardDay {
  const number = dayDigits ? readNumber(dayDigits) : null;
  return number === null ? missing(year, month, today) : found(dayOf(year, month, number));
}

/** 上周三, 上个星期天, 周一: the last one that was. */
function lastWeekday(text: string, today: PlainDate): HeardDay | null {
  const [, word = '', day = ''] =
    /^(上个?|上個|这个?|這個?|本)?(?:星期|礼拜|禮拜|周|週)([一二三四五六日天])$/.exec(text) ?? [];
  if (!day) return null;
  const wanted = WEEKDAYS.indexOf(day === '天' ? '日' : day);
  const monday = addDays(today, -((weekdayOf(today) + 6) % 7));
  const offset = (wanted + 6) % 7;
  const thisWeek = addDays(monday, offset);
  if (word.startsWith('上')) return found(addDays(thisWeek, -7));
  return found(thisWeek > today ? addDays(thisWeek, -7) : thisWeek);
}

/** March 5, 5 March 2026, march 2025. */
function english(text: string, today: PlainDate): HeardDay | null {
  const name = /[a-z]+/.exec(text)?.[0] ?? '';
  const month = name.length < 3 ? 0 : MONTHS.findIndex((one) => one.startsWith(name)) + 1;
  if (month === 0) return null;
  const numbers = [...text.matchAll(/\d+/g)].map(([digits]) => Number(digits));
  const year = numbers.find((n) => n > 31) ?? null;
  const day = numbers.find((n) => n <= 31) ?? null;
  if (day === null) return missing(year ?? Number(today.slice(0, 4)), month, today);
  return found(year === null ? latest(month, day, today) : dayOf(year, month, day));
}

const fullYear = (n: number | null): number | null =>
  n === null ? null : n < 100 ? (n > 30 ? 1900 + n : 2000 + n) : n;

/** A month and day without a year: the last one that was. */
function latest(month: number, day: number, today: PlainDate): PlainDate | null {
  const year = Number(today.slice(0, 4));
  const here = dayOf(year, month, day);
  return here && here <= today ? here : (dayOf(year - 1, month, day) ?? here);
}

/** 「5号」: of this month, or of the last when it has not come yet. */
function lastNumbered(number: number | null, today: PlainDate): PlainDate | null {
  const [year = 0, month = 0] = today.split('-').map(Number);
  if (number === null) return null;
  const here = dayOf(year, month, number);
  const before = new Date(Date.UTC(year, month - 2, 1));
  return here && here <= today ? here : dayOf(before.getUTCFullYear(), before.getUTCMonth() + 1, number);
}

/** The day is asked for; the first and the middle of the month are offered (of each quarter when only a year was named). */
function missing(year: number, month: number | null, today: PlainDate): HeardDay {
  const months = month === null ? [1, 4, 7, 10] : [month];
  const days = month === null ? [1] : [1, 15];
  const offer = months.flatMap((one) => days.flatMap((day) => dayOf(year, one, day) ?? []));
  return offer.length === 0 ? { is: 'unread' } : { is: 'day-missing', offer: offer.filter((day) => day <= today) };
}
