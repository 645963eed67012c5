/** Asking in one's own words leads to the article and the service; a third of the questions were never looked at while it was tuned. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { questions, recallAt3 } from '../../bench/ask.ts';
import { openTestHouse, type HouseUnderTest } from '../../tools/house-under-test.ts';

let house: HouseUnderTest;
beforeAll(async () => {
  house = await openTestHouse({ env: { ROLE: 'web' } });
});
afterAll(() => house.stop());

const hits = async (words: string) =>
  (await house.visit().get(`/api/ask?q=${encodeURIComponent(words)}`)).body.hits as {
    kind: string;
    ref: string;
    passage: string;
    sentence: string;
    services: { kind: string }[];
  }[];
const refs = async (words: string) => (await hits(words)).map(({ ref }) => ref);

describe('of the questions that people ask', () => {
  test.each([
    ['nine of ten that were held out', true, 0.9],
    ['nineteen of twenty that it was tuned with', false, 0.95],
  ])('%s have a right answer among the first three', async (_, held, least) => {
    const { recall, missed } = await recallAt3(
      questions.filter((one) => one.held === held),
      refs,
    );
    expect({ reached: recall >= least, recall, missed }).toMatchObject({ reached: true });
  });
});

test.each([
  ['我搬到女儿家住了怎么办', ['relocation', '第五条']],
  ['老伴去世能领多少钱', ['第十九条（五）', 'survivor-benefits', '第十一条（二）']],
  ['八十岁有什么慰问', ['第十九条（二）']],
  ['认证忘了做', ['certification', '第十一条（三）']],
])('%s', async (words, right) => {
  expect(right).toContain((await refs(words))[0]);
});

test('the sentence that answers is one of the passage, and a sum is said as the most that it is', async () => {
  const [first] = await hits('八十岁生日有多少钱');
  expect(first?.passage).toContain(first?.sentence);
  expect(first?.sentence).toMatch(/最高.*不超过200元/);
  expect(first?.sentence).not.toMatch(/可以领|保证/);
});

test('pinyin, traditional characters and full width are understood', async () => {
  expect(await refs('banjia zenmeban')).toEqual(await refs('搬家'));
  expect(await refs('認證忘記做了')).toContain('certification');
  expect(await refs('８０岁有什么')).toContain('第十九条（二）');
});

test.each(['今天天气怎么样', '股票怎么买', '医保卡丢了怎么补办', '公交车几点有', 'asdf qwer', '？？？', '的'])(
  '%s: nothing here answers it, and nothing is made up',
  async (words) => {
    expect(await hits(words)).toEqual([]);
  },
);

test('an empty question, and one as long as a letter, are told so', async () => {
  const { status, body } = await house.visit().get('/api/ask?q=%20');
  expect([status, body.code]).toEqual([400, 'bad-request']);
  expect((await house.visit().get(`/api/ask?q=${'搬'.repeat(501)}`)).status).toBe(400);
});
