/** Who is due for what: by the lunar and the solar calendar, by age, by the three conditions of hardship. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isPlainDate, type PlainDate } from '../../../api/dates.ts';
import {
  ageOn,
  birthdayAge,
  birthdayDue,
  birthdayIn,
  festivalDay,
  hardshipLacks,
  isAged,
  lunarBirthdayIn,
  periodOf,
} from '../../../api/care/rules.ts';
import { careCeilings, ceilingFen } from '../../../api/rulebook.ts';
import { readLanguage, flatten } from '../../../locales/tools/files.ts';

const day = (text: string) => text as PlainDate;

describe('festivals', () => {
  test.each([
    ['spring', 2026, '2026-02-17'],
    ['dragonBoat', 2026, '2026-06-19'],
    ['midAutumn', 2026, '2026-09-25'],
    ['doubleNinth', 2026, '2026-10-18'],
    ['spring', 2027, '2027-02-06'],
    // 2025 has a leap sixth month: what comes after it is late.
    ['midAutumn', 2025, '2025-10-06'],
    ['doubleNinth', 2025, '2025-10-29'],
  ] as const)('%s of %i is on %s', (festival, year, expected) => {
    expect(festivalDay(festival, year)).toBe(expected);
  });
});

describe('birthdays', () => {
  test.each([
    ['1946-05-04', 2026, 80],
    ['1936-05-04', 2026, 90],
    ['1926-12-31', 2026, 100],
    ['1945-12-31', 2026, null],
    ['1947-01-01', 2026, null],
    ['1931-05-04', 2026, null],
  ] as const)('born %s, in %i: %s', (born, year, age) => {
    expect(birthdayAge(born, year)).toBe(age);
  });

  test('of 29 February is on the last of February in other years', () => {
    expect(birthdayIn('1936-02-29', 2026)).toBe('2026-02-28');
    expect(birthdayIn('1948-02-29', 2028)).toBe('2028-02-29');
    expect(birthdayDue('1936-02-29', 2026, 2)).toMatchObject({ age: 90, day: '2026-02-28' });
  });

  test('are found in the month of the card and in that of the lunar day', () => {
    // 农历丙子年二月初七, which in 2026 is 25 March.
    expect(lunarBirthdayIn('1936-02-29', 2026)).toBe('2026-03-25');
    expect(birthdayDue('1936-02-29', 2026, 3)).toMatchObject({ day: '2026-02-28', lunarDay: '2026-03-25' });
    expect(birthdayDue('1936-02-29', 2026, 4)).toBeNull();
  });

  test('by the lunar calendar fall into the year, or there is none; the 30th of a short month is its 29th', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1926, max: 1950 }),
        fc.integer({ min: 0, max: 364 }),
        fc.integer({ min: 2024, max: 2034 }),
        (bornIn, days, year) => {
          const born = new Date(Date.UTC(bornIn, 0, 1 + days)).toISOString().slice(0, 10);
          const lunar = lunarBirthdayIn(born, year);
          expect(lunar === null || (isPlainDate(lunar) && lunar.startsWith(String(year)))).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('age', () => {
  test('is reached on the birthday', () => {
    expect([ageOn('1946-05-04', day('2026-05-03')), ageOn('1946-05-04', day('2026-05-04'))]).toEqual([79, 80]);
    expect(isAged('1946-05-04', day('2026-05-03'))).toBe(false);
    expect(isAged('1946-05-04', day('2026-05-04'))).toBe(true);
    expect(isAged('1946-02-28', day('2026-02-28'))).toBe(true);
  });
});

describe('hardship', () => {
  const all = { situation: 'noFamily', cause: 'event', difficult: true };
  test.each([
    [all, null],
    [{ ...all, situation: 'none' }, 'not-special'],
    [{ ...all, cause: 'none' }, 'no-cause'],
    [{ ...all, difficult: false }, 'not-difficult'],
    // Asked again after each answer: what is not said yet lacks nothing.
    [{}, null],
  ])('with %o lacks %s', (claim, lacks) => {
    expect(hardshipLacks(claim)).toBe(lacks);
  });
});

describe('ceilings', () => {
  test('are those of 第十九条', () => {
    expect(careCeilings.map(({ ceiling, per, fen, uses }) => [ceiling, per, fen / 100, uses])).toEqual([
      ['festival', 'year', 300, null],
      ['birthday', '80', 200, 1],
      ['birthday', '90', 300, 1],
      ['birthday', '100', 500, 1],
      ['hospital-money', 'year', 200, null],
      ['hospital-goods', 'year', 100, null],
      ['hardship', 'case', 1000, 1],
      ['bereavement', 'death', 400, 1],
    ]);
  });

  test('are counted in a year, an age, a case or a death', () => {
    expect(periodOf('festival', { year: 2026 })).toBe('2026');
    expect(periodOf('hospital-goods', { year: 2026, caseId: 'c' })).toBe('2026');
    expect(periodOf('birthday', { year: 2026, age: 90 })).toBe('90');
    expect(periodOf('hardship', { year: 2026, caseId: 'c' })).toBe('c');
    expect(periodOf('bereavement', { year: 2026, caseId: 'c' })).toBe('death');
  });

  test.each([
    ['hospital', ['hospital-money', 'hospital-goods']],
    ['hardship', ['hardship']],
  ])('stand in the words of %s as they stand in the rulebook, and no text promises a sum', (kind, ceilings) => {
    const texts = flatten(readLanguage('zh-CN'));
    const guide = texts.get(`services/${kind}:before`) ?? '';
    expect(guide).toContain('可以');
    expect(guide).toContain('由街道、社区按经费安排');
    for (const name of ceilings) expect(guide).toContain(`不超过 ${ceilingFen(name) / 100} 元`);
  });
});
