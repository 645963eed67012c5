/** The digit that checks the others (ISO 7064, MOD 11,10): one wrong digit is always found, two that changed places nearly always. Pure. */
export function checkDigitOf(digits: string): string {
  let product = 10;
  for (const digit of digits) {
    const sum = (product + Number(digit)) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return String((11 - product) % 10);
}

/** Whether the last digit checks those before it. */
export const isChecked = (digits: string): boolean => checkDigitOf(digits.slice(0, -1)) === digits.at(-1);
