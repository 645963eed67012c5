/** Months as people write them, and what is said of those that are none. */
import { describe, expect, test } from 'vitest';
import { month } from '../../../api/engine/questions/month.ts';
import type { ReadingRoom } from '../../../api/engine/question.ts';
import type { PlainDate } from '../../../api/dates.ts';
import { say } from '../../../locales/index.ts';

const room = { today: '2026-11-02' as PlainDate } as ReadingRoom;

describe('a month', () => {
  test.each([
    ['2008-6', '2008-06'],
    ['2008-06', '2008-06'],
    ['2008年6月', '2008-06'],
    ['２００８．０６', '2008-06'],
    ['二〇〇八年六月', '2008-06'],
    ['1960年7月', '1960-07'],
    ['2008-06-15', '2008-06'],
    ['2026-11', '2026-11'],
  ])('written %s is %s', (written, kept) => {
    expect(month.read(written, { max: 'now' }, room)).toEqual({ ok: true, value: kept });
  });

  test.each([
    ['2008', 'month-missing'],
    ['2008年', 'month-missing'],
    ['去年', 'not-a-month'],
    ['2008-13', 'not-a-month'],
    ['2000.1', 'not-a-month'],
    ['', 'not-a-month'],
    [7, 'not-a-month'],
    ['2026-12', 'month-in-the-future'],
  ])('%s is refused: %s', (written, code) => {
    expect(month.read(written, { max: 'now' }, room)).toMatchObject({ ok: false, complaint: { code } });
  });

  test('is shown as it is said', () => {
    const shown = (locale: 'zh-CN' | 'en') =>
      month.show('2008-06' as never, (key, params) => say(locale, key, params), room, String);
    expect([shown('zh-CN'), shown('en')]).toEqual(['2008年6月', '6/2008']);
  });
});
