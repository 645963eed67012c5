/** The ten digits of a slip: nine by chance, the last one checks them, so that a slip of the pen is not taken for a wrong slip. */
import { randomInt } from 'node:crypto';
import { blindIndex } from '../../db/vault.ts';
import { checkDigitOf, isChecked } from '../values/check-digit.ts';

const DIGITS_BY_CHANCE = 9;

export function newSlipCode(): string {
  const digits = String(randomInt(10 ** DIGITS_BY_CHANCE)).padStart(DIGITS_BY_CHANCE, '0');
  return digits + checkDigitOf(digits);
}

/** The ten digits, whatever spaces, hyphens or full-width digits they were typed with; null when they do not check. */
export function readSlipCode(typed: string): string | null {
  const digits = typed.normalize('NFKC').replace(/[\s-]/g, '');
  return /^\d{10}$/.test(digits) && isChecked(digits) ? digits : null;
}

/** All that is kept of a code. */
export const slipIndex = (code: string): Buffer => blindIndex('code', `slip:${code}`);
