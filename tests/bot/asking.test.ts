/** Asking in chat: the four questions of everybody lead to what answers them; what nothing answers goes to the community as it was said. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Phone } from '../../bot/simulator/phone.ts';
import { openTestHouse, type HouseUnderTest } from '../tools/house-under-test.ts';
import { LIU, OLD_CLERK } from '../tools/story.ts';
import { join, NEWS_MS, tapOn } from './people.ts';

let house: HouseUnderTest;
let liu: Phone;
let clerk: Phone;
beforeAll(async () => {
  house = await openTestHouse();
  liu = await join(house, '刘淑兰', LIU);
  clerk = await join(house, '李娟', OLD_CLERK);
});
afterAll(() => house.stop());

test.each([
  ['我搬到女儿家住了怎么办', '新社区', '去办：搬到别的社区'],
  ['老伴去世能领多少钱', '最高不超过400元', '去办：遗属待遇'],
  ['八十岁有什么慰问', '不超过200元', '看：八十、九十、一百岁生日慰问'],
  ['认证忘了做怎么办', '一年一次', '去办：领取资格认证'],
])('%s', async (words, says, button) => {
  liu.send(words);
  const answer = await liu.answer(says);
  expect(answer.buttons.flat().map(({ text }) => text)).toContain(button);
});

test('a sum is a ceiling, and is never promised', async () => {
  liu.send('生日慰问有多少钱？');
  const { text } = await liu.answer('金额都是最高限度');
  expect(text).not.toMatch(/可以领到|保证|一定发/);
});

test('the article that is led to has a page', async () => {
  liu.send('八十岁有什么慰问？');
  const answer = await liu.answer('生日慰问');
  const link = answer.buttons.flat().find(({ kind }) => kind === 'url')?.value ?? '';
  const [, document = '', label = ''] = /policy\/([^/]+)\/(.+)$/.exec(new URL(link).pathname) ?? [];
  const read = await house.visit().get(`/api/policy/articles/${label}?document=${document}`);
  expect(read.body.label).toBe('第十九条（二）');
});

test('what nothing answers goes to the community as it was said, is answered in chat, and comes back', async () => {
  liu.send('明天的公交车几点开？');
  tapOn(liu, await liu.answer('答不上来'), '请社区回答');
  const check = await liu.answer('明天的公交车几点开');
  tapOn(liu, check, '提交');
  await liu.answer('交好了');
  const card = await clerk.see('待回答：问社区', NEWS_MS);
  tapOn(clerk, card, '回答');
  await clerk.answer('怎么回答');
  clerk.send('早上六点开始，问公交公司更准。');
  tapOn(clerk, await clerk.answer('早上六点开始'), '确定：回答');
  await liu.see('问社区', NEWS_MS);
  liu.send('我办的事');
  tapOn(liu, await liu.answer('您办的事'), '问社区 · 刘淑兰');
  expect((await liu.answer('早上六点开始')).text).toContain('社区的回答：');
});
