import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normaliseName } from '../../../api/values/person-name.ts';

test.each([
  ['陈建国', '陈建国'],
  ['陈 建 国', '陈建国'],
  ['陈　建国　', '陈建国'],
  ['陈\u200b建国', '陈建国'],
  ['买买提·艾力', '买买提·艾力'],
  ['买买提•艾力', '买买提·艾力'],
  ['买买提 ・ 艾力', '买买提·艾力'],
  ['买买提.艾力', '买买提·艾力'],
  ['Ａｎｎ　 Lee', 'Ann Lee'],
  ['J. Smith', 'J. Smith'],
  [' ', ''],
])('the name “%s” is kept as “%s”', (written, kept) => {
  expect(normaliseName(written)).toBe(kept);
});

test('what is kept is its own form', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('陈', '国', ' ', '　', '·', '•', '.', 'A', 'b') }), (written) => {
      const kept = normaliseName(written);
      expect(normaliseName(kept)).toBe(kept);
    }),
  );
});
