import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { isMobile, maskPhone, parsePhone } from '../../../api/values/phone.ts';

describe('a phone number', () => {
  test.each([
    ['13800001234', '13800001234'],
    ['+86 138 0000 1234', '13800001234'],
    ['0086-138-0000-1234', '13800001234'],
    ['8613800001234', '13800001234'],
    ['１３８００００１２３４', '13800001234'],
    ["'13800001234", '13800001234'],
    ['0731-84907501', '0731-84907501'],
    ['(0731)84907501', '0731-84907501'],
    ['０７３１—８４９０７５０１', '0731-84907501'],
    ['84907501', '0731-84907501'],
    ['73184907501', '0731-84907501'],
    ['010-62345678', '010-62345678'],
    ['0739-5321234', '0739-5321234'],
  ])('written %s is %s', (written, value) => {
    expect(parsePhone(written)).toMatchObject({ ok: true, value });
  });

  test.each([
    ['1380000123', 'wrong-length'],
    ['12800001234', 'not-a-phone'],
    ['无', 'not-a-phone'],
    ['', 'not-a-phone'],
    ['1.38E+10', 'mangled-by-spreadsheet'],
    ['13800001234、13900001234', 'several-numbers'],
    ['13800001234 84907501', 'wrong-length'],
    ['0731-84907501/0731-84907502', 'several-numbers'],
  ])('%s is named %s', (written, code) => {
    expect(parsePhone(written)).toEqual({ ok: false, code });
  });

  it('reads the same when it is read again', () => {
    const rest = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 9, maxLength: 9 });
    fc.assert(
      fc.property(fc.constantFrom('3', '4', '5', '6', '7', '8', '9'), rest, (second, tail) => {
        const once = parsePhone(`+86 1${second}${tail}`);
        expect(once).toMatchObject({ ok: true, value: `1${second}${tail}`, kind: 'mobile' });
        if (once.ok) expect(parsePhone(once.value)).toEqual(once);
      }),
    );
  });

  it('is shown masked', () => {
    const shown = ['13800001234', '0731-84907501'].map((raw) => {
      const phone = parsePhone(raw);
      return phone.ok ? [maskPhone(phone.value), isMobile(phone.value)] : null;
    });
    expect(shown).toEqual([
      ['138****1234', true],
      ['0731-****7501', false],
    ]);
  });
});
