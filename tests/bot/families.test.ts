import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Phone } from '../../bot/simulator/phone.ts';
import type { SeenMessage } from '../../bot/simulator/view.ts';
import { namedRetirees } from '../../db/seed/demo/named.ts';
import { openTestHouse, type HouseUnderTest } from '../tools/house-under-test.ts';
import { LIU } from '../tools/story.ts';
import { answerOnPage, beginService, join, NEWS_MS, saidTo, tapOn } from './people.ts';

/** A daughter asks in chat, her mother agrees with one tap, she acts for her, the mother takes it back. The tests follow one another. */
let house: HouseUnderTest;
let liu: Phone;
let fang: Phone;
const [card] = namedRetirees;

beforeAll(async () => {
  house = await openTestHouse();
  liu = await join(house, '刘淑兰', LIU);
  fang = house.simulator.phone({ firstName: '周芳', phoneNumber: '13955550081' });
  fang.shareContact();
  await fang.answer('收到您的手机号了');
});
afterAll(() => house.stop());

test('the daughter is asked whom she means on a page only, and goes on in the chat', async () => {
  await beginService(fang, '亲情代办');
  const asked = await fang.answer('要替谁办事');
  expect(asked.text).toContain('请不要在聊天里写');
  fang.send(`刘淑兰 ${card?.idNumber}`);
  await fang.answer('请不要在聊天里发身份证号');
  await answerOnPage(house, asked, { name: card?.name, idNumber: card?.idNumber });
  await fang.see('代办人叫什么名字', NEWS_MS);
  fang.send('13800000000');
  await fang.answer('只写姓名');
  fang.send('周芳');
  tapOn(fang, await fang.answer('是他（她）的什么人'), '子女');
  tapOn(fang, await fang.answer('可以帮什么'), '看和办：替他（她）申请、补材料');
  tapOn(fang, await fang.answer('到什么时候'), '一年');
  const check = await fang.answer('请核对一遍');
  expect(check.text).not.toContain('刘淑兰');
  tapOn(fang, check, '提交');
  const done = await fang.answer('交好了');
  expect(done.text).toContain('等本人同意');
  expect(done.text).not.toContain('识字里');
});

test('the mother’s button, forged in the daughter’s chat, agrees to nothing', async () => {
  const done = await fang.see('交好了');
  const number = (/\d{3} \d{3} \d{3}/.exec(done.text)?.[0] ?? '').replaceAll(' ', '');
  for (const verb of ['approve', 'reject', 'undo']) {
    fang.press(done.id, `v.${number}.1.${verb}.1`);
    await fang.waitFor(({ toasts }) => toasts.some(({ text }) => text.includes('这件事要由别人来办')));
  }
  const daughter = await house.signIn('13955550081');
  expect((await daughter.get('/api/me')).body.people).toEqual([]);
  expect((await daughter.get(`/api/cases/${number}`)).body.status).toBe('open');
});

test('the mother’s card says who it is, and one tap agrees', async () => {
  const asked = await liu.see('有人想替您办事', NEWS_MS);
  expect(asked.text).toContain('周芳');
  expect(asked.text).toContain('子女');
  expect(asked.buttons.flat().map(({ text }) => text)).toEqual(['同意', '不同意，不是我家人', '菜单', '找人']);
  tapOn(liu, asked, '同意');
  await liu.see((message) => message.id === asked.id && message.text.includes('同意') && message.buttons.length <= 1);
  await fang.see('您可以替刘淑兰办事了', NEWS_MS);
});

test('the daughter acts for her, and every message says so', async () => {
  await beginService(fang, '搬到别的社区');
  const first = await fang.answer('搬到哪里了');
  expect(first.text).toContain('替刘淑兰：搬到别的社区');
  fang.send('什么？');
  expect((await fang.answer('没看出您选哪一个')).text).toContain('替刘淑兰：');
  fang.send('取消');
  await fang.answer('已经放下了');
  await beginService(fang, '请社区回电');
  const phone = await fang.answer('打哪个电话');
  expect(phone.text).toContain('替刘淑兰：');
  fang.send('13955550081');
  const check = await fang.answer('请核对一遍');
  expect(check.text).toContain('替刘淑兰：');
  tapOn(fang, check, '修改：打哪个电话？');
  const again = await fang.answer('打哪个电话');
  expect(again.text).toContain('替刘淑兰：');
  tapOn(fang, again, '不改');
  tapOn(fang, await fang.answer('请核对一遍'), '提交');
  const done = await fang.answer('交好了');
  expect(done.text).toContain('替刘淑兰：请社区回电');
  const told = await liu.see('有人为刘淑兰申请了', NEWS_MS);
  expect(told.text).toContain('请社区回电');
});

test('a forged button of the mother’s does nothing in the daughter’s chat', async () => {
  const data = 'u.AAAAAAAAAAAAAAAAAAAAAA.1';
  const mine = await fang.see('交好了');
  fang.press(mine.id, data);
  expect((await fang.answer('没有找到')).buttons.length).toBeGreaterThan(0);
});

test('「家人」 lists who may act, and 收回 ends it after one more tap; the daughter is told and may no more', async () => {
  liu.send('家人');
  const list = await liu.answer('谁能替刘淑兰办事');
  expect(list.text).toContain('周芳（子女）：看和办，到');
  expect(list.text).toContain('周敏（子女）：看和办');
  tapOn(liu, list, '收回：周芳');
  tapOn(liu, await liu.answer('真的要'), '是的');
  await liu.answer('已经停了');
  await fang.see('刘淑兰收回了代办', NEWS_MS);
  fang.send('办事');
  tapOn(fang, await fang.answer('可以办这些事'), '请社区回电');
  tapOn(fang, await fang.answer('个工作日内办结'), '开始办');
  await fang.answer('还差一步');
});

test('「同意」 and 「不同意」 in words answer the one request there is', async () => {
  const again = async () => {
    await beginService(fang, '亲情代办');
    await answerOnPage(house, await fang.answer('要替谁办事'), { name: card?.name, idNumber: card?.idNumber });
    const offersName = ({ text, buttons }: SeenMessage) =>
      text.includes('代办人叫什么名字') && buttons.flat().some((button) => button.text === '就用登记的');
    tapOn(fang, await fang.see(offersName, NEWS_MS), '就用登记的');
    await fang.answer('是他（她）的什么人');
    fang.send('子女');
    await fang.answer('可以帮什么');
    fang.send('第一个');
    await fang.answer('到什么时候');
    fang.send('2');
    tapOn(fang, await fang.answer('请核对一遍'), '提交');
    await fang.answer('交好了');
  };
  await again();
  await liu.see((message) => message.text.includes('有人想替您办事') && message.buttons.length > 2, NEWS_MS);
  liu.send('不是我家人');
  await liu.answer('您已办理');
  liu.send('同意');
  expect((await liu.answer('您想办什么')).text).not.toContain('同意');
});

test('no message held an identity number, a phone number, or what the asker was not to know', () => {
  for (const phone of [liu, fang]) {
    expect(saidTo(phone)).not.toMatch(/\d{17}[\dXx]/);
    expect(saidTo(phone)).not.toMatch(/1\d{10}/);
  }
});
