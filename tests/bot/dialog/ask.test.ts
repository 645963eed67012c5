import { describe, expect, test } from 'vitest';
import type { PlainDate } from '../../../api/dates.ts';
import { questionKinds } from '../../../api/engine/questions/index.ts';
import { answerOfTap } from '../../../bot/dialog/answer-of-tap.ts';
import { askQuestion, ticks } from '../../../bot/dialog/ask.ts';
import type { Message } from '../../../bot/dialog/message.ts';
import type { Asking } from '../../../bot/dialog/question.ts';
import { readTap } from '../../../bot/dialog/taps.ts';
import { locales } from '../../../locales/index.ts';
import { questionOf } from './questions.ts';

const asking: Asking = {
  locale: 'zh-CN',
  today: '2026-11-23' as PlainDate,
  draft: '0190b0c4-1111-7222-8333-444455556666',
  whom: '',
  change: false,
};
const labels = ({ buttons }: Message) => buttons.flat().map(({ text }) => text);
const choices = ['a', 'b', 'c'].map((value) => ({ value, label: `选${value}` }));

describe.each(questionKinds)('a question of kind %s', (kind) => {
  const question = questionOf(kind, { choices, optional: 'skip', hint: '说明' });

  test.each(locales)('has 返回, 取消 and 找人, and data of at most 64 bytes (%s)', (locale) => {
    const asked = askQuestion(question, { ...asking, locale });
    expect(asked.buttons.at(-1)).toHaveLength(3);
    for (const button of asked.buttons.flat()) {
      if (!('data' in button)) continue;
      expect(Buffer.byteLength(button.data)).toBeLessThanOrEqual(64);
      expect(readTap(button.data)).not.toBeNull();
    }
  });
});

test('each choice is a button that gives its value', () => {
  const question = questionOf('choice', { choices });
  const asked = askQuestion(question, asking);
  const values = asked.buttons
    .slice(0, 3)
    .flat()
    .map((button) => {
      const tapped = 'data' in button ? readTap(button.data) : null;
      return tapped?.is === 'answer' ? answerOfTap(question, tapped.value) : null;
    });
  expect(values).toEqual(['a', 'b', 'c']);
});

test('ticks travel in the buttons', () => {
  const question = questionOf('choices', { choices });
  const [first, second, third, done] = ticks(question, asking, 0b101).flat();
  expect([first, second, third].map((button) => button?.text)).toEqual(['☑ 选a', '☐ 选b', '☑ 选c']);
  const tapped = done && 'data' in done ? readTap(done.data) : null;
  expect(tapped?.is === 'answer' && answerOfTap(question, tapped.value)).toEqual(['a', 'c']);
});

test('what is known is offered; a number is never said', () => {
  const date = askQuestion(questionOf('date', { value: '2026-03-05', shown: '2026年3月5日' }), asking);
  expect(date.text).toContain('登记的是：2026年3月5日');
  expect(labels(date)).toContain('就用登记的');
  const phone = askQuestion(
    questionOf('phone', { chat: 'no-echo', value: '13800000001', shown: '138****0001' }),
    asking,
  );
  expect(phone.text).not.toMatch(/138|0001/);
  expect(labels(phone)).toContain('就用登记的');
});

test('a question for a page comes as a link, and what is known of it is not said', () => {
  const home = questionOf('residence', { chat: 'page-only', value: {}, shown: '识字里社区 3栋101', answered: true });
  const asked = askQuestion(home, { ...asking, link: 'https://tuiguan.example/q#token' });
  expect(asked.text).not.toContain('3栋');
  expect(asked.buttons[0]).toEqual([{ text: '打开网页填写', url: 'https://tuiguan.example/q#token' }]);
});

test('whoever is acted for stands above every question, once', () => {
  const forMother = { ...asking, whom: '替刘淑兰：' };
  const question = questionOf('text');
  expect(askQuestion(question, forMother).text.split('\n')[0]).toBe('替刘淑兰：');
  expect(askQuestion(question, forMother, '替刘淑兰：搬到别的社区').text.match(/替刘淑兰/g)).toHaveLength(1);
});
