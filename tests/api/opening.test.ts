/** 找人: when a counter opens next, by the calendar of the State Council, the days of the week, the noon rest and days that are otherwise. */
import { expect, test } from 'vitest';
import type { PlainDate } from '../../api/dates.ts';
import { openingAt } from '../../api/opening.ts';
import { hoursWords } from '../../api/opening-words.ts';
import { calendarOf, publishedDays } from '../../api/registry/calendar.ts';
import { officeHours } from '../../db/seed/demo/offices.ts';

const calendar = calendarOf(new Map([2025, 2026].flatMap(publishedDays).map(({ day, works }) => [day, works])));
const at = (moment: string) => new Date(`${moment.replace(' ', 'T')}:00+08:00`);
const open = (until: string, pause = false) => ({ open: true, until, pause });
const closed = (day: string, inDays: number, from: string, pause = false) => ({
  open: false,
  day,
  inDays,
  from,
  pause,
});

test.each([
  ['2026-11-23 10:00', open('17:00')],
  ['2026-11-23 08:30', closed('2026-11-23', 0, '9:00')],
  ['2026-11-23 17:00', closed('2026-11-24', 1, '9:00')],
  ['2026-11-27 18:00', closed('2026-11-30', 3, '9:00')],
  ['2026-11-28 10:00', closed('2026-11-30', 2, '9:00')],
  // National Day 2025 joined with Mid-Autumn: the 1st to the 8th; the Saturday after is worked for it.
  ['2025-10-01 10:00', closed('2025-10-09', 8, '9:00')],
  ['2025-10-10 17:30', closed('2025-10-11', 1, '9:00')],
  ['2025-10-11 10:00', open('17:00')],
  ['2025-09-28 10:00', open('17:00')],
])('the counter at %s', (moment, opening) => {
  expect(openingAt(officeHours, at(moment), calendar)).toEqual(opening);
});

/** Closed at noon, open on Saturday mornings, moving house on the 30th, and there on the New Year of all days. */
const own = {
  week: [...officeHours.week.slice(0, 5), { from: 540, to: 720 }, null],
  pause: { from: 720, to: 810 },
  exceptions: [
    { day: '2026-01-01', hours: { from: 600, to: 660 } },
    { day: '2026-11-30', hours: null },
  ],
};
test.each([
  ['2026-11-23 10:00', open('12:00', true)],
  ['2026-11-23 12:00', closed('2026-11-23', 0, '13:30', true)],
  ['2026-11-23 13:30', open('17:00')],
  // A Saturday of its own; Monday is the day that is otherwise.
  ['2026-11-28 09:00', open('12:00')],
  ['2026-11-28 12:00', closed('2026-12-01', 3, '9:00')],
  // A Saturday inside a public holiday is none of its own; a make-up Sunday is as a Monday.
  ['2025-10-04 10:00', closed('2025-10-09', 5, '9:00')],
  ['2025-09-28 10:00', open('12:00', true)],
  ['2026-01-01 10:30', open('11:00')],
])('with hours of its own at %s', (moment, opening) => {
  expect(openingAt(own, at(moment), calendar)).toEqual(opening);
});

test('a calendar without a working day opens nothing, and is asked no further', () => {
  expect(openingAt(officeHours, new Date(), { isWorkday: () => false, isHoliday: () => true })).toBe(null);
});

test('in words: days alike are one line, and days that are otherwise are told a month before', () => {
  const words = (hours: typeof own, day: string) => hoursWords('zh-CN', hours, day as PlainDate);
  expect(words(officeHours as typeof own, '2026-11-23')).toEqual(['工作日 9:00 到 17:00']);
  expect(words(own, '2026-11-23')).toEqual([
    '工作日 9:00 到 17:00',
    '周六 9:00 到 12:00',
    '中午 12:00 到 13:30 休息',
    '11月30日 休息',
  ]);
  const short = { ...own, week: [null, { from: 540, to: 720 }, { from: 540, to: 720 }, null, null, null, null] };
  expect(words({ ...short, pause: null as never, exceptions: [] }, '2026-11-23')).toEqual(['周二到周三 9:00 到 12:00']);
});
