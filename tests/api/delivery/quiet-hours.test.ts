import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wakingTime } from '../../../api/delivery/quiet-hours.ts';

const at = (text: string) => new Date(`${text.replace(' ', 'T')}+08:00`);

test.each([
  ['2026-11-23 20:59:59', '2026-11-23 20:59:59', 'the last second of the day goes out'],
  ['2026-11-23 21:00:00', '2026-11-24 08:00:00', 'nine in the evening waits for the morning'],
  ['2026-11-23 23:59:59', '2026-11-24 08:00:00', 'so does the end of the day'],
  ['2026-11-24 00:00:00', '2026-11-24 08:00:00', 'after midnight it is the same morning'],
  ['2026-11-24 07:59:59', '2026-11-24 08:00:00', 'and until eight'],
  ['2026-11-24 08:00:00', '2026-11-24 08:00:00', 'at eight it goes out'],
  ['2026-12-31 22:00:00', '2027-01-01 08:00:00', 'over the end of a year'],
])('%s → %s: %s', (moment, due) => {
  expect(wakingTime(at(moment))).toEqual(at(due));
});

test('what waits never waits longer than eleven hours, and never goes out at night', () => {
  fc.assert(
    fc.property(
      fc.date({ min: at('2024-01-01 00:00:00'), max: at('2030-01-01 00:00:00'), noInvalidDate: true }),
      (moment) => {
        const due = wakingTime(moment);
        expect(due.getTime() - moment.getTime()).toBeGreaterThanOrEqual(0);
        expect(due.getTime() - moment.getTime()).toBeLessThanOrEqual(11 * 3_600_000);
        expect(wakingTime(due)).toEqual(due);
      },
    ),
  );
});
