import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Phone } from '../../bot/simulator/phone.ts';
import { openTestHouse, type HouseUnderTest } from '../tools/house-under-test.ts';
import { LIU, newHome, OLD_CLERK, RECEIVING_CLERK } from '../tools/story.ts';
import { answerOnPage, NEWS_MS, beginService, join, picture, saidTo, tapOn } from './people.ts';

/** A move from 识字里社区 to 梓园社区, from the first word to the last notice, in chat. The tests follow one another. */
let house: HouseUnderTest;
let liu: Phone;
let zhang: Phone;
let lead: Phone;

beforeAll(async () => {
  house = await openTestHouse();
  liu = await join(house, '刘淑兰', LIU);
  zhang = await join(house, '张伟', RECEIVING_CLERK);
  lead = await join(house, '李娟', OLD_CLERK);
});
afterAll(() => house.stop());

test('the guide says what people fear first: no moving of the household register, no change to the pension', async () => {
  liu.send('办事');
  tapOn(liu, await liu.answer('可以办这些事'), '搬到别的社区');
  const guide = await liu.answer('不用迁户口');
  expect(guide.text).toContain('养老金照常发');
  tapOn(liu, guide, '开始办');
  const first = await liu.answer('搬到哪里了');
  expect(first.buttons.flat().map(({ text }) => text)).toEqual([
    '长沙市内',
    '长沙以外，湖南省内',
    '湖南省外',
    '国外或港澳台',
    '返回',
    '取消',
    '找人',
  ]);
});

test('「第一个」 answers a choice; the address is asked on a page only', async () => {
  liu.send('第一个');
  const home = await liu.answer('现在住在哪里');
  expect(home.text).toContain('请不要在聊天里写');
  liu.send('东方新城3栋101');
  expect((await liu.answer('请点按钮在网页上填')).buttons.flat().map(({ text }) => text)).toContain('打开网页填写');
});

test('the chat goes on by itself when the page has the answer', async () => {
  await answerOnPage(house, await liu.see('现在住在哪里'), newHome);
  await liu.see('收到了您在页面上填的内容', NEWS_MS);
  expect((await liu.see('哪一天搬过去的')).text).toContain('也可以打字，例如 3月5日');
});

test('「去年三月」 is not a day: days are offered', async () => {
  liu.send('去年三月');
  const offer = await liu.answer('还差是哪一天');
  const year = new Date().getFullYear() - 1;
  tapOn(liu, offer, `${year}年3月15日`);
  expect((await liu.answer('为什么搬家')).text).toContain('第 4 题');
});

test('返回 asks the question before again; 「不改」 keeps its answer', async () => {
  liu.send('返回');
  const again = await liu.answer('哪一天搬过去的');
  expect(again.text).toContain('您填的是');
  tapOn(liu, again, '不改');
  await liu.answer('为什么搬家');
  liu.send('和子女一起住');
  const proof = await liu.answer('有证明的照片吗');
  tapOn(liu, proof, '跳过');
  const notice = await liu.answer('您的服务信息将转给新社区');
  liu.send('同意');
  const check = await liu.answer('请核对一遍');
  expect(notice.text).toContain('第 6 题');
  expect(check.text).toContain('和子女一起住');
  expect(check.text).toContain('请在页面查看');
});

test('修改 changes one answer and comes back to the check list', async () => {
  tapOn(liu, await liu.see('请核对一遍'), '修改：为什么搬家？');
  tapOn(liu, await liu.answer('您填的是：和子女一起住'), '买了新房');
  expect((await liu.answer('请核对一遍')).text).toContain('买了新房');
});

let number = '';

test('submitting gives number, what is next, by when, and whom to call', async () => {
  tapOn(liu, await liu.see('请核对一遍'), '提交');
  const done = await liu.answer('交好了');
  number = (/\d{3} \d{3} \d{3}/.exec(done.text)?.[0] ?? '').replaceAll(' ', '');
  expect(number).toMatch(/^\d{9}$/);
  expect(done.text).toContain('梓园社区');
  expect(done.text).toMatch(/最晚 \d{4}年\d+月\d+日/);
});

