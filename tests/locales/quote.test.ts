import { expect, test } from 'vitest';
import { quote } from '../../locales/quote.ts';

test.each([
  ['请打13800000001', false],
  ['138 0000 0001', false],
  ['138-0000-0001', false],
  ['１３８０００００００１', false],
  ['430101 19480312 0023', false],
  ['工号 123456', false],
  ['请看 example.com', false],
  ['2026-11-26 上午 9:30', true],
  ['3栋2单元 401，少 2 张照片', true],
  ['请在 2026-11-26 和 2026-12-01 之间来', true],
  ['', true],
])('%s may stand in a message: %s', (words, may) => {
  expect(quote(words)).toBe(may ? words : null);
});
