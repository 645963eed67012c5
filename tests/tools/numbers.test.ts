import { expect, test } from 'vitest';
import { namedRetirees } from '../../db/seed/demo/named.ts';
import { findNumbers } from './numbers.ts';

const LIU = namedRetirees[0]?.idNumber ?? '';
const TYPED = ['43010119600101001X', '0731-82001234'];
const { inWords, inBytes } = findNumbers(TYPED, ['0731-84000000']);

test.each([
  ['as it is', `name ${LIU}.`, LIU],
  ['inside more digits', `7${LIU}7`, LIU],
  ['with spaces', '138 0000 0001', '13800000001'],
  ['with dashes', '138-0000-0001', '13800000001'],
  ['in full width', '１３８００００００１１', '13800000011'],
  ['with a small x', '43010119600101001x', '43010119600101001X'],
  ['a fixed line', 'call 0731-82001234', '073182001234'],
  ['as hex', Buffer.from(`{"a":"${LIU}"}`).toString('hex'), LIU],
  ...[0, 1, 2, 3].map((n) => [
    'as base64',
    `xy${Buffer.from(`${'a'.repeat(n)}13800000001zz`).toString('base64')}`,
    '13800000001',
  ]),
])('a number is found %s: %s', (_how, words, number) => {
  expect(inWords(words)).toEqual([number]);
});

test('in bytes it is found between anything else', () => {
  const bytes = Buffer.concat([
    Buffer.from([0, 255, 0x31]),
    Buffer.from(LIU),
    Buffer.from([0]),
    Buffer.from('0731-82001234'),
  ]);
  expect(inBytes(bytes).toSorted()).toEqual(['073182001234', LIU]);
});

test('masked numbers, offices and other numbers are none', () => {
  expect(inWords('430101********0017 138****0001 0731-84000000 12333 13800000078 20261102100000000')).toEqual([]);
});
