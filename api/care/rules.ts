/** Who is due for what (第十九条): pure, by calendar dates. */
import { LunarDay, LunarMonth, SolarDay } from 'tyme4ts';
import { AGED_FROM } from '../rulebook.ts';
import { isPlainDate, type PlainDate } from '../dates.ts';

/** 第十九条（一）, in the order of the year. */
export const festivals = ['spring', 'dragonBoat', 'midAutumn', 'doubleNinth'] as const;
export type Festival = (typeof festivals)[number];

const lunarDates: Record<Festival, readonly [month: number, day: number]> = {
  spring: [1, 1],
  dragonBoat: [5, 5],
  midAutumn: [8, 15],
  doubleNinth: [9, 9],
};

/** The day of a festival in a year, by its lunar date. */
export function festivalDay(festival: Festival, year: number): PlainDate {
  const [month, day] = lunarDates[festival];
  return plainDay(LunarDay.fromYmd(year, month, day).getSolarDay());
}

/** 第十九条（二）: the ages that are visited. */
export const birthdayAges = [80, 90, 100] as const;
export type BirthdayAge = (typeof birthdayAges)[number];

/** The age that somebody reaches in the year, when it is one that is visited. */
export function birthdayAge(born: string, year: number): BirthdayAge | null {
  return birthdayAges.find((age) => Number(born.slice(0, 4)) + age === year) ?? null;
}

/** The birthday in a year. Whoever was born on 29 February has it on the last of February in other years. */
export function birthdayIn(born: string, year: number): PlainDate {
  const day = `${year}-${born.slice(5)}`;
  return isPlainDate(day) ? day : (`${year}-02-28` as PlainDate);
}

/**
 * The lunar birthday that falls into a year: many celebrate it, or have it on their card. A leap month counts as its month, and the
 * 30th of a short month is its 29th. Null in a year that has none.
 */
export function lunarBirthdayIn(born: string, year: number): PlainDate | null {
  const [y = 0, m = 0, d = 0] = born.split('-').map(Number);
  const lunar = SolarDay.fromYmd(y, m, d).getLunarDay();
  const month = Math.abs(lunar.getMonth());
  // The last month of a lunar year mostly falls into the next solar one.
  for (const lunarYear of [year, year - 1]) {
    const day = Math.min(lunar.getDay(), LunarMonth.fromYm(lunarYear, month).getDayCount());
    const solar = plainDay(LunarDay.fromYmd(lunarYear, month, day).getSolarDay());
    if (solar.startsWith(String(year))) return solar;
  }
  return null;
}

export interface BirthdayDue {
  age: BirthdayAge;
  day: PlainDate;
  lunarDay: PlainDate | null;
}

/** Whose round birthday is in a month (1–12), by the calendar of the card or by the lunar one; else null. */
export function birthdayDue(born: string, year: number, month: number): BirthdayDue | null {
  const age = birthdayAge(born, year);
  if (!age) return null;
  const [day, lunarDay] = [birthdayIn(born, year), lunarBirthdayIn(born, year)];
  const isIn = (date: string | null) => date !== null && Number(date.slice(5, 7)) === month;
  return isIn(day) || isIn(lunarDay) ? { age, day, lunarDay } : null;
}

/** 高龄 on a day: born on or before this day. */
export function agedIfBornBy(day: PlainDate): PlainDate {
  return birthdayIn(day, Number(day.slice(0, 4)) - AGED_FROM);
}

/** 高龄 on a day. */
export const isAged = (born: string, day: PlainDate): boolean => born <= agedIfBornBy(day);

/** How old somebody is on a day, in whole years. */
export function ageOn(born: string, day: PlainDate): number {
  const years = Number(day.slice(0, 4)) - Number(born.slice(0, 4));
  return birthdayIn(born, Number(day.slice(0, 4))) <= day ? years : years - 1;
}

export interface HardshipClaim {
  /** 孤寡、无子女双老户等特殊群体. */
  situation: string;
  /** 患重大疾病或其他突发情况. */
  cause: string;
  /** 生活特别困难. */
  difficult: boolean;
}

/** 第十九条（四）: all three must hold. @returns the first that does not, as the text key of a reason; null when all do */
export function hardshipLacks({ situation, cause, difficult }: Partial<HardshipClaim>): string | null {
  if (situation === 'none') return 'not-special';
  if (cause === 'none') return 'no-cause';
  return difficult === false ? 'not-difficult' : null;
}

/** The period that a ceiling is counted in, fixed when it is reserved. */
export function periodOf(ceiling: string, of: { year: number; caseId?: string; age?: number }): string {
  if (ceiling === 'birthday') return String(of.age);
  if (ceiling === 'hardship') return of.caseId ?? '';
  return ceiling === 'bereavement' ? 'death' : String(of.year);
}

function plainDay(day: SolarDay): PlainDate {
  const pad = (part: number) => String(part).padStart(2, '0');
  return `${day.getYear()}-${pad(day.getMonth())}-${pad(day.getDay())}` as PlainDate;
}
