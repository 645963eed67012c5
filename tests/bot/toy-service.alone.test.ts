/** A service of ten lines, added while the product runs, is applied for in chat and decided in chat with no code more. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestHouse, type HouseUnderTest } from '../tools/house-under-test.ts';
import { registeredPhone } from '../tools/registered-phone.ts';
import { LIU, OLD_CLERK } from '../tools/story.ts';
import { addToyService } from '../tools/toy-service.ts';
import { beginService, join, saidTo, tapOn } from './people.ts';

let house: HouseUnderTest;
beforeAll(async () => {
  house = await openTestHouse();
  addToyService();
});
afterAll(() => house.stop());

test('the retiree answers two questions, the clerk taps once, the registry has the new number', async () => {
  const liu = await join(house, '刘淑兰', LIU);
  const clerk = await join(house, '李娟', OLD_CLERK);
  await beginService(liu, '换电话号码');
  await liu.answer('新的号码是多少');
  liu.send('１３９ ０００１ ２３４５');
  await liu.answer('为什么换号码');
  liu.send('手机丢了');
  tapOn(liu, await liu.answer('请核对一遍'), '提交');
  await liu.answer('交好了');

  tapOn(clerk, await clerk.see('待审：换号码'), '同意');
  await liu.see('已经办好了');
  expect(await registeredPhone(house, '刘淑兰')).toBe('13900012345');
  // Asked, but never repeated: a phone number stands in no message.
  expect(saidTo(liu) + saidTo(clerk)).not.toContain('13900012345');
});
