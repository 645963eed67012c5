/** Binding from a chat: the words lead to the page, and neither numbers nor slips are typed here. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Phone } from '../../bot/simulator/phone.ts';
import { openTestHouse, type HouseUnderTest } from '../tools/house-under-test.ts';
import { DAUGHTER } from '../tools/story.ts';
import { join, tapOn } from './people.ts';

let house: HouseUnderTest;
let phone: Phone;
beforeAll(async () => {
  house = await openTestHouse();
  phone = await join(house, '周敏', DAUGHTER);
});
afterAll(() => house.stop());

const linkIn = ({ buttons }: { buttons: { kind: string; value: string }[][] }) =>
  buttons.flat().find(({ kind }) => kind === 'url')?.value ?? '';

test.each(['纸条', '绑定', '我有纸条'])('「%s」 hands over a link to the page', async (words) => {
  phone.send(words);
  const how = await phone.answer('社区给的纸条');
  expect(how.text).toContain('请不要在聊天里写');
  expect(linkIn(how)).toMatch(/\/in\?to=\/bind#[\w-]{22}$/);
  // She is bound to her mother: it is for the next one, and she need not be registered.
  expect(how.buttons.flat().map(({ text }) => text)).not.toContain('我还没有登记过');
});

test.each(['1234567890', '123 456 7890', '１２３４５６７８９０'])(
  'the ten digits “%s” are not taken here',
  async (digits) => {
    phone.send(digits);
    const warned = await phone.answer('请不要在聊天里发纸条上的号码');
    expect(linkIn(warned)).toContain('/in?to=/bind#');
  },
);

test('a daughter who may only apply is told why she cannot correct her mother’s record', async () => {
  phone.send('登记错了');
  tapOn(phone, await phone.answer('一次改一样'), '开始办');
  expect((await phone.answer('您现在还不能替家人办这件事')).buttons.flat().map(({ text }) => text)).toContain('找人');
});
