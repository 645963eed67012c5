/** The ladder by table: half of the promise, the due day, then a working day a rung; empty rungs cost no day. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { endOf, startOf, type PlainDate } from '../../../api/dates.ts';
import { halfOf, reached, type Rung } from '../../../api/escalation/rules.ts';
import { calendarOf } from '../../../api/registry/calendar.ts';

/** National Day 2026: off from 1 to 7 October, made up for on Saturday 10 October. */
const calendar = calendarOf(
  new Map([...[1, 2, 5, 6, 7].map((day) => [`2026-10-0${day}`, false] as const), ['2026-10-10', true] as const]),
);
const morning = (day: string) => new Date(`${day}T08:05:00+08:00`);
const ladder = (...empty: number[]): Rung[] =>
  [0, 1, 2, 3, 4].map((level) => ({ level, isEmpty: empty.includes(level) }));
/** Opened on Monday 21 September with four working days: due on Friday. */
const wait = { from: morning('2026-09-21'), days: 4, due: endOf('2026-09-25' as PlainDate) };

describe('a promise of four working days', () => {
  test.each([
    ['the second day is not over', '2026-09-23', [] as number[]],
    ['half of it is gone', '2026-09-24', [0]],
    ['it is due today', '2026-09-25', [0]],
    ['the weekend after is not a working day, but it was due', '2026-09-26', [0, 1]],
    ['on Monday still the lead only', '2026-09-28', [0, 1]],
    ['one working day later the street', '2026-09-29', [0, 1, 2]],
    ['then the district', '2026-09-30', [0, 1, 2, 3]],
    ['then the city, and nobody above it', '2026-10-02', [0, 1, 2, 3, 4]],
    ['a holiday later', '2026-10-20', [0, 1, 2, 3, 4]],
  ])('%s (%s)', (_, day, levels) => {
    expect(reached(wait, ladder(), morning(day), calendar)).toEqual(levels);
  });

  test('no lead in the community: the street hears it when it is due; nobody in the street either: the district', () => {
    expect(reached(wait, ladder(1), morning('2026-09-26'), calendar)).toEqual([0, 1, 2]);
    expect(reached(wait, ladder(1, 2), morning('2026-09-26'), calendar)).toEqual([0, 1, 2, 3]);
    expect(reached(wait, ladder(1, 2), morning('2026-09-29'), calendar)).toEqual([0, 1, 2, 3, 4]);
  });

  test('holidays cost no day, a Saturday that is worked for one does', () => {
    const late = { from: morning('2026-09-28'), days: 2, due: endOf('2026-09-30' as PlainDate) };
    expect(reached(late, ladder(), morning('2026-10-08'), calendar)).toEqual([0, 1]);
    expect(reached(late, ladder(), morning('2026-10-09'), calendar)).toEqual([0, 1, 2]);
    expect(reached(late, ladder(), morning('2026-10-10'), calendar)).toEqual([0, 1, 2, 3]);
    expect(reached(late, ladder(), morning('2026-10-11'), calendar)).toEqual([0, 1, 2, 3, 4]);
  });
});

test('a promise of a day has no half', () => {
  expect([1, 2, 3, 4, 5].map(halfOf)).toEqual([null, 1, 2, 2, 3]);
});

test('time only adds rungs, without a gap, whoever is missing', () => {
  const at = fc
    .integer({ min: 0, max: 60 * 24 })
    .map((hours) => new Date(startOf('2026-09-21' as PlainDate).getTime() + hours * 3_600_000));
  fc.assert(
    fc.property(at, at, fc.subarray([0, 1, 2, 3]), (one, other, empty) => {
      const [early, late] = [one, other].toSorted((a, b) => a.getTime() - b.getTime()) as [Date, Date];
      const [before, after] = [early, late].map((now) => reached(wait, ladder(...empty), now, calendar)) as [
        number[],
        number[],
      ];
      expect(after.slice(0, before.length)).toEqual(before);
      expect(after).toEqual(after.map((_, level) => level));
    }),
  );
});
