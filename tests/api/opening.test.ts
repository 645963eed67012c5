/** 找人: when a counter opens next, by the calendar of the State Council. */
import { expect, test } from 'vitest';
import { openingAt } from '../../api/opening.ts';
import { calendarOf, publishedDays } from '../../api/registry/calendar.ts';

const calendar = calendarOf(new Map([2025, 2026].flatMap(publishedDays).map(({ day, works }) => [day, works])));
const hours = { from: 9 * 60, to: 17 * 60 };

test.each([
  ['2026-11-23 10:00', { open: true, until: '17:00' }],
  ['2026-11-23 08:30', { open: false, day: '2026-11-23', inDays: 0, from: '9:00' }],
  ['2026-11-23 17:00', { open: false, day: '2026-11-24', inDays: 1, from: '9:00' }],
  ['2026-11-27 18:00', { open: false, day: '2026-11-30', inDays: 3, from: '9:00' }],
  ['2026-11-28 10:00', { open: false, day: '2026-11-30', inDays: 2, from: '9:00' }],
  // National Day 2025 joined with Mid-Autumn: the 1st to the 8th; the Saturday after is worked for it.
  ['2025-10-01 10:00', { open: false, day: '2025-10-09', inDays: 8, from: '9:00' }],
  ['2025-10-10 17:30', { open: false, day: '2025-10-11', inDays: 1, from: '9:00' }],
  ['2025-10-11 10:00', { open: true, until: '17:00' }],
  ['2025-09-28 10:00', { open: true, until: '17:00' }],
])('the counter at %s', (moment, opening) => {
  expect(openingAt(hours, new Date(`${moment.replace(' ', 'T')}:00+08:00`), calendar)).toEqual(opening);
});

test('a calendar without a working day opens nothing, and is asked no further', () => {
  expect(openingAt(hours, new Date(), { isWorkday: () => false })).toBe(null);
});
