/** Being registered in chat: the form ends kindly for another pension, goes on when the answer is changed, and is decided in chat. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Phone } from '../../bot/simulator/phone.ts';
import { namedNewcomer } from '../../db/seed/demo/named.ts';
import { openTestHouse, type HouseUnderTest } from '../tools/house-under-test.ts';
import { OLD_CLERK } from '../tools/story.ts';
import { answerOnPage, join, NEWS_MS, saidTo, tapOn } from './people.ts';

let house: HouseUnderTest;
let xie: Phone;
let li: Phone;
beforeAll(async () => {
  house = await openTestHouse();
  li = await join(house, '李娟', OLD_CLERK);
  xie = house.simulator.phone({ firstName: namedNewcomer.name, phoneNumber: namedNewcomer.phone });
});
afterAll(() => house.stop());

const home = { communityId: '430102001001', estate: '湘春里', building: '2', unit: '1', room: '301' };

test('whoever is bound to nobody is shown three ways, being registered among them', async () => {
  xie.shareContact();
  const how = await xie.answer('证明您是本人');
  expect(how.text).toContain('社区给的纸条');
  tapOn(xie, how, '我还没有登记过');
  const guide = await xie.answer('大约要十分钟');
  tapOn(xie, guide, '开始办');
  expect((await xie.answer('养老金是哪一种')).text).toContain('不清楚就选“不知道”');
});

test('another pension ends the form with whom to call; the answer can be changed, by button and by word', async () => {
  xie.send('机关事业单位养老金');
  const end = await xie.answer('由原单位和机关事业社保机构服务');
  expect(end.text).toContain('长沙市社会保险服务中心的电话：0731-84907501');
  expect(end.buttons.flat().map(({ text }) => text)).toEqual(['修改：养老金是哪一种？', '返回', '取消', '找人']);
  // Nothing is asked, so nothing is taken for an answer, and nothing is sent.
  xie.send('提交');
  await xie.answer('由原单位和机关事业社保机构服务');
  xie.send('返回');
  await xie.answer('您填的是：机关事业单位养老金');
  xie.send('4');
  const elsewhere = await xie.answer('由参保地的社保机构服务');
  tapOn(xie, elsewhere, '修改：养老金是哪一种？');
  tapOn(xie, await xie.answer('您填的是：在外地参保的'), '不知道');
  await xie.answer('为谁登记');
});

test('what is personal is asked on a page only; months and offices are understood in words', async () => {
  xie.send('我自己');
  const person = await xie.answer('退休人员的姓名和身份证号');
  expect(person.text).toContain('请不要在聊天里写');
  await answerOnPage(house, person, { name: namedNewcomer.name, idNumber: namedNewcomer.idNumber });
  await xie.see('哪一年哪一月退休的', NEWS_MS);
  xie.send('去年');
  await xie.answer('看不出是哪一年哪一月');
  xie.send('２０２６');
  await xie.answer('还差月份');
  xie.send('二〇二六年九月');
  await xie.answer('退休前的单位是哪一类');
  xie.send('市属企业');
  await xie.answer('退休前的单位叫什么');
  xie.send('长沙麓星机床厂');
  await xie.answer('养老金归哪个社保机构管');
  xie.send('芙蓉区');
  tapOn(xie, await xie.answer('请点一个'), '芙蓉区 芙蓉区社会保险服务中心');
  const ethnicity = await xie.answer('是哪个民族');
  expect(ethnicity.text).toContain('请不要在聊天里写');
  await answerOnPage(house, ethnicity, '土家族');
  await xie.see('现在住在哪里', NEWS_MS);
  xie.send('第一个');
  const place = await xie.answer('住在哪个社区');
  await answerOnPage(house, place, home);
  await xie.see('打哪个电话能找到退休人员', NEWS_MS);
  xie.send(namedNewcomer.phone);
  await xie.answer('有急事找谁');
  xie.send('谢小军');
  await xie.answer('这个人是退休人员的什么人');
  xie.send('子女');
  await xie.answer('这个人的电话');
  xie.send('13955590099');
  tapOn(xie, await xie.answer('有退休证的照片吗'), '跳过');
  xie.send('知道了');
  const check = await xie.answer('请核对一遍');
  expect(check.text).toContain('2026年9月');
  expect(check.text).not.toContain('土家');
  tapOn(xie, check, '提交');
  expect((await xie.answer('交好了')).text).toContain('谢桂香');
});

test('the clerk’s card names her, says that the registry has nobody of that number, and is decided there', async () => {
  const card = await li.see('待审：登记新的退休人员');
  expect(card.text).toContain('谢桂香');
  expect(card.text).toContain('登记册里有没有这个人　没有');
  expect(card.text).not.toContain('土家');
  tapOn(li, card, '同意');
  await li.answer('怎么核实的');
  li.send('看过证件');
  tapOn(li, await li.answer('参保的社保机构要改吗'), '跳过');
  tapOn(li, await li.answer('请核对一遍'), '确定：同意');
  await li.answer('您已办理');
  expect((await xie.see('同意了', NEWS_MS)).text).toContain('谢桂香');
  // Bound by the phone she proved: the next thing needs no binding.
  xie.send('搬家');
  tapOn(xie, await xie.answer('不用迁户口'), '开始办');
  await xie.answer('搬到哪里了');
});

test('no message held an identity number, an address, a phone number of theirs or the ethnicity', () => {
  for (const phone of [xie, li]) {
    const said = saidTo(phone);
    expect(said).not.toMatch(/湘春里|301|土家/);
    expect(said).not.toContain('13955590099');
    expect(said).not.toMatch(/\d{17}[\dXx]/);
  }
});
