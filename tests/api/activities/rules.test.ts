/** The rules of activities, by tables and properties. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  clash,
  doorAt,
  faultOfTimes,
  howManyFit,
  nearnessOf,
  nextReminder,
  offerUntil,
} from '../../../api/activities/rules.ts';
import { dutyAt } from '../../../api/activities/duty-rules.ts';
import type { PlainDate } from '../../../api/dates.ts';
import { isQuiet } from '../../../api/delivery/quiet-hours.ts';

const at = (text: string) => new Date(`${text.replace(' ', 'T')}:00+08:00`);
const HOUR = 3_600_000;
const times = {
  startsAt: at('2026-11-14 09:00'),
  endsAt: at('2026-11-14 11:00'),
  opensAt: at('2026-11-01 08:00'),
  closesAt: at('2026-11-13 18:00'),
};

describe('whether one may sign up', () => {
  test.each([
    ['2026-10-31 08:00', 'not-yet'],
    ['2026-11-01 08:00', 'open'],
    ['2026-11-13 17:59', 'open'],
    ['2026-11-13 18:00', 'closed'],
    ['2026-11-14 09:00', 'running'],
    ['2026-11-14 11:00', 'over'],
  ])('at %s: %s', (now, door) => {
    expect(doorAt({ ...times, state: 'published' }, at(now))).toBe(door);
    expect(doorAt({ ...times, state: 'cancelled' }, at(now))).toBe('cancelled');
  });
});

describe('times of an activity', () => {
  test.each([
    [{}, null],
    [{ startsAt: at('2026-11-10 10:00') }, 'past'],
    [{ endsAt: at('2026-11-14 09:00') }, 'backwards'],
    [{ endsAt: at('2026-12-14 09:00') }, 'long'],
    [{ closesAt: at('2026-11-01 08:00') }, 'sign-up-backwards'],
    [{ closesAt: at('2026-11-14 09:01') }, 'sign-up-late'],
  ])('%o: %s', (part, fault) => {
    expect(faultOfTimes({ ...times, ...part }, at('2026-11-10 10:00'))).toBe(fault);
  });
});

test('two that touch do not clash, two that share a minute do', () => {
  const second = { startsAt: at('2026-11-14 11:00'), endsAt: at('2026-11-14 12:00') };
  expect(clash(times, second)).toBe(false);
  expect(clash(times, { ...second, startsAt: at('2026-11-14 10:59') })).toBe(true);
});

describe('an offered seat', () => {
  test.each([
    ['2026-11-10 10:00', '2026-11-11 10:00'],
    // Told at eight, for a day.
    ['2026-11-10 23:00', '2026-11-12 08:00'],
    // Half of the time that is left.
    ['2026-11-13 09:00', '2026-11-13 21:00'],
    ['2026-11-14 07:00', null],
  ])('freed at %s is held until %s', (now, until) => {
    expect(offerUntil(times.startsAt, at(now))).toEqual(until && at(until));
  });
});

describe('reminders', () => {
  test.each([
    ['2026-11-14 09:00', '2026-11-10 10:00', '2026-11-13 09:00'],
    // Seven o’clock is too early: eight.
    ['2026-11-14 09:00', '2026-11-13 09:00', '2026-11-14 08:00'],
    ['2026-11-14 09:00', '2026-11-14 08:00', null],
    // What begins at seven is announced in the evening before.
    ['2026-11-14 07:00', '2026-11-13 09:00', '2026-11-13 20:00'],
    ['2026-11-14 15:00', '2026-11-13 15:00', '2026-11-14 13:00'],
  ])('of what begins at %s, after %s: %s', (starts, now, next) => {
    expect(nextReminder(at(starts), at(now))).toEqual(next && at(next));
  });

  test('come at most twice, by day, before it begins', () => {
    const moment = fc.integer({ min: at('2026-01-01 00:00').getTime(), max: at('2026-12-31 00:00').getTime() });
    fc.assert(
      fc.property(moment, fc.integer({ min: 0, max: 100 * HOUR }), (start, before) => {
        const startsAt = new Date(start);
        let now = new Date(start - before);
        let told = 0;
        for (let next = nextReminder(startsAt, now); next; next = nextReminder(startsAt, now)) {
          expect(isQuiet(next)).toBe(false);
          expect(next > now && next < startsAt).toBe(true);
          now = next;
          told += 1;
        }
        expect(told).toBeLessThanOrEqual(2);
      }),
    );
  });
});

describe('the duty of 第十二条', () => {
  const day = (text: string | null) => text as PlainDate | null;
  test.each([
    ['yearly', '2026-02-01', null, '2026-11-30', 'met'],
    ['yearly', '2025-12-31', null, '2026-06-30', 'open'],
    ['yearly', '2025-12-31', null, '2026-07-01', 'behind'],
    ['yearly', null, '2026-12-20', '2026-10-01', 'planned'],
    ['yearly', null, '2027-01-05', '2026-10-01', 'urgent'],
    ['regular', '2026-09-02', null, '2026-11-30', 'met'],
    ['regular', '2026-09-01', '2026-12-20', '2026-11-30', 'planned'],
    ['regular', '2026-09-01', null, '2026-11-30', 'behind'],
    ['regular', '2026-06-03', null, '2026-11-30', 'urgent'],
    ['regular', null, null, '2026-05-01', 'behind'],
    ['regular', null, null, '2026-10-01', 'urgent'],
  ] as const)('%s, last %s, next %s, on %s: %s', (kind, last, next, today, state) => {
    expect(dutyAt(kind, day(last), day(next), today as PlainDate)).toBe(state);
  });
});

test('near is the own community, then what is above it; for a family the nearest of theirs', () => {
  const near = nearnessOf([
    ['city', 'east', 'street', 'home'],
    ['city', 'west', 'other'],
  ]);
  expect(Object.fromEntries(near)).toEqual({ home: 0, street: 1, east: 2, city: 2, other: 0, west: 1 });
});

test('seats go out strictly in order: never more than there are, and nobody is passed over', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(1, 2)), fc.integer({ min: 0, max: 20 }), (sizes, free) => {
      const fit = howManyFit(sizes, free);
      const sum = (list: number[]) => list.reduce((all, one) => all + one, 0);
      expect(sum(sizes.slice(0, fit))).toBeLessThanOrEqual(free);
      if (fit < sizes.length) expect(sum(sizes.slice(0, fit + 1))).toBeGreaterThan(free);
    }),
  );
});
