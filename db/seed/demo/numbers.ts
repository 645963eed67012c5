/**
 * Invented numbers, each given out once. Identity numbers carry codes of Hunan's 市辖区 (430101, 430201 …), which are printed on
 * nobody's card, and phones have 0000 in the middle: valid to every rule, but the demo holds no real person's number.
 */
import { checkDigit } from '../../../api/values/id-number.ts';
import type { IdNumber, Sex } from '../../../api/values/id-number.ts';
import type { Phone } from '../../../api/values/phone.ts';
import type { PlainDate } from '../../../api/dates.ts';
import type { Chance } from './prng.ts';

const REGIONS = [
  '430101',
  '430101',
  '430101',
  '430101',
  '430201',
  '430301',
  '430401',
  '430501',
  '430601',
  '430701',
  '430901',
];
// Not 138: those belong to the named people.
const PREFIXES = '130 131 132 133 135 136 137 139 150 151 155 158 159 173 177 180 181 186 187 188 189 199'.split(' ');

export interface Numbers {
  idNumber(born: PlainDate, sex: Sex): IdNumber;
  mobile(): Phone;
  landline(): Phone;
}

/** `taken` are numbers that somebody already has. */
export function numbersFrom(chance: Chance, taken: Iterable<string>): Numbers {
  const given = new Set<string>(taken);
  const fresh = (draw: () => string): string => {
    for (;;) {
      const number = draw();
      if (given.has(number)) continue;
      given.add(number);
      return number;
    }
  };
  const digits = (count: number) => String(chance.between(0, 10 ** count - 1)).padStart(count, '0');
  return {
    idNumber: (born, sex) =>
      fresh(() => idNumberOf(chance.pick(REGIONS), born, sex, chance.between(0, 499))) as IdNumber,
    mobile: () => fresh(() => `${chance.pick(PREFIXES)}0000${digits(4)}`) as Phone,
    landline: () => fresh(() => `0731-8${chance.between(2, 9)}00${digits(4)}`) as Phone,
  };
}

/** The identity number with this region, day of birth, sex and place in the row (0–499). */
export function idNumberOf(region: string, born: PlainDate, sex: Sex, place: number): IdNumber {
  const serial = String(place * 2 + (sex === 'male' ? 1 : 0)).padStart(3, '0');
  const body = `${region}${born.replaceAll('-', '')}${serial}`;
  return `${body}${checkDigit(body)}` as IdNumber;
}
