import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { birthDateOf, checkDigit, maskIdNumber, parseIdNumber, sexOf } from '../../../api/values/id-number.ts';
import type { IdNumber } from '../../../api/values/id-number.ts';

const digits = (count: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: count, maxLength: count });
const born = fc.date({ min: new Date('1926-01-01'), max: new Date('2020-12-31'), noInvalidDate: true });
const anyId = fc.tuple(fc.constantFrom('430102', '430111', '110101'), born, digits(3)).map(([region, day, serial]) => {
  const body = region + day.toISOString().slice(0, 10).replaceAll('-', '') + serial;
  return body + checkDigit(body);
});

describe('an identity number', () => {
  it('with a right check digit is read, whatever the keyboard did to it', () => {
    fc.assert(
      fc.property(anyId, (id) => {
        const fullWidth = [...id].map((c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)).join('');
        const spaced = `${id.slice(0, 6)} ${id.slice(6, 14)}-${id.slice(14)}`;
        for (const written of [
          id,
          id.toLowerCase(),
          fullWidth,
          fullWidth.toLowerCase(),
          spaced,
          `'${id}`,
          `　${id}\n`,
        ]) {
          expect(parseIdNumber(written)).toEqual({ ok: true, value: id });
        }
      }),
    );
  });

  it('with any one digit changed is refused', () => {
    fc.assert(
      fc.property(anyId, fc.nat(16), fc.integer({ min: 1, max: 9 }), (id, at, by) => {
        const changed = id.slice(0, at) + ((Number(id[at]) + by) % 10) + id.slice(at + 1);
        expect(parseIdNumber(changed).ok).toBe(false);
      }),
    );
  });

  test.each([
    ['43010219600101001', 'wrong-length'],
    ['', 'wrong-length'],
    ['张三', 'wrong-length'],
    ['430102196001010018', 'wrong-check-digit'],
    ['4.30102E+17', 'mangled-by-spreadsheet'],
    ['4.30102196001010001e17', 'mangled-by-spreadsheet'],
    ['430102196001010000', 'mangled-by-spreadsheet'],
    ['430102600101001', 'fifteen-digits'],
    [withCheck('43010219600230001'), 'bad-date'],
    [withCheck('43010217600130001'), 'bad-date'],
    [withCheck('99010219600101001'), 'bad-region'],
  ])('%s is named %s', (written, code) => {
    expect(parseIdNumber(written)).toEqual({ ok: false, code });
  });

  it('says when its holder was born and of which sex', () => {
    const id = withCheck('43010219600701002') as IdNumber;
    expect([birthDateOf(id), sexOf(id)]).toEqual(['1960-07-01', 'female']);
    expect(sexOf(withCheck('43010219600701001') as IdNumber)).toBe('male');
  });

  it('is shown without the day of birth', () => {
    expect(maskIdNumber('430102196001010017' as IdNumber)).toBe('430102********0017');
  });
});

function withCheck(body: string): string {
  return body + checkDigit(body);
}
