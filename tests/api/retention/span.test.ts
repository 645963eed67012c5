import fc from 'fast-check';
import { expect, test } from 'vitest';
import { earlier, type Span } from '../../../api/retention/span.ts';

const at = (text: string) => new Date(`${text.replace(' ', 'T')}:00+08:00`);

test.each<[string, Span, string]>([
  ['2026-11-02 03:20', { of: 'days', count: 30 }, '2026-10-03 03:20'],
  ['2026-11-02 03:20', { of: 'years', count: 5 }, '2021-11-02 03:20'],
  ['2026-03-31 03:20', { of: 'months', count: 1 }, '2026-02-28 03:20'],
  ['2024-02-29 23:59', { of: 'years', count: 1 }, '2023-02-28 23:59'],
  ['2026-01-15 00:00', { of: 'months', count: 12 }, '2025-01-15 00:00'],
  ['2026-01-15 00:00', { of: 'months', count: 2 }, '2025-11-15 00:00'],
])('%s, %o earlier, is %s', (now, span, then) => {
  expect(earlier(at(now), span)).toEqual(at(then));
});

test('a longer time never reaches less far back, and a later night never looks further back than an earlier one', () => {
  const span = fc.record({ of: fc.constantFrom('days', 'months', 'years'), count: fc.integer({ min: 1, max: 99 }) });
  const moment = fc.date({ min: new Date('2024-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(moment, span, fc.integer({ min: 0, max: 1e10 }), (now, kept, later) => {
      const before = earlier(now, kept).getTime();
      expect(earlier(now, { ...kept, count: kept.count + 1 }).getTime()).toBeLessThan(before);
      expect(before).toBeLessThan(now.getTime());
      const day = 24 * 60 * 60 * 1000;
      const next = new Date(now.getTime() + Math.floor(later / day) * day);
      expect(earlier(next, kept).getTime()).toBeGreaterThanOrEqual(before);
    }),
  );
});
