/**
 * Dates as rosters write them: 「1960年7月」, 「2000.06」, 「2000-06-01」, 「2000/6」, 「200006」, the serial number of a
 * spreadsheet, 「二〇〇〇年六月」. A month stays a month: no day is invented. Pure.
 */
import type { PlainDate } from '../dates.ts';
import { chineseNumber, compact, tidy } from './characters.ts';
import { plainDate, plainMonth } from './plain-month.ts';
import type { PlainMonth } from './plain-month.ts';

/**
 * `ambiguous-month`: 「2000.1」 is January, or October (2000.10) whose 0 a spreadsheet dropped.
 * `two-digit-year` and `year-only` lack what only a person can add.
 */
export type RosterDateFault =
  'not-a-date' | 'year-only' | 'two-digit-year' | 'bad-month' | 'bad-day' | 'ambiguous-month';

export type ParsedRosterDate =
  | { ok: true; value: { kind: 'month'; month: PlainMonth } | { kind: 'date'; month: PlainMonth; date: PlainDate } }
  | { ok: false; code: RosterDateFault };

const NUMERALS = /[零〇一二三四五六七八九十]+/g;
const TIME_OF_DAY = /[T ]\d{1,2}:\d{2}.*$/;
const SERIAL_EPOCH = Date.UTC(1899, 11, 30);
const FIRST_SERIAL = 10_000; // May 1927; before that a serial has four digits and would be a year
const LAST_SERIAL = 73_000; // 2099

/** Reads a cell. A `Date` counts by its UTC day, which is how spreadsheet readers give it. */
export function parseRosterDate(raw: string | Date): ParsedRosterDate {
  if (raw instanceof Date) return fromDate(raw);
  const text = compact(tidy(raw).replace(TIME_OF_DAY, '')).replace(NUMERALS, (n) => String(chineseNumber(n) ?? n));
  if (/^\d{5}(?:\.\d+)?$/.test(text)) return fromSerial(Number(text));
  if (/^\d{4}年?$/.test(text)) return fault('year-only');
  if (/^(?:19|20)\d{2}\.1$/.test(text)) return fault('ambiguous-month');
  if (/^\d{2}年\d{1,2}月/.test(text) || /^\d{2}[./]\d{1,2}$/.test(text)) return fault('two-digit-year');
  const parts =
    /^(\d{4})年(\d{1,2})月(?:(\d{1,2})[日号]?)?(?:份|初|底)?$/.exec(text) ??
    /^(\d{4})[-./、](\d{1,2})(?:[-./、](\d{1,2}))?[-.]?$/.exec(text) ??
    /^(\d{4})(\d{2})(\d{2})?$/.exec(text);
  return parts ? fromParts(Number(parts[1]), Number(parts[2]), parts[3]) : fault('not-a-date');
}

function fromParts(year: number, month: number, day: string | undefined): ParsedRosterDate {
  if (year < 1900 || year > 2100) return fault('not-a-date');
  const inMonth = plainMonth(year, month);
  if (!inMonth) return fault('bad-month');
  if (day === undefined) return { ok: true, value: { kind: 'month', month: inMonth } };
  const date = plainDate(year, month, Number(day));
  return date ? { ok: true, value: { kind: 'date', month: inMonth, date } } : fault('bad-day');
}

function fromSerial(serial: number): ParsedRosterDate {
  if (serial < FIRST_SERIAL || serial > LAST_SERIAL) return fault('not-a-date');
  return fromDate(new Date(SERIAL_EPOCH + Math.floor(serial) * 86_400_000));
}

function fromDate(at: Date): ParsedRosterDate {
  if (Number.isNaN(at.valueOf())) return fault('not-a-date');
  return fromParts(at.getUTCFullYear(), at.getUTCMonth() + 1, String(at.getUTCDate()));
}

function fault(code: RosterDateFault): ParsedRosterDate {
  return { ok: false, code };
}
