/** Case numbers: digits only, short enough to read out over the phone, the last digit checks the others (ISO 7064, MOD 11,10). */

/** Nine digits from a serial number of eight. */
export function caseNumber(serial: number): string {
  const digits = String(serial);
  return digits + checkDigit(digits);
}

/** Digits only, whatever spaces, hyphens or full-width digits it was typed with; null when the check digit is wrong. */
export function readCaseNumber(typed: string): string | null {
  const digits = typed.normalize('NFKC').replace(/[\s-]/g, '');
  if (!/^\d{9,12}$/.test(digits)) return null;
  return checkDigit(digits.slice(0, -1)) === digits.at(-1) ? digits : null;
}

/** In threes, as it is read out. */
export function spokenNumber(number: string): string {
  return number.replace(/(\d{3})(?=\d)/g, '$1 ');
}

function checkDigit(digits: string): string {
  let product = 10;
  for (const digit of digits) {
    const sum = (product + Number(digit)) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return String((11 - product) % 10);
}
