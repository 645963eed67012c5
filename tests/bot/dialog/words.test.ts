import { expect, test } from 'vitest';
import { meaningOf, meanings, type Meaning } from '../../../bot/dialog/words.ts';
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

test('marks of different texts differ', () => {
  const marks = Array.from({ length: 5000 }, (_, at) => mark(`service-${at}`));
  expect(new Set(marks).size).toBe(5000);
});
