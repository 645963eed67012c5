/**
 * Citizen identity numbers (公民身份号码, GB 11643-1999): reading what people and spreadsheets write,
 * naming exactly what is wrong, and what a number says of its holder. Pure.
 */
import type { PlainDate } from '../dates.ts';
import { compact } from './characters.ts';
import { plainDate } from './plain-month.ts';

/** Eighteen characters, upper-case X, check digit right. */
export type IdNumber = string & { readonly __brand: 'IdNumber' };

/** Why a text is no identity number. `mangled-by-spreadsheet`: Excel keeps 15 digits and loses the rest for good. */
export type IdNumberFault =
  'wrong-length' | 'wrong-check-digit' | 'bad-date' | 'bad-region' | 'mangled-by-spreadsheet' | 'fifteen-digits';

export type ParsedIdNumber = { ok: true; value: IdNumber } | { ok: false; code: IdNumberFault };

export type Sex = 'male' | 'female';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_DIGITS = '10X98765432';
/** First two digits in use: provinces, Taiwan, Hong Kong, Macau, and residents from those (GB/T 2260). */
const PROVINCES = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83'.split(' '),
);

/**
 * Reads an identity number. Accepts lower-case x, full-width characters, spaces and hyphens, and the
 * apostrophe that marks text in a spreadsheet. A number of the old 15-digit kind is named, not converted:
 * two people could share one, so the holder's card must be seen.
 */
export function parseIdNumber(raw: string): ParsedIdNumber {
  const text = compact(raw)
    .replace(/[-‐‑‒–—−'’‘`]/g, '')
    .toUpperCase();
  if (/^\d(\.\d+)?E\+?\d+$/.test(text)) return fault('mangled-by-spreadsheet');
  if (/^\d{15}$/.test(text)) return fault('fifteen-digits');
  if (!/^\d{17}[\dX]$/.test(text)) return fault('wrong-length');
  if (text.at(-1) !== checkDigit(text)) {
    return fault(text.endsWith('000') ? 'mangled-by-spreadsheet' : 'wrong-check-digit');
  }
  if (!PROVINCES.has(text.slice(0, 2))) return fault('bad-region');
  const born = plainDate(Number(text.slice(6, 10)), Number(text.slice(10, 12)), Number(text.slice(12, 14)));
  if (!born || born < '1880') return fault('bad-date');
  return { ok: true, value: text as IdNumber };
}

/** The check digit that belongs to the first 17 digits of `text` (GB 11643, ISO 7064 MOD 11-2). */
export function checkDigit(text: string): string {
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(text[at]), 0);
  return CHECK_DIGITS.charAt(sum % 11);
}

/** The day of birth that the number carries. */
export function birthDateOf(id: IdNumber): PlainDate {
  return `${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}` as PlainDate;
}

/** The sex that the number carries: its 17th digit is odd for men. */
export function sexOf(id: IdNumber): Sex {
  return Number(id[16]) % 2 === 1 ? 'male' : 'female';
}

/** What may be shown: first six and last four, `430102********0017`. */
export function maskIdNumber(id: IdNumber): string {
  return `${id.slice(0, 6)}********${id.slice(-4)}`;
}

function fault(code: IdNumberFault): ParsedIdNumber {
  return { ok: false, code };
}
