import { describe, expect, test } from 'vitest';
import type { PlainDate } from '../../../api/dates.ts';
import type { QuestionKind } from '../../../api/engine/questions/index.ts';
import type { QuestionView } from '../../../bot/dialog/question.ts';
import { readReply } from '../../../bot/dialog/read-reply.ts';
import { questionOf } from './questions.ts';

const today = '2026-11-23' as PlainDate;
const read = (question: QuestionView, typed: string) => readReply(question, typed, today);
const answered = (value: unknown) => ({ is: 'answer', value });

describe('a choice', () => {
  const where = questionOf('choice', {
    choices: [
      { value: 'city', label: '长沙市内' },
      { value: 'outOfCity', label: '长沙以外，湖南省内' },
      { value: 'abroad', label: '国外或港澳台' },
    ],
  });

  test.each([
    ['1', 'city'],
    ['２', 'outOfCity'],
    ['第一个', 'city'],
    ['第三項', 'abroad'],
    ['选二', 'outOfCity'],
    ['the second one', 'outOfCity'],
    ['长沙市内', 'city'],
    ['长沙市内！', 'city'],
    ['港澳台', 'abroad'],
    ['abroad', 'abroad'],
  ])('%s is understood', (typed, value) => {
    expect(read(where, typed)).toEqual(answered(value));
  });

  test.each(['4', '第九个', '长沙', '不知道', '👍', '', '长'.repeat(4096)])('%.10s is complained about', (typed) => {
    expect(read(where, typed)).toMatchObject({ is: 'complaint', key: 'choose-one' });
  });

  test('its own values come before their place in the list: 「5」 of five stars is five stars', () => {
    const stars = questionOf('choice', {
      choices: ['5', '4', '3', '2', '1'].map((value) => ({ value, label: `${value} 星` })),
    });
    expect(read(stars, '5')).toEqual(answered('5'));
  });
});

describe('several choices', () => {
  const missing = questionOf('choices', {
    choices: [
      { value: 'a', label: '住址不完整' },
      { value: 'b', label: '照片看不清' },
      { value: 'c', label: '电话打不通' },
    ],
  });

  test.each([
    ['1、3', ['a', 'c']],
    ['一和三', ['a', 'c']],
    ['照片看不清', ['b']],
    ['1 2 3', ['a', 'b', 'c']],
  ])('%s is understood', (typed, value) => {
    expect(read(missing, typed)).toEqual(answered(value));
  });

  test('one that is not there is complained about', () => {
    expect(read(missing, '1、7')).toMatchObject({ is: 'complaint', key: 'choose-some' });
  });
});

describe('yes, no and having read', () => {
  test.each([
    ['yes', '同意', true],
    ['yes', '好的。', true],
    ['yes', '1', true],
    ['yes', '不', false],
    ['yes', '2', false],
    ['consent', 'I agree', null],
    ['consent', '不同意', false],
    ['notice', '知道了', true],
    ['notice', '看過了', true],
  ] as [QuestionKind, string, boolean | null][])('%s: %s', (kind, typed, value) => {
    expect(read(questionOf(kind), typed)).toMatchObject(value === null ? { is: 'complaint' } : answered(value));
  });

  test('a notice cannot be refused, only left', () => {
    expect(read(questionOf('notice'), '不同意')).toMatchObject({ is: 'complaint', key: 'confirm-first' });
  });
});

describe('a day', () => {
  const since = questionOf('date', { options: { max: 'today' } });

  test('that has not come yet is complained about', () => {
    expect(read(since, '明天')).toMatchObject({ is: 'complaint', key: 'in-the-future' });
    expect(read(since, '明年三月')).toMatchObject({ is: 'complaint', key: 'in-the-future' });
  });

  test('may be unknown where the form says so', () => {
    expect(read({ ...since, optional: 'unknown' }, '记不清')).toEqual(answered(null));
    expect(read(since, '记不清')).toMatchObject({ is: 'complaint', key: 'not-a-day' });
  });
});

test('words of a text are taken as they are; pictures alone are not', () => {
  expect(read(questionOf('text'), ' 楼下\n没有灯 ')).toEqual(answered(' 楼下\n没有灯 '));
  expect(read(questionOf('text'), '👍🏻❤️')).toMatchObject({ is: 'complaint', key: 'wordless' });
});

test('跳过 passes an optional question over, and no other', () => {
  expect(read(questionOf('text', { optional: 'skip' }), '跳过')).toEqual(answered(null));
  expect(read(questionOf('photos'), '跳过')).toMatchObject({ is: 'complaint', key: 'photo-please' });
});

test('what is known is taken by word', () => {
  const phone = questionOf('phone', { value: '13800000001', shown: '138****0001', chat: 'no-echo' });
  expect(read(phone, '用登记的')).toEqual(answered('13800000001'));
});

test('an office is searched for', () => {
  expect(read(questionOf('unit'), ' 梓园 ')).toEqual({ is: 'search', words: '梓园' });
});

test.each(['residence', 'person', 'idNumber', 'rows'] as const)('a %s is never taken in chat', (kind) => {
  expect(read(questionOf(kind, { chat: 'page-only' }), '3栋101')).toMatchObject({ is: 'complaint', key: 'on-page' });
});

test.each(['我的号码是430102194803120017', '430102 19480312 001x', '４３０１０２１９４８０３１２００１７'])(
  'an identity number is refused whatever was asked: %s',
  (typed) => {
    expect(read(questionOf('text'), typed)).toMatchObject({ is: 'complaint', key: 'no-id-numbers' });
  },
);
