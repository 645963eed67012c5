/** A regulation as text: its chapters, articles, items and annexes, its days, and what a scan broke. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { numberOf } from '../../../api/policy/numerals.ts';
import { parseDocument } from '../../../api/policy/parse.ts';
import { SAMPLE } from './sample.ts';

describe('a regulation', () => {
  const parsed = parseDocument(SAMPLE);

  test('keeps its number, title, issuer and days', () => {
    expect(parsed).toMatchObject({
      number: '长邻社规〔2025〕3号',
      title: '邻里互助点管理办法',
      issuer: '邻里社区服务中心',
      issuedOn: '2025-03-05',
      inForceFrom: '2025-04-01',
      inForceUntil: '2028-03-31',
    });
  });

  test('is cut into chapters, articles, items and annexes', () => {
    expect(parsed.parts.map(({ kind, label, title }) => `${kind} ${label} ${title}`.trim())).toEqual([
      'chapter 第一章 总则',
      'article 第一条',
      'chapter 第二章 借用',
      'article 第二条',
      'item 第二条（一）',
      'item 第二条（二）',
      'article 第三条',
      'annex 附件1 借用登记表',
    ]);
    expect(parsed.parts.find(({ label }) => label === '第二条（二）')?.text).toBe(
      '推车，借用不超过一天。\n雨天不外借。',
    );
    expect(parsed.parts.at(-1)?.text).toContain('姓名　日期');
  });

  test('has the sentence mended that the page broke, and says where', () => {
    expect(parsed.parts[1]?.text).toBe('为方便邻里互相借用常用物品，制定本办法。');
    expect(parsed.mended).toEqual([{ label: '第一条', before: '为方便邻里互相借用常', after: '用物品，制定本办法。' }]);
    expect(parsed.doubts).toEqual([]);
  });
});

test.each([
  ['an article that is missing', SAMPLE.replace('第二条', '第五条'), { why: 'missing', label: '2' }],
  ['one that stands twice', SAMPLE.replace('第三条', '第一条'), { why: 'twice', label: '第一条' }],
  ['no number', SAMPLE.replace('长邻社规〔2025〕3号', ''), { why: 'no-number', label: '' }],
  ['no day', SAMPLE.replace('2025年4月1日起施行', '起施行'), { why: 'no-date', label: '' }],
])('%s is a doubt', (_, text, doubt) => {
  expect(parseDocument(text).doubts).toContainEqual(doubt);
});

test('any text is read without a fault, and nothing of a chapter is lost', () => {
  const line = fc.oneof(
    fc.constantFrom('第一章 总则', '第一条 内容。', '（一）项；', '附件：', '附件 1', '1. 表', '', '续上句', '第百条'),
    fc.string({ unit: 'binary' }),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
      const { parts } = parseDocument(['第一条 开头。', ...lines].join('\n'));
      expect(parts[0]).toMatchObject({ kind: 'article', label: '第一条' });
      for (const { label } of parts) expect(label).not.toBe('');
    }),
  );
});

test('numerals up to 999', () => {
  const known: [string, number | null][] = [
    ['一', 1],
    ['十', 10],
    ['十一', 11],
    ['二十', 20],
    ['二十四', 24],
    ['一百', 100],
    ['一百零三', 103],
    ['三百二十一', 321],
    ['5', 5],
    ['〇', null],
    ['十十', null],
    ['甲', null],
    ['', null],
  ];
  for (const [text, value] of known) expect([text, numberOf(text)]).toEqual([text, value]);
});
