/** Case numbers: digits only, short enough to read out over the phone, the last digit checks the others (ISO 7064, MOD 11,10). */
import { checkDigitOf, isChecked } from '../values/check-digit.ts';

/** Nine digits from a serial number of eight. */
export function caseNumber(serial: number): string {
  const digits = String(serial);
  return digits + checkDigitOf(digits);
}

/** Digits only, whatever spaces, hyphens or full-width digits it was typed with; null when the check digit is wrong. */
export function readCaseNumber(typed: string): string | null {
  const digits = typed.normalize('NFKC').replace(/[\s-]/g, '');
  if (!/^\d{9,12}$/.test(digits)) return null;
  return isChecked(digits) ? digits : null;
}

/** In threes, as it is read out. */
export function spokenNumber(number: string): string {
  return number.replace(/(\d{3})(?=\d)/g, '$1 ');
}
