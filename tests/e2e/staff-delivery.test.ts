// What did not reach people, on the clerk's phone: who has no phone stands on the list, is told at the door and ticked off.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { OLD_CLERK } from '../tools/story.ts';
import { narrow, openOffices, type Offices } from './staff-desk.ts';

let offices: Offices;
beforeAll(async () => {
  offices = await openOffices();
  await offices.house.connection.sql`
    insert into messages (retiree_id, form, template, params, state, created_at)
    select id, 'notice', 'left', '{"name":"王桂英","unit":"~430102001001","number":"100 000 016"}'::jsonb, 'unreachable', now()
      from retirees where name = '王桂英'`;
});
afterAll(() => offices.stop());

test('a clerk finds whom to tell, tells them at the door, and nothing is left', async () => {
  const desk = await offices.desk(OLD_CLERK, narrow);
  await desk.opens('/staff', '待办');
  await desk.page.getByRole('link', { name: '没有送到的消息' }).click();
  await desk.page.getByRole('heading', { level: 2, name: '告诉王桂英' }).waitFor();
  const pictures = process.env['PICTURES'];
  if (pictures) await desk.page.screenshot({ path: `${pictures}/staff-delivery.png`, fullPage: true });
  expect([...(await desk.flaws()), ...(await desk.misfits()), ...desk.complaints]).toEqual([]);
  await desk.page.getByRole('link', { name: '打印便条' }).click();
  await desk.sees('王桂英，您好：');
  await desk.page.locator('.door-phone').waitFor();
  // Neither the case nor what became of it: neighbours may read it.
  expect(await desk.page.locator('.door-slip').innerText()).not.toMatch(/100 000 016|搬走/);
  if (pictures) await desk.page.screenshot({ path: `${pictures}/door-slips.png`, fullPage: true });
  expect([...(await desk.flaws()), ...(await desk.misfits()), ...desk.complaints]).toEqual([]);
  await desk.page.getByRole('link', { name: '回到送达' }).click();
  await desk.press('上门说了');
  await desk.sees('都送到了。');
  await desk.sees('记下了。');
  await desk.page.getByLabel('看哪些').selectOption('社区已经告诉的');
  await desk.page.getByLabel('哪种办法').selectOption('上门说了');
  await desk.sees(/已经告诉 · 上门说了 · 李娟记下/);
  if (pictures) await desk.page.screenshot({ path: `${pictures}/staff-delivery-told.png`, fullPage: true });
  expect([...(await desk.flaws()), ...(await desk.misfits()), ...desk.complaints]).toEqual([]);
});

test('what was sent, failed or waits is found as well, by person, page after page', async () => {
  await offices.house.connection.sql`
    insert into messages (retiree_id, form, template, params, state, way, sent_at, created_at)
    select id, 'notice', 'left', '{"name":"王桂英","unit":"~430102001001","number":"100 000 016"}'::jsonb, 'sent', 'sms', now(), now() - n * interval '1 hour'
      from retirees, generate_series(1, 60) as n where name = '王桂英'`;
  const desk = await offices.desk(OLD_CLERK, narrow);
  await desk.opens('/staff/delivery?list=all', '送达');
  await desk.sees(/送出去了 · 短信/);
  expect(await desk.page.getByRole('article').count()).toBe(50);
  const pictures = process.env['PICTURES'];
  if (pictures) await desk.page.screenshot({ path: `${pictures}/staff-delivery-all.png` });
  await desk.press('看更多');
  await expect.poll(() => desk.page.getByRole('article').count()).toBe(61);
  expect([...(await desk.flaws()), ...(await desk.misfits()), ...desk.complaints]).toEqual([]);
  const search = desk.page.getByRole('searchbox');
  await search.fill('没有这个人');
  await search.press('Enter');
  await desk.sees('没有这样的消息。');
  await search.fill('wgy');
  await search.press('Enter');
  await desk.page.getByRole('heading', { level: 2, name: '给王桂英的消息' }).first().waitFor();
  expect([...(await desk.flaws()), ...(await desk.misfits()), ...desk.complaints]).toEqual([]);
});

test('what did not reach a colleague is a choice away, by keyboard as well, and is ticked off once they were phoned', async () => {
  await offices.house.connection.sql`
    insert into messages (account_id, at_unit, form, template, params, state, tries, created_at)
    select account_id, unit_id, 'card', 'card', ${JSON.stringify({ step: '社区确认', name: '王桂英', service: '@services/relocation:title', unit: '~430102001001', due: '#2026-12-04', number: '100 000 016' })}::text::jsonb, 'kept', 2, now()
      from posts join accounts on accounts.id = account_id where name = '李娟' and unit_id = '430102001001'`;
  const desk = await offices.desk(OLD_CLERK, narrow);
  await desk.opens('/staff/delivery', '送达');
  await desk.page.getByRole('link', { name: '给同事的' }).focus();
  await desk.page.keyboard.press('Enter');
  await desk.page.getByRole('heading', { level: 2, name: '告诉同事李娟' }).waitFor();
  await desk.sees(/没有进聊天，在同事自己的列表里/);
  // Nobody leaves a slip at a colleague's door.
  expect(await desk.page.getByRole('button', { name: '留了便条' }).count()).toBe(0);
  expect(await desk.page.getByRole('link', { name: '打印便条' }).count()).toBe(0);
  const pictures = process.env['PICTURES'];
  if (pictures) await desk.page.screenshot({ path: `${pictures}/staff-delivery-colleagues.png`, fullPage: true });
  expect([...(await desk.flaws()), ...(await desk.misfits()), ...desk.complaints]).toEqual([]);
  await desk.press('打过电话了');
  await desk.sees('都送到了。');
  await desk.page.getByLabel('看哪些').selectOption('已经告诉同事的');
  await desk.sees(/已经告诉 · 打过电话了 · 李娟记下/);
  await desk.page.getByRole('link', { name: '给退休人员的' }).click();
  await desk.page
    .getByRole('link', { name: '给退休人员的', exact: true })
    .and(desk.page.locator('[aria-current=page]'))
    .waitFor();
  expect(await desk.page.getByRole('heading', { name: '李娟' }).count()).toBe(0);
});
