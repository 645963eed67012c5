import { expect, test } from 'vitest';
import { afterMoment, afterPath, momentOnly } from '../../../api/values/after.ts';

const ID = '019a0000-0000-7000-8000-000000000000';

test.each([
  ['2026-11-30T01:02:03.456Z'],
  ['2026-11-30T01:02:03.456789Z'],
  ['2028-02-29T23:59:59.999Z'],
  // A line without a due time.
  [''],
])('a list goes on at “%s”', (moment) => expect(afterMoment.safeParse(`${moment},${ID}`).success).toBe(true));

test.each([
  ['31 February', `2026-02-31T00:00:00.000Z,${ID}`],
  ['29 February of no leap year', `2026-02-29T00:00:00.000Z,${ID}`],
  ['hour 24', `2026-11-30T24:00:00.000Z,${ID}`],
  ['month 13', `2026-13-01T00:00:00.000Z,${ID}`],
  ['the year 0, which PostgreSQL does not have', `0000-01-01T00:00:00.000Z,${ID}`],
  ['no zone', `2026-11-30T01:02:03.456,${ID}`],
  ['signs that only look like one', 'Z:T3T.:TZ:81-9TZTTZ-.7T,ee-1--84cf3b-450--a-b-b-b----466f--7'],
  ['no id', '2026-11-30T01:02:03.456Z,'],
  ['something behind it', `2026-11-30T01:02:03.456Z,${ID}'`],
  ['nothing', ''],
])('%s is refused, not handed to the database', (_what, cursor) =>
  expect(afterMoment.safeParse(cursor).success).toBe(false),
);

test('a moment alone has a year, and a path comes with an id', () => {
  expect(momentOnly.safeParse('2026-11-30T01:02:03Z').success).toBe(true);
  expect(momentOnly.safeParse('0000-01-01T00:00:00Z').success).toBe(false);
  expect(afterPath.safeParse(`4301.430102.430102001,${ID}`).success).toBe(true);
  expect(afterPath.safeParse('4301.430102,no-id').success).toBe(false);
});
