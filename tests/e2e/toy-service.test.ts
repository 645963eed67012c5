/** A service of ten lines, added while the product runs, is applied for on the phone pages and decided in chat with no code more. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { join, tapOn } from '../bot/people.ts';
import { registeredPhone } from '../tools/registered-phone.ts';
import { LIU, OLD_CLERK } from '../tools/story.ts';
import { addToyService } from '../tools/toy-service.ts';
import { openPages, type Pages } from './phone.ts';

let pages: Pages;
beforeAll(async () => {
  pages = await openPages();
  addToyService();
});
afterAll(() => pages.stop());

test('guide, questions, check and confirmation are there; the clerk decides in chat; the registry has the new number', async () => {
  const clerk = await join(pages.house, '李娟', OLD_CLERK);
  const phone = await (await pages.phone()).signIn(LIU);
  await phone.press(/^换电话号码/);
  await phone.sees('换电话号码');
  await phone.press('开始');
  await phone.sees('新的号码是多少？');
  await phone.write('新的号码是多少？', '13900054321');
  await phone.press('继续');
  await phone.sees('为什么换号码？');
  await phone.press('换了便宜的套餐');
  await phone.sees('请看看对不对');
  await phone.press('确认，提交');
  await phone.sees('已经提交');

  tapOn(clerk, await clerk.see('待审：换号码'), '同意');
  await expect.poll(() => registeredPhone(pages.house, '刘淑兰')).toBe('13900054321');
  await phone.page.goto(new URL(phone.page.url()).pathname);
  await phone.page.getByText('已经办好了').first().waitFor();
  expect(phone.complaints).toEqual([]);
});
