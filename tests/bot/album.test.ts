/** Several photos sent at once: one answer, whatever was in them. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Phone } from '../../bot/simulator/phone.ts';
import { heic } from '../tools/heic.ts';
import { openTestHouse, type HouseUnderTest } from '../tools/house-under-test.ts';
import { LIU, newHome } from '../tools/story.ts';
import { answerOnPage, beginService, join, NEWS_MS, picture, tapOn } from './people.ts';

let house: HouseUnderTest;
let liu: Phone;
beforeAll(async () => {
  house = await openTestHouse();
  liu = await join(house, '刘淑兰', LIU);
});
afterAll(() => house.stop());

/** What the bot said after the person's last message but one album, as it stands when it says `words`. */
async function saidSince(before: number, words: string): Promise<string[]> {
  const isThere = () =>
    liu.messages().some(({ id, from, text }) => id > before && from === 'bot' && text.includes(words));
  await expect.poll(isThere, { timeout: NEWS_MS }).toBe(true);
  return liu
    .messages()
    .filter(({ id, from }) => id > before && from === 'bot')
    .map(({ text }) => text);
}
const lastId = () => liu.messages().at(-1)?.id ?? 0;
const asFile = { name: 'IMG_0001.HEIC', type: 'image/heic', bytes: new Uint8Array(heic) };

async function toTheProof(): Promise<void> {
  await beginService(liu, '搬到别的社区');
  await liu.answer('搬到哪里了');
  liu.send('长沙市内');
  await answerOnPage(house, await liu.answer('现在住在哪里'), newHome);
  await liu.see('哪一天搬过去的', NEWS_MS);
  liu.send('昨天');
  await liu.answer('为什么搬家');
  liu.send('和子女一起住');
  await liu.answer('有证明的照片吗');
}

test('photos that nobody asked for are answered once', async () => {
  const before = lastId();
  await liu.sendAlbum([await picture(), await picture(), await picture()]);
  const said = await saidSince(before, '现在没有要照片');
  await expect.poll(() => liu.messages().filter(({ from }) => from === 'person').length).toBeGreaterThan(3);
  expect(said).toHaveLength(1);
});

test('an album is answered once, with how many there are; one of them that cannot be opened is not kept secret', async () => {
  await toTheProof();
  const before = lastId();
  await liu.sendAlbum([asFile, await picture(), await picture()]);
  const said = await saidSince(before, '收到 2 张照片');
  expect(said).toHaveLength(1);
  expect(said[0]).toContain('HEIC');
  expect(said[0]).toContain('JPG');
});

test('of one too many the newest are kept, and one answer says that it is enough', async () => {
  const before = lastId();
  await liu.sendAlbum([await picture(), await picture(), await picture(), await picture(), await picture()]);
  const said = await saidSince(before, '收到 3 张照片，够了');
  expect(said).toHaveLength(1);
  tapOn(liu, await liu.see('收到 3 张照片，够了'), '发完了');
  await liu.answer('您的服务信息将转给新社区');
  const draft = (await (await house.signIn(LIU)).get('/api/drafts')).body[0];
  expect(draft.answers.at(-1).shown).toBe('3 张照片');
});

test('an album and words right after it: each has its answer, in order', async () => {
  liu.send('返回');
  await liu.answer('有证明的照片吗');
  await liu.sendAlbum([await picture(), await picture()]);
  liu.send('发完了');
  expect((await liu.answer('您的服务信息将转给新社区')).text).toContain('第 6 题');
});
