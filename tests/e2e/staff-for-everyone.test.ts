// The staff pages for whoever works there: with the keyboard alone, on a narrow screen, with a screen reader, in three languages.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { apply, LIU, OLD_CLERK, RECEIVING_CLERK } from '../tools/story.ts';
import { narrow, openOffices, wide, type Offices } from './staff-desk.ts';

let offices: Offices;
let first: { number: string; name: string };
beforeAll(async () => {
  offices = await openOffices();
  first = await offices.relocate('w');
  await offices.relocate('z');
});
afterAll(() => offices.stop());

test('the keyboard alone finds a case, decides it and comes back to its line', async () => {
  const { number, name } = await offices.relocate('c');
  const desk = await offices.desk(RECEIVING_CLERK);
  const { keyboard } = desk.page;
  await desk.opens('/staff', '待办');
  await desk.page.locator('a.line').first().waitFor();
  await keyboard.press('j');
  await keyboard.press('ArrowDown');
  await keyboard.press('k');
  expect(await desk.focused()).toContain(first.name);
  await keyboard.press('/');
  await keyboard.type(number);
  await expect.poll(() => desk.page.locator('a.line').count()).toBe(1);
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await desk.page.getByRole('heading', { level: 1, name: new RegExp(name) }).waitFor();
  await desk.tabTo('我来办');
  await keyboard.press('Enter');
  await desk.sees('我来办：办好了');
  await desk.tabTo('同意');
  await keyboard.press('Enter');
  await desk.sees('同意：办好了');
  await desk.tabTo('已录入');
  await keyboard.press('u');
  await desk.page.locator('a.line').first().waitFor();
  await expect.poll(() => desk.focused()).toContain(name);
  await desk.close();
});

test('refreshing loses neither the view nor the line', async () => {
  const desk = await offices.desk(RECEIVING_CLERK);
  await desk.opens('/staff?view=nobodys', '待办');
  await desk.page.locator('a.line').nth(1).focus();
  const line = await desk.focused();
  await desk.page.keyboard.press('r');
  await desk.page.reload();
  await desk.page.locator('a.line').first().waitFor();
  await expect.poll(() => desk.focused()).toBe(line);
  expect(desk.page.url()).toContain('view=nobodys');
  await desk.close();
});

test('people with one special-care situation are found on a phone with the keyboard; the page says that it is recorded, and no address tells it', async () => {
  const liu = await offices.signIn(LIU);
  await apply(liu, 'call-back', { phone: LIU });
  const other = await offices.relocate('l');
  await offices.house.connection.sql`update cases set unit_id = '430102001001' where number = ${other.number}`;
  const { id, name } = (await liu.get('/api/me')).body.people[0];
  const clerk = await offices.signIn(OLD_CLERK);
  expect((await clerk.put(`/api/care/retirees/${id}/flags`, { flags: ['dementia'], version: 0 })).status).toBe(200);
  const desk = await offices.desk(OLD_CLERK, narrow);
  await desk.opens('/staff', '待办');
  await desk.page.getByText(other.name).first().waitFor();
  const choice = desk.page.getByLabel('特殊关爱');
  await choice.focus();
  const [, ...others] = await choice.locator('option').allInnerTexts();
  for (let at = 0; at <= others.indexOf('失智'); at += 1) await desk.page.keyboard.press('ArrowDown');
  await desk.sees('会留下记录');
  await expect.poll(() => desk.page.locator('a.line').allInnerTexts()).toHaveLength(1);
  expect(await desk.page.locator('a.line').innerText()).toContain(name);
  expect(desk.page.url()).not.toMatch(/dementia|flag/);
  if (process.env['PICTURES'])
    await desk.page.screenshot({ path: `${process.env['PICTURES']}/by-flag.png`, fullPage: true });
  expect(await desk.flaws()).toEqual([]);
  await desk.page.reload();
  await desk.sees('会留下记录');
  await expect.poll(() => desk.page.locator('a.line').count()).toBe(1);
  const looks = (
    await offices.house.connection.sql`
    select count(*)::int as n from care_flag_readings where what = 'filtered' and retiree_id = ${id}`
  )[0];
  expect(looks?.['n']).toBe(2);
  await desk.close();
});

