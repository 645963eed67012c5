// A line that comes and goes: what could not be fetched is said where it was asked for, nothing pretends to be the end, and one more tap goes on.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { apply, LIU } from '../tools/story.ts';
import { openPages, type Pages, type Phone } from './phone.ts';

let pages: Pages;
let phone: Phone;
beforeAll(async () => {
  pages = await openPages();
  phone = await (await pages.phone()).signIn(LIU);
});
afterAll(() => pages.stop());

/** Everything that must hold of what is shown instead. */
async function holds(): Promise<void> {
  expect(await phone.flaws()).toEqual([]);
  expect(await phone.smallTargets()).toEqual([]);
  expect(await phone.overflow()).toBe(0);
}

test('older messages that do not come are no end of the list', async () => {
  const number = await apply(await pages.house.signIn(LIU), 'call-back', { phone: LIU });
  await pages.house.connection.sql`
    insert into messages (account_id, case_id, form, template, params, state, created_at, next_try_at)
    select m.account_id, m.case_id, m.form, m.template, m.params, 'kept', m.created_at - n * interval '1 minute', m.next_try_at
      from messages m join cases k on k.id = m.case_id, generate_series(1, 30) n
     where k.number = ${number} and m.account_id = k.applicant_id and m.form = 'notice'`;
  await phone.page.goto('/messages');
  const shown = phone.page.locator('ul.plain-list > li');
  await expect.poll(() => shown.count()).toBe(20);
  await phone.context.setOffline(true);
  await phone.press('看更早的');
  await phone.page.getByRole('alert').getByText('没有取到。请看看网络，再点一次。').waitFor();
  expect(await shown.count()).toBe(20);
  await holds();
  await phone.context.setOffline(false);
  await phone.press('看更早的');
  await expect.poll(() => shown.count()).toBeGreaterThan(30);
  expect(await phone.page.getByRole('alert').count()).toBe(0);
});

test('districts that do not come are asked for again, without leaving the question', async () => {
  await phone.page.goto('/s/relocation');
  await phone.press('开始');
  await phone.press('长沙市内');
  await phone.sees('现在住在哪里？');
  await phone.context.setOffline(true);
  await phone.page.getByText('不想打字，一级一级选').tap();
  await phone.page.getByRole('alert').getByText('现在查不到，请看看网络。').waitFor();
  await holds();
  await phone.context.setOffline(false);
  await phone.press('再试一次');
  await phone.page.getByLabel('区、县（市）').selectOption({ label: '雨花区' });
  await phone.page.getByLabel('街道、乡镇').waitFor();
  expect(await phone.page.getByRole('alert').count()).toBe(0);
  expect(phone.complaints).toEqual([]);
});
