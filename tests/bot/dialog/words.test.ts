import { expect, test } from 'vitest';
import { meaningOf, meanings, type Meaning } from '../../../bot/dialog/words.ts';
import { openingAt } from '../../../bot/dialog/opening.ts';
import { mark } from '../../../bot/dialog/mark.ts';

test.each([
  ['返回', 'back'],
  ['上一题！', 'back'],
  ['取消', 'cancel'],
  ['不辦了', 'cancel'],
  ['找人', 'human'],
  ['Talk to someone', 'human'],
  ['找社區', 'human'],
  ['辦事', 'services'],
  ['我 的 进度', null],
  ['查进度', 'cases'],
  ["I don't know", 'unknown'],
  ['不知道。', 'unknown'],
  ['跳過', 'skip'],
  ['ＯＫ', 'yes'],
  ['我要返回', null],
  ['', null],
] as [string, Meaning | null][])('%s means %s', (typed, meaning) => {
  expect(meaningOf(typed, meanings)).toBe(meaning);
});

const hours = { from: 9 * 60, to: 17 * 60 };

test.each([
  ['2026-11-23T02:00:00Z', { open: true, until: '17:00' }],
  ['2026-11-23T00:30:00Z', { open: false, day: '2026-11-23', inDays: 0, from: '9:00' }],
  ['2026-11-23T09:00:00Z', { open: false, day: '2026-11-24', inDays: 1, from: '9:00' }],
  ['2026-11-27T10:00:00Z', { open: false, day: '2026-11-30', inDays: 3, from: '9:00' }],
  ['2026-11-28T02:00:00Z', { open: false, day: '2026-11-30', inDays: 2, from: '9:00' }],
])('the counter at %s', (moment, opening) => {
  expect(openingAt(hours, new Date(moment))).toEqual(opening);
});

test('marks of different texts differ', () => {
  const marks = Array.from({ length: 5000 }, (_, at) => mark(`service-${at}`));
  expect(new Set(marks).size).toBe(5000);
});
