/** What of a case's time was used, and whether it was late, move by move. */
import { describe, expect, test } from 'vitest';
import { keepTime, type TimeBefore, type TimeChange } from '../../../api/engine/kept-time.ts';
import { calendarOf } from '../../../api/registry/calendar.ts';

const calendar = calendarOf(new Map());
const at = (day: string) => new Date(`${day}T10:00:00+08:00`);
/** Opened on a Monday, three working days for it. */
const fresh: TimeBefore = {
  status: 'open',
  clockFrom: at('2026-11-02'),
  dueAt: new Date('2026-11-05T23:59:59.999+08:00'),
  usedDays: 0,
  late: false,
  decidedAt: null,
};
const move = (now: string, change: TimeChange, before: Partial<TimeBefore> = {}, timed = false) =>
  keepTime({ ...fresh, ...before }, change, { now: at(now), calendar, timed });

describe('a decision', () => {
  test.each([
    ['2026-11-02', 0, false],
    ['2026-11-05', 3, false],
    ['2026-11-06', 4, true],
    ['2026-11-09', 5, true],
  ])('on %s took %i working days; late: %s', (day, usedDays, late) => {
    for (const status of ['approved', 'rejected', 'entering'] as const)
      expect(move(day, { status })).toEqual({ usedDays, late, decidedAt: at(day) });
  });

  test('adds to the days of the steps before, and stays late when one of them was', () => {
    expect(move('2026-11-03', { status: 'approved' }, { usedDays: 4, late: true })).toEqual({
      usedDays: 5,
      late: true,
      decidedAt: at('2026-11-03'),
    });
  });

  test('is kept once: what comes after it changes nothing', () => {
    expect(move('2026-11-20', { status: 'approved' }, { status: 'entering', decidedAt: at('2026-11-03') })).toEqual({});
  });
});

describe('the clock', () => {
  test('stops while the case is with the applicant, and goes on when it is back', () => {
    expect(move('2026-11-03', { status: 'returned', clockFrom: null })).toEqual({ usedDays: 1, late: false });
    const away = { status: 'returned' as const, clockFrom: null, dueAt: null, usedDays: 1 };
    expect(move('2026-11-09', { status: 'open', clockFrom: at('2026-11-09') }, away)).toEqual({});
  });

  test('runs through what is only noted, a step that keeps it, and another unit', () => {
    expect(move('2026-11-04', {})).toEqual({});
    expect(move('2026-11-04', { status: 'open', clockFrom: fresh.clockFrom })).toEqual({});
  });

  test('a step left late is late, but for one that the clock itself ends, which takes no days either', () => {
    const next = { status: 'open' as const, clockFrom: at('2026-11-09') };
    expect(move('2026-11-09', next)).toEqual({ usedDays: 5, late: true });
    expect(move('2026-11-09', next, { usedDays: 2 }, true)).toEqual({ usedDays: 2, late: false });
  });

  test('of a case withdrawn by a death does not count on while it rests', () => {
    expect(move('2026-11-03', { status: 'withdrawn' })).toEqual({ usedDays: 1, late: false });
    const resting = { status: 'withdrawn' as const, usedDays: 1 };
    expect(move('2026-11-16', { status: 'open', clockFrom: at('2026-11-16') }, resting)).toEqual({});
  });
});
