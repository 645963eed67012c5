import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkDigitOf, isChecked } from '../../../api/values/check-digit.ts';

const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 12 });

test('a number with its digit checks', () => {
  fc.assert(
    fc.property(digits, (number) => {
      expect(isChecked(number + checkDigitOf(number))).toBe(true);
    }),
  );
});

test('one wrong digit never checks', () => {
  fc.assert(
    fc.property(digits, fc.nat(), fc.integer({ min: 1, max: 9 }), (number, where, by) => {
      const whole = number + checkDigitOf(number);
      const at = where % whole.length;
      const wrong = whole.slice(0, at) + ((Number(whole[at]) + by) % 10) + whole.slice(at + 1);
      expect(isChecked(wrong)).toBe(false);
    }),
  );
});