test('axe finds nothing on any page, and nothing is too small or too wide, at a desk and on a phone', async () => {
  const desk = await offices.desk(RECEIVING_CLERK);
  const faults: Record<string, string[]> = {};
  const look = async (name: string, how: 'axe too' | 'sizes only' = 'axe too') => {
    const atDesk = [...(how === 'axe too' ? await desk.flaws() : []), ...(await desk.misfits())];
    await desk.page.setViewportSize(narrow);
    faults[name] = [...atDesk, ...(await desk.misfits())];
    await desk.page.setViewportSize(wide);
  };
  await desk.opens('/staff', '待办');
  await desk.page.locator('a.line').first().waitFor();
  await look('pending');
  await desk.opens('/staff?view=overdue', '待办');
  await desk.sees('没有超期的。');
  await look('pending, empty', 'sizes only');
  await desk.opens(`/staff/c/${first.number}`, new RegExp(first.name));
  await look('case');
  await desk.press('退回补正');
  await desk.page.locator('form').getByRole('button', { name: '退回补正' }).click();
  await desk.page.getByRole('alert').waitFor();
  await look('return, wrong');
  await desk.press('先不办');
  await desk.press('转办');
  await desk.page.getByLabel('应该由哪里办？').waitFor();
  await look('forward', 'sizes only');
  await desk.opens(`/staff/print/${first.number}`, /办件单/);
  await look('print');
  await desk.opens('/staff/help', '帮助');
  await look('help', 'sizes only');
  await desk.opens('/staff/care', '慰问');
  await desk.sees('今年还没有名单');
  await look('care');
  await desk.opens('/staff/care/budget', '慰问经费预算');
  await desk.sees('由本单位负责人登记');
  await look('care budget', 'sizes only');
  await desk.opens('/staff/care/ledger', /慰问台账/);
  await desk.sees('这段时间没有发放');
  await look('care ledger', 'sizes only');
  await desk.opens('/staff/counter', '代办');
  await desk.page.getByLabel('找退休人员').fill('chen');
  await desk.press('查找');
  await look('counter', 'sizes only');
  await desk.page.getByRole('button', { name: /陈建国/ }).click();
  await desk.sees('可以代办的事');
  await look('person');
  await desk.press(/^搬到别的社区/);
  await desk.sees('填完一次提交。');
  await desk.page.getByLabel('长沙市内').check();
  await desk.page.getByLabel('住在哪个社区').waitFor();
  await look('apply');
  expect(Object.fromEntries(Object.entries(faults).filter(([, found]) => found.length > 0))).toEqual({});
  expect(desk.complaints).toEqual([]);
  await desk.close();
});

test('a retiree who comes to this door is shown the other one', async () => {
  const desk = await offices.desk(LIU);
  await desk.opens('/staff', '这个账号没有工作单位');
  expect(await desk.page.getByRole('link', { name: '去办自己的事' }).getAttribute('href')).toBe('/');
  await desk.close();
});

test('the language is changed on every page, and the server speaks it too', async () => {
  const desk = await offices.desk(RECEIVING_CLERK);
  await desk.opens('/staff', '待办');
  await desk.page.getByLabel('语言').selectOption('en');
  await desk.page.getByRole('heading', { level: 1, name: 'Pending' }).waitFor();
  await expect.poll(() => desk.page.locator('a.line').first().textContent()).toMatch(/mov/i);
  await desk.close();
});

test('without a network the page says so, keeps what was read, and goes on when it is back', async () => {
  const desk = await offices.desk(RECEIVING_CLERK);
  await desk.opens(`/staff/c/${first.number}`, new RegExp(first.name));
  await desk.page.context().setOffline(true);
  await desk.press('我来办');
  await desk.page.getByRole('alert').getByText('连不上服务器').waitFor();
  expect(await desk.page.getByText('现在由谁服务').count()).toBe(1);
  await desk.page.context().setOffline(false);
  await desk.press('我来办');
  await desk.sees('我来办：办好了');
  await desk.close();
});

test('signing out leads to signing in, on the same page', async () => {
  const desk = await offices.desk();
  await desk.signIn(RECEIVING_CLERK);
  await desk.opens('/staff/help', '帮助');
  await desk.press('退出登录');
  await desk.page.getByRole('heading', { level: 1, name: '工作人员登录' }).waitFor();
  expect(await desk.flaws()).toEqual([]);
  await desk.page.setViewportSize(narrow);
  expect(await desk.misfits()).toEqual([]);
  await desk.close();
});
