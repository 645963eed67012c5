/** The pure rules of notices: lines and blocks, whom one is for, and what stands in the way of handing it in. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseBody, writeBody } from '../../../api/notices/body.ts';
import { faultsOf, isForEveryone, isMeant, type Audience, type Written } from '../../../api/notices/rules.ts';
import type { PlainDate } from '../../../api/dates.ts';

const all: Audience = { ageFrom: null, ageTo: null, employerKinds: null, flags: null };

describe('lines', () => {
  test('are headings, paragraphs, lists and pictures; anything else is words', () => {
    const picture = '019a0000-0000-7000-8000-000000000000';
    expect(parseBody(`# 一\n\n二\n- 三\n• 四\n1. 五\n![图](${picture})\n![图](javascript:1)\n<b>六</b>\n#七`)).toEqual([
      { is: 'heading', text: '一' },
      { is: 'paragraph', text: '二' },
      { is: 'list', ordered: false, items: ['三', '四'] },
      { is: 'list', ordered: true, items: ['五'] },
      { is: 'picture', file: picture, words: '图' },
      { is: 'paragraph', text: '![图](javascript:1)' },
      { is: 'paragraph', text: '<b>六</b>' },
      { is: 'paragraph', text: '#七' },
    ]);
  });

  test('written from blocks are those blocks again, whatever was typed', () => {
    const typed = fc
      .array(fc.oneof(fc.string(), fc.constantFrom('# 标题', '- 项', '12. 项', '正文', '', '#', '-')))
      .map((l) => l.join('\n'));
    const again = fc.property(typed, (text) => {
      const blocks = parseBody(text);
      return JSON.stringify(parseBody(writeBody(blocks))) === JSON.stringify(blocks);
    });
    expect(fc.check(again, { numRuns: 500 }).counterexample).toBeNull();
  });
});

test.each<[Partial<Audience>, { age?: number; employerKind?: 'central' | null; flags?: 'dementia'[] }, boolean]>([
  [{}, {}, true],
  [{ ageFrom: 80 }, { age: 79 }, false],
  [{ ageFrom: 80 }, { age: 80 }, true],
  [{ ageTo: 60 }, { age: 61 }, false],
  [{ ageFrom: 60, ageTo: 60 }, { age: 60 }, true],
  [{ employerKinds: ['central'] }, { employerKind: 'central' }, true],
  [{ employerKinds: ['central'] }, { employerKind: null }, false],
  [{ flags: ['dementia', 'disabled'] }, { flags: ['dementia'] }, true],
  [{ flags: ['disabled'] }, { flags: [] }, false],
  [{ flags: ['dementia'], ageFrom: 90 }, { age: 70, flags: ['dementia'] }, false],
])('for %o somebody who is %o is meant: %s', (audience, person, meant) => {
  expect(isMeant({ ...all, ...audience }, { age: 70, employerKind: null, flags: [], ...person })).toBe(meant);
  expect(isForEveryone({ ...all, ...audience })).toBe(Object.keys(audience).length === 0);
});

describe('handing in', () => {
  const written: Written = {
    title: '体检',
    summary: '免费',
    body: [{ is: 'paragraph', text: '正文' }],
    category: 'medical',
    inForceFrom: null,
    inForceUntil: null,
    audience: all,
    change: null,
  };
  const faults = (parts: Partial<Written>) =>
    faultsOf({ ...written, ...parts }, '2026-11-25' as PlainDate, () => '失智').map(
      ({ field, why }) => `${field} ${why}`,
    );
  test.each<[Partial<Written>, string[]]>([
    [{}, []],
    [{ title: '', change: '' }, ['title missing', 'change missing']],
    [{ inForceUntil: '2026-11-25' }, []],
    [{ inForceUntil: '2026-11-24' }, ['until over']],
    [{ inForceFrom: '2026-12-02', inForceUntil: '2026-12-01' }, ['until backwards']],
    [{ title: '失智老人', audience: { ...all, flags: ['dementia'] } }, ['title names-flag']],
    [{ title: '失智老人' }, []],
  ])('%o', (parts, found) => {
    expect(faults(parts)).toEqual(found);
  });
});