test('a second attempt shows the first', async () => {
  await beginService(liu, '搬到别的社区');
  const shown = await liu.answer('已经在办了');
  expect(shown.text.replaceAll(' ', '')).toContain(number);
});

test('the receiving clerk gets a card with buttons and returns the case with reasons', async () => {
  const card = await zhang.see('待审');
  expect(card.text).toContain('现在由谁服务　');
  expect(card.text).toContain('识字里社区');
  expect(card.buttons.flat().map(({ text }) => text)).toEqual(
    expect.arrayContaining(['同意', '退回补正', '不予办理', '转办']),
  );
  tapOn(zhang, card, '退回补正');
  const missing = await zhang.answer('还缺什么');
  tapOn(zhang, missing, '☐ 照片看不清，请重新拍一张');
  await zhang.waitFor(({ messages }) =>
    messages.some(({ buttons }) => buttons.flat().some(({ text }) => text.startsWith('☑'))),
  );
  zhang.tap('选好了');
  tapOn(zhang, await zhang.answer('还要补充说明吗'), '跳过');
  tapOn(zhang, await zhang.answer('请核对一遍'), '确定：退回补正');
  await zhang.answer('您已办理');
  const after = await zhang.waitFor(({ messages }) =>
    messages.find(({ id, buttons }) => id === card.id && buttons.length === 0),
  );
  expect(after.text).toContain('张伟：');
});

test('the retiree reads what is missing, sends a photo, and submits again with the earlier answers', async () => {
  const told = await liu.see('还差一点', NEWS_MS);
  tapOn(liu, told, '看这件事');
  const shown = await liu.answer('还差这些');
  expect(shown.text.indexOf('照片看不清')).toBeLessThan(shown.text.indexOf('编号'));
  tapOn(liu, shown, '补好了，再提交');
  const check = await liu.answer('请核对一遍');
  expect(check.text).toContain('照片看不清');
  expect(check.text).toContain('买了新房');
  tapOn(liu, check, '修改：有证明的照片吗？');
  await liu.answer('请发照片');
  await liu.sendPhoto(await picture());
  tapOn(liu, await liu.answer('收到 1 张照片'), '发完了');
  const again = await liu.answer('请核对一遍');
  expect(again.text).toContain('1 张照片');
  tapOn(liu, again, '提交');
  await liu.answer('交好了');
});

test('approving is one tap; the retiree is told, and the office entry comes next', async () => {
  const card = await zhang.see((message) => message.text.includes('待审') && message.buttons.length > 0, NEWS_MS);
  expect(card.text).toContain('附照片 1 张');
  tapOn(zhang, card, '同意');
  await zhang.see((message) => message.id === card.id && message.buttons.length === 0);
  expect((await liu.see('同意了', NEWS_MS)).text).toContain('正在登记');
  const entry = await zhang.see('待录入', NEWS_MS);
  expect(entry.text).toContain('姓名：刘淑兰');
  expect(entry.text).toContain('居住地详细信息：请在页面查看');
  tapOn(zhang, entry, '已录入');
  await liu.see('已经办好了', NEWS_MS);
  await lead.see('刘淑兰已搬走', NEWS_MS);
});

test('the end can be rated with one tap and a skipped comment', async () => {
  liu.send('/cases');
  tapOn(liu, await liu.answer('您办的事'), '搬到别的社区 · 刘淑兰');
  const shown = await liu.answer('经过');
  expect(shown.text).toContain('提交了申请');
  tapOn(liu, shown, '评一评');
  tapOn(liu, await liu.answer('满意吗'), '非常满意');
  tapOn(liu, await liu.answer('还有什么想说的'), '跳过');
  await liu.answer('谢谢您的评价');
});

test('no message ever held an address, a phone number or an identity number', () => {
  for (const phone of [liu, zhang, lead]) {
    const said = saidTo(phone);
    expect(said).not.toMatch(/东方新城|3栋|101室|纺织厂宿舍/);
    expect(said).not.toMatch(/1\d{10}/);
    expect(said).not.toMatch(/\d{17}[\dXx]/);
  }
});
