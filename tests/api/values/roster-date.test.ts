import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { parseRosterDate } from '../../../api/values/roster-date.ts';

describe('a date in a roster', () => {
  test.each([
    ['1960年7月', '1960-07'],
    ['１９６０年７月', '1960-07'],
    ['1960 年 07 月', '1960-07'],
    ['2000.06', '2000-06'],
    ['2000/6', '2000-06'],
    ['2000-6', '2000-06'],
    ['200006', '2000-06'],
    ['二〇〇〇年十二月', '2000-12'],
  ])('%s is the month %s', (written, month) => {
    expect(parseRosterDate(written)).toEqual({ ok: true, value: { kind: 'month', month } });
  });

  test.each([
    ['2000-06-01', '2000-06-01'],
    ['2000.6.1', '2000-06-01'],
    ['20000601', '2000-06-01'],
    ['2000年6月1日', '2000-06-01'],
    ['2000-06-01 00:00:00', '2000-06-01'],
    ['2000-06-01T00:00:00.000Z', '2000-06-01'],
    ['36678', '2000-06-01'],
    [new Date('2000-06-01T00:00:00Z'), '2000-06-01'],
  ])('%s is the day %s', (written, date) => {
    expect(parseRosterDate(written)).toEqual({ ok: true, value: { kind: 'date', month: date.slice(0, 7), date } });
  });

  test.each([
    ['2000', 'year-only'],
    ['2000年', 'year-only'],
    ['60年7月', 'two-digit-year'],
    ['2000年13月', 'bad-month'],
    ['2000-02-30', 'bad-day'],
    ['2000.1', 'ambiguous-month'],
    ['去年三月', 'not-a-date'],
    ['', 'not-a-date'],
    ['退休', 'not-a-date'],
    ['99999', 'not-a-date'],
    [new Date(Number.NaN), 'not-a-date'],
  ])('%s is named %s', (written, code) => {
    expect(parseRosterDate(written)).toEqual({ ok: false, code });
  });

  it('means the same day in each way of writing it', () => {
    const day = fc.date({ min: new Date('1928-01-01'), max: new Date('2030-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(day, (at) => {
        const iso = at.toISOString().slice(0, 10);
        const [year = '', month = '', ofMonth = ''] = iso.split('-');
        const serial = String(Math.floor(at.valueOf() / 86_400_000) + 25_569);
        for (const written of [
          iso,
          `${year}.${month}.${ofMonth}`,
          `${year}年${Number(month)}月${Number(ofMonth)}日`,
          serial,
        ]) {
          expect(parseRosterDate(written)).toMatchObject({ ok: true, value: { date: iso } });
        }
      }),
    );
  });
});
