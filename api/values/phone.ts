/**
 * Mainland phone numbers, mobile and fixed, as clerks and spreadsheets write them, brought to one form:
 * `13800000001` and `0731-84907501`. Pure.
 */
import { compact } from './characters.ts';

/** A mobile number of 11 digits, or `area-number` for a fixed line. */
export type Phone = string & { readonly __brand: 'Phone' };

export type PhoneFault = 'wrong-length' | 'not-a-phone' | 'several-numbers' | 'mangled-by-spreadsheet';

export type ParsedPhone = { ok: true; value: Phone; kind: 'mobile' | 'landline' } | { ok: false; code: PhoneFault };

/** Changsha's area code, for fixed lines written without one. */
const HOME_AREA = '0731';
const TWO_NUMBERS = /\d{7,}[^\d]+(?:0\d{2,3}-?)?\d{7,}/;
const FIXED = /^(0(?:10|2\d|[3-9]\d{2}))([2-8]\d{6,7})$/;

/**
 * Reads one phone number. Takes off +86, spaces, hyphens and brackets; adds 0731 to a local fixed line, and the
 * leading 0 that spreadsheets drop. Two numbers in one text are `several-numbers`.
 */
export function parsePhone(raw: string): ParsedPhone {
  const text = compact(raw).replace(/['’‘`]/g, '');
  if (/^\d(\.\d+)?E\+?\d+$/i.test(text)) return { ok: false, code: 'mangled-by-spreadsheet' };
  if (TWO_NUMBERS.test(text.replace(/^\+?86-?/, ''))) return { ok: false, code: 'several-numbers' };
  const digits = text.replace(/[-‐‑‒–—−()]/g, '').replace(/^(?:\+|00)86/, '');
  if (!/^\d+$/.test(digits)) return { ok: false, code: 'not-a-phone' };
  return parseDigits(digits) ?? { ok: false, code: digits.length === 11 ? 'not-a-phone' : 'wrong-length' };
}

/** True for a number that can receive an SMS. */
export function isMobile(phone: Phone): boolean {
  return /^1[3-9]\d{9}$/.test(phone);
}

/** What may be shown: `138****1234`, `0731-****7501`. */
export function maskPhone(phone: Phone): string {
  return isMobile(phone) ? `${phone.slice(0, 3)}****${phone.slice(-4)}` : phone.replace(/-\d+(\d{4})$/, '-****$1');
}

function parseDigits(digits: string): ParsedPhone | null {
  const mobile = /^(?:86)?(1[3-9]\d{9})$/.exec(digits)?.[1];
  if (mobile) return { ok: true, value: mobile as Phone, kind: 'mobile' };
  for (const candidate of [digits, `0${digits}`, `${HOME_AREA}${digits}`]) {
    const fixed = FIXED.exec(candidate);
    const complete = candidate === digits || candidate.startsWith(HOME_AREA);
    if (fixed && complete && fixed[1] && fixed[2] && (fixed[1] !== HOME_AREA || fixed[2].length === 8)) {
      return { ok: true, value: `${fixed[1]}-${fixed[2]}` as Phone, kind: 'landline' };
    }
  }
  return null;
}
