/** Case numbers and deadlines, for all numbers and all days. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, dayOf, type PlainDate } from '../../../api/dates.ts';
import { caseNumber, readCaseNumber, spokenNumber } from '../../../api/engine/case-number.ts';
import { deadline, workingDaysLeft } from '../../../api/engine/deadline.ts';
import { calendarOf, publishedDays } from '../../../api/registry/calendar.ts';

const serial = fc.integer({ min: 10_000_001, max: 99_999_999 });

describe('case numbers', () => {
  test('every wrong digit is found', () => {
    fc.assert(
      fc.property(serial, fc.nat(8), fc.integer({ min: 1, max: 9 }), (from, at, by) => {
        const digits = [...caseNumber(from)];
        digits[at] = String((Number(digits[at]) + by) % 10);
        expect(readCaseNumber(digits.join(''))).toBeNull();
      }),
    );
  });

  test('of neighbours changed about, nearly all are found: of a hundred at most three pass', () => {
    let changed = 0;
    let passed = 0;
    for (let from = 10_000_001; from < 10_040_001; from += 7) {
      const number = caseNumber(from);
      for (let at = 0; at < 8; at += 1) {
        const [a = '', b = ''] = [number[at], number[at + 1]];
        if (a === b) continue;
        changed += 1;
        if (readCaseNumber(number.slice(0, at) + b + a + number.slice(at + 2))) passed += 1;
      }
    }
    expect(passed / changed).toBeLessThan(0.03);
  });

  test('however it is read out and typed, it is read again', () => {
    fc.assert(
      fc.property(serial, (from) => {
        const number = caseNumber(from);
        const wide = [...number].map((digit) => String.fromCodePoint((digit.codePointAt(0) ?? 0) + 0xfee0)).join('');
        expect(readCaseNumber(` ${spokenNumber(number)} `)).toBe(number);
        expect(readCaseNumber(wide)).toBe(number);
      }),
    );
    expect(readCaseNumber('')).toBeNull();
    expect(readCaseNumber('12345678901234567890')).toBeNull();
  });
});

const calendar = calendarOf(new Map([2025, 2026].flatMap(publishedDays).map(({ day, works }) => [day, works])));
const day = fc.integer({ min: 0, max: 650 }).map((n) => addDays('2025-01-02' as PlainDate, n));
const days = fc.integer({ min: 1, max: 30 });
const moment = (date: PlainDate, hour: number) => new Date(`${date}T${String(hour).padStart(2, '0')}:30:00+08:00`);

describe('deadlines', () => {
  test('end with a working day, with so many working days between, at whatever hour they began', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 23 }), days, (from, hour, allowed) => {
        const due = dayOf(deadline(moment(from, hour), allowed, calendar));
        expect(calendar.isWorkday(due)).toBe(true);
        let worked = 0;
        for (let at = addDays(from, 1); at <= due; at = addDays(at, 1)) if (calendar.isWorkday(at)) worked += 1;
        expect(worked).toBe(allowed);
      }),
    );
  });

  test('stopped and resumed on one day they are where they were; what is left never grows and never ends', () => {
    fc.assert(
      fc.property(day, days, fc.nat(60), (from, allowed, later) => {
        const began = moment(from, 9);
        const stopped = moment(addDays(from, later), 15);
        const left = workingDaysLeft(began, allowed, stopped, calendar);
        expect(left).toBeGreaterThanOrEqual(1);
        expect(left).toBeLessThanOrEqual(allowed);
        const before = deadline(began, allowed, calendar);
        if (stopped < before && dayOf(stopped) !== dayOf(before))
          expect(deadline(stopped, left, calendar)).toEqual(before);
      }),
    );
  });

  test.each([
    // National Day 2026: 1–7 October off; Sunday 20 September and Saturday 10 October are worked.
    ['2026-09-18 16:00', 1, '2026-09-20'],
    ['2026-09-30 23:59', 3, '2026-10-10'],
    ['2026-10-03 12:00', 1, '2026-10-08'],
  ])('from %s, %i working days end on %s', (from, allowed, due) => {
    expect(dayOf(deadline(new Date(`${from.replace(' ', 'T')}:00+08:00`), allowed, calendar))).toBe(due);
  });

  test('a calendar that never works says so', () => {
    expect(() => deadline(new Date(), 1, { isWorkday: () => false, isHoliday: () => true })).toThrow(
      'no 1 working days',
    );
  });
});
