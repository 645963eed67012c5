import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Phone } from '../../bot/simulator/phone.ts';
import { demoData } from '../../db/seed/demo/index.ts';
import { openTestHouse, type HouseUnderTest } from '../tools/house-under-test.ts';
import { LIU, OLD_CLERK } from '../tools/story.ts';
import { answerOnPage, beginService, join, NEWS_MS, picture, saidTo, tapOn } from './people.ts';

/** A visit in hospital, applied for, decided and paid in chat. The tests follow one another. */
let house: HouseUnderTest;
let liu: Phone;
let clerk: Phone;

beforeAll(async () => {
  house = await openTestHouse();
  const lead = demoData().staff.find(({ unitId, role }) => unitId === '430102001001' && role === 'lead');
  const browser = await house.signIn(lead?.phone ?? '');
  const year = new Date().getFullYear();
  await browser.post('/api/care/budgets', { unit: '430102001001', year, kind: 'hospital', fen: 100_000 });
  liu = await join(house, '刘淑兰', LIU);
  clerk = await join(house, '李娟', OLD_CLERK);
});
afterAll(() => house.stop());

test('the guide says what may be given at most, and promises nothing', async () => {
  liu.send('住院');
  const guide = await liu.answer('得大病住院了');
  expect(guide.text).toContain('可以慰问，慰问金一年最高不超过 200 元');
  expect(guide.text).toContain('由街道、社区按经费安排');
});

test('the retiree applies: the hospital and papers on a page, the rest in chat', async () => {
  await beginService(liu, '住院探望');
  await liu.answer('哪一天住的院');
  liu.send('昨天');
  await answerOnPage(house, await liu.answer('住在哪家医院'), '湘雅二医院');
  await liu.see('打哪个电话', NEWS_MS);
  liu.send(LIU);
  const papers = await liu.answer('有住院证明的照片吗');
  tapOn(liu, papers, '跳过');
  tapOn(liu, await liu.answer('请核对一遍'), '提交');
  expect((await liu.answer('交好了')).text).toContain('识字里社区');
});

test('the clerk decides in chat: money and goods, each under its ceiling', async () => {
  const card = await clerk.see('待探望', NEWS_MS);
  tapOn(clerk, card, '已核实，同意慰问');
  await clerk.answer('哪一天核实或看望');
  clerk.send('今天');
  await clerk.answer('符合探望的条件');
  clerk.send('知道了');
  await clerk.answer('送什么');
  clerk.send('慰问金和慰问品');
  await clerk.answer('慰问金多少元');
  clerk.send('200.01');
  await clerk.answer('最多 200 元');
  clerk.send('200');
  await clerk.answer('慰问品值多少元');
  clerk.send('100');
  tapOn(clerk, await clerk.answer('请核对一遍'), '确定：已核实，同意慰问');
  await clerk.answer('您已办理');
  const [line] = await house.connection.sql`select spent_fen, reserved_fen from budget_lines where kind = 'hospital'`;
  expect(line).toEqual({ spent_fen: 0, reserved_fen: 30_000 });
});

test('what was handed over is recorded in chat, with a photo of what was signed', async () => {
  const card = await clerk.see('待发放', NEWS_MS);
  tapOn(clerk, card, '已发放');
  await clerk.answer('哪一天发放');
  clerk.send('今天');
  await clerk.answer('谁领取的');
  clerk.send('本人');
  await clerk.answer('另一位经办人姓名');
  clerk.send('王芳');
  await clerk.answer('签字单的照片');
  await clerk.sendPhoto(await picture());
  tapOn(clerk, await clerk.answer('收到 1 张照片'), '发完了');
  tapOn(clerk, await clerk.answer('请核对一遍'), '确定：已发放');
  await clerk.answer('您已办理');
  await liu.see('已经办好了', NEWS_MS);
  const [line] = await house.connection.sql`select spent_fen, reserved_fen from budget_lines where kind = 'hospital'`;
  expect(line).toEqual({ spent_fen: 30_000, reserved_fen: 0 });
});

test('no message held the hospital, an illness, a phone number or an address', () => {
  for (const phone of [liu, clerk]) {
    const said = saidTo(phone);
    expect(said).not.toMatch(/湘雅|纺织厂宿舍/);
    expect(said).not.toContain(LIU);
  }
});
