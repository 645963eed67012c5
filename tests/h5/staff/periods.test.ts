/** Periods that are looked at often, seen on a day. */
import { expect, test } from 'vitest';
import { periodOf } from '../../../h5/staff/figures/periods.ts';

test.each([
  ['thisYear', '2026-03-31', '2026-01-01', '2026-03-31'],
  ['thisMonth', '2026-03-31', '2026-03-01', '2026-03-31'],
  ['lastMonth', '2026-03-31', '2026-02-01', '2026-02-28'],
  ['lastMonth', '2026-01-01', '2025-12-01', '2025-12-31'],
  ['lastYear', '2024-02-29', '2023-01-01', '2023-12-31'],
] as const)('%s on %s', (name, today, from, to) => {
  expect(periodOf(name, today)).toEqual({ from, to });
});
