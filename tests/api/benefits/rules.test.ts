import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawnMonths, estimate, monthFen, mostTwelfths, twelfthsGranted } from '../../../api/benefits/rules.ts';
import type { PlainDate } from '../../../api/dates.ts';
import type { StoredRule } from '../../../db/schema/deaths.ts';

/** 人社部发〔2021〕18号, as the migration lays it down. */
const rule: StoredRule = {
  funeralMonths: 2,
  steps: [
    { underYears: 5, months: 3 },
    { underYears: 10, months: 6 },
  ],
  beyond: { years: 15, months: 9, most: 24 },
  drawn: { perYear: 1, least: 9 },
};
const years = (n: number, months = 0) => n * 12 + months;

describe('months by contribution', () => {
  test.each([
    ['nothing', years(0), 3],
    ['a day short of five years', years(4, 11), 3],
    ['five years', years(5), 6],
    ['a month short of ten', years(9, 11), 6],
    ['ten years', years(10), 9],
    ['fifteen years', years(15), 9],
    ['fifteen years and a month', years(15, 1), 9 + 1 / 12],
    ['sixteen years', years(16), 10],
    ['28 years and 9 months', years(28, 9), 22.75],
    ['a month short of thirty', years(29, 11), 23 + 11 / 12],
    ['thirty years', years(30), 24],
    ['fifty years', years(50), 24],
  ])('%s', (_, contributed, months) => {
    expect(mostTwelfths(rule, contributed) / 12).toBeCloseTo(months, 9);
  });
});

describe('a month less for each year of pension drawn, nine at least', () => {
  test.each([
    ['the published example: 28 years 9 months, drawn for 3 years 6 months', years(28, 9), years(3, 6), 19.25],
    ['the same, drawn for 15 years 6 months', years(28, 9), years(15, 6), 9],
    ['thirty years, died in the month of retirement', years(30), 0, 24],
    ['four years, and yet a pension', years(4), years(20), 9],
    ['sixteen years, drawn for one', years(16), years(1), 9],
    ['sixteen years, drawn for eleven months', years(16), 11, 9 + 1 / 12],
  ])('%s', (_, contributed, drawn, months) => {
    expect(twelfthsGranted(rule, contributed, drawn) / 12).toBeCloseTo(months, 9);
  });
});

const someMonths = fc.integer({ min: 0, max: 900 });

test('more contribution is never less, more pension drawn never more, and nobody is below nine or above 24', () => {
  fc.assert(
    fc.property(someMonths, someMonths, someMonths, (contributed, drawn, more) => {
      const granted = twelfthsGranted(rule, contributed, drawn);
      expect(twelfthsGranted(rule, contributed + more, drawn)).toBeGreaterThanOrEqual(granted);
      expect(twelfthsGranted(rule, contributed, drawn + more)).toBeLessThanOrEqual(granted);
      expect(granted).toBeGreaterThanOrEqual(9 * 12);
      expect(granted).toBeLessThanOrEqual(24 * 12);
    }),
  );
});

const somebody = fc.option(someMonths, { nil: null });

test('what is not known makes a range that holds whatever it turns out to be; money is whole fen', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 2_000_000 }),
      somebody,
      somebody,
      someMonths,
      someMonths,
      (base, c, d, x, y) => {
        const { low, high, funeralFen } = estimate(rule, base, { contributedMonths: c, drawnMonths: d });
        const real = estimate(rule, base, { contributedMonths: c ?? x, drawnMonths: d ?? y });
        expect(real.low).toEqual(real.high);
        expect(low.fen).toBeLessThanOrEqual(real.low.fen);
        expect(high.fen).toBeGreaterThanOrEqual(real.high.fen);
        for (const fen of [low.fen, high.fen, funeralFen]) expect(Number.isSafeInteger(fen)).toBe(true);
        expect(funeralFen).toBe(2 * base);
      },
    ),
  );
});

test('the published example comes to its sums: a base of 2,818.50 yuan', () => {
  const found = estimate(rule, 281_850, { contributedMonths: years(28, 9), drawnMonths: years(3, 6) });
  expect(found.funeralFen).toBe(563_700);
  // 54,256.125 yuan, to the fen.
  expect(found.high.fen).toBe(5_425_613);
});

test.each([
  ['2012-10-01', '2026-11-20', 169],
  ['2026-10-31', '2026-11-01', 1],
  ['2026-11-30', '2026-11-30', 0],
  ['2026-12-01', '2026-11-30', 0],
] as const)('retired %s and died %s: %d months drawn', (retired, died, months) => {
  expect(drawnMonths(retired as PlainDate, died as PlainDate)).toBe(months);
});

test('the base of a month is a twelfth of the year, rounded to the fen', () => {
  expect(monthFen(4_924_300)).toBe(410_358);
});
