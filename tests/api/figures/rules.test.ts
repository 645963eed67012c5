/** What the figures are made of, by table. */
import { describe, expect, test } from 'vitest';
import { startOf, type PlainDate } from '../../../api/dates.ts';
import { addServicesFrom, allServices } from '../../../api/engine/catalogue.ts';
import {
  daysWithin,
  isSpecial,
  monthBounds,
  monthsOf,
  ratingOf,
  ratingsBeside,
  sourcesOf,
  yearsOf,
} from '../../../api/figures/rules.ts';
import { countsOf, type Decided } from '../../../api/figures/tally.ts';

const period = (from: string, to: string) => ({ from: from as PlainDate, to: to as PlainDate });

describe('a period', () => {
  test.each([
    ['2026-01-01', '2026-01-31', ['2026-01-01']],
    ['2025-12-31', '2026-02-01', ['2025-12-01', '2026-01-01', '2026-02-01']],
    ['2026-03-05', '2026-03-05', ['2026-03-01']],
  ])('from %s to %s has these months', (from, to, months) => {
    expect(monthsOf(period(from, to))).toEqual(months);
  });

  test('is cut where months begin in Changsha, not in Greenwich', () => {
    expect(monthBounds(monthsOf(period('2026-01-15', '2026-02-02')))).toEqual([startOf('2026-02-01' as PlainDate)]);
    expect(startOf('2026-02-01' as PlainDate).toISOString()).toBe('2026-01-31T16:00:00.000Z');
  });

  test('touches years', () => expect(yearsOf(period('2024-06-01', '2026-01-01'))).toEqual([2024, 2025, 2026]));
});

describe('where a period is read', () => {
  const live = (from: string, to: string) => ({ night: null, live: [period(from, to)] });
  test.each([
    // Nothing was counted at night.
    [period('2026-01-01', '2026-11-25'), null, live('2026-01-01', '2026-11-25')],
    // No whole month in it, or none that was counted.
    [period('2026-01-02', '2026-02-27'), '2026-11-01', live('2026-01-02', '2026-02-27')],
    [period('2026-11-01', '2026-11-25'), '2026-11-01', live('2026-11-01', '2026-11-25')],
    [period('2026-11-01', '2026-11-30'), '2026-11-01', live('2026-11-01', '2026-11-30')],
    // All of it.
    [period('2026-01-01', '2026-02-28'), '2026-11-01', { night: period('2026-01-01', '2026-02-28'), live: [] }],
    [
      period('2026-01-01', '2026-11-25'),
      '2026-11-01',
      { night: period('2026-01-01', '2026-10-31'), live: [period('2026-11-01', '2026-11-25')] },
    ],
    // The night has not been yet.
    [
      period('2026-01-01', '2026-12-01'),
      '2026-11-01',
      { night: period('2026-01-01', '2026-10-31'), live: [period('2026-11-01', '2026-12-01')] },
    ],
    [
      period('2025-12-31', '2026-03-30'),
      '2026-11-01',
      {
        night: period('2026-01-01', '2026-02-28'),
        live: [period('2025-12-31', '2025-12-31'), period('2026-03-01', '2026-03-30')],
      },
    ],
  ])('%j, counted until %s', (asked, until, sources) => {
    expect(sourcesOf(asked, until as PlainDate | null)).toEqual(sources);
  });
});

describe('days within which a share was decided', () => {
  test.each([
    [{}, 0.5, null],
    [{ 3: 1 }, 0.5, 3],
    [{ 3: 1 }, 0.9, 3],
    [{ 1: 1, 9: 1 }, 0.5, 1],
    [{ 1: 1, 9: 1 }, 0.9, 9],
    [{ 2: 9, 30: 1 }, 0.9, 2],
    [{ 30: 2, 2: 9 }, 0.9, 30],
    [{ 0: 5, 1: 4, 10: 1 }, 0.5, 0],
  ])('%j: %d within %s', (cases, share, days) => {
    expect(daysWithin(new Map(Object.entries(cases).map(([key, count]) => [Number(key), count])), share)).toBe(days);
  });
});

describe('ratings', () => {
  const stars = (...counts: number[]) => counts.map((count) => ({ sum: count * 4, count }));

  test('are told from five on', () => {
    expect(ratingOf({ sum: 20, count: 4 })).toBeNull();
    expect(ratingOf({ sum: 22, count: 5 })).toEqual({ mean: 4.4, count: 5 });
    expect(ratingOf({ sum: 14, count: 6 })).toEqual({ mean: 2.33, count: 6 });
  });

  test.each([
    [
      [5, 0, 7],
      [5, null, 7],
    ],
    // The two that are hidden are two: they would be what is missing from the sum.
    [
      [9, 2, 7],
      [9, null, null],
    ],
    [
      [9, 2, 4],
      [9, null, null],
    ],
    [
      [9, 8, 3, 2],
      [9, 8, null, null],
    ],
    [
      [1, 2],
      [null, null],
    ],
  ])('of units beside each other, %j: shown %j', (counts, shown) => {
    expect(ratingsBeside(stars(...counts)).map((one) => one?.count ?? null)).toEqual(shown);
  });
});

describe('services that speak of need, illness or death', () => {
  test('are told together only', async () => {
    await addServicesFrom(new URL('../../../api/services/', import.meta.url));
    const special = allServices().filter(isSpecial);
    expect(special.map(({ kind }) => kind).toSorted()).toEqual([
      'bereavement',
      'certification-missing',
      'death-report',
      'hardship',
      'hospital',
      'recovery',
      'resume-pension',
      'stop-pension',
      'survivor-benefits',
    ]);
  });
});

test('what nobody kept is neither in time nor late', () => {
  const row = { branch: 0, month: null, kind: null, stars: 0, rated: 0 } satisfies Partial<Decided>;
  const decided = [
    { ...row, days: 1, late: false, decided: 3 },
    { ...row, days: 4, late: true, decided: 1 },
    { ...row, days: 9, late: null, decided: 2 },
  ];
  expect(countsOf([], decided)).toEqual({
    received: 0,
    returned: 0,
    decided: 6,
    timed: 4,
    onTime: 3,
    medianDays: 1,
    p90Days: 9,
  });
});
