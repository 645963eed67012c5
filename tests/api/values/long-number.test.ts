import { expect, test } from 'vitest';
import { holdsLongNumber } from '../../../api/values/long-number.ts';

test.each([
  ['请打13800000001', true],
  ['138 0000 0001', true],
  ['138-0000-0001', true],
  ['１３８０００００００１', true],
  ['430101 19480312 0023', true],
  ['工号 123456', true],
  ['2026-11-26 上午 9:30', false],
  ['3栋2单元 401，少 2 张照片', false],
  ['请在 2026-11-26 和 2026-12-01 之间来', false],
  ['', false],
])('%s: %s', (words, holds) => {
  expect(holdsLongNumber(words)).toBe(holds);
});
