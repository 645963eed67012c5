// What is kept how long, and what was removed: on a page for who leads the city.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../../api/config.ts';
import { removeOld } from '../../api/retention/remove-old.ts';
import { OLD_CLERK } from '../tools/story.ts';
import { narrow, openOffices, type Offices } from './staff-desk.ts';

const CITY_LEAD = '13800000041';
let offices: Offices;
beforeAll(async () => {
  offices = await openOffices();
});
afterAll(() => offices.stop());

test('who leads the city finds it in the help, reads what was removed and why; axe finds nothing', async () => {
  const desk = await offices.desk(CITY_LEAD);
  const { db, sql } = offices.house.connection;
  await desk.opens('/staff/retention', '保存期限');
  await desk.sees('最近 90 天没有清除过。');
  await sql`insert into attempts (what, key, at) values ('x', ${Buffer.from([0])}, '2020-01-01T00:00:00Z')`;
  await removeOld(db, readConfig({}), new Date());
  await desk.opens('/staff/help', '帮助');
  await desk.page.getByRole('link', { name: '看看什么保存多久、清除了什么' }).click();
  await desk.sees('登录和绑定的尝试次数：1 条（2020-01-01 至 2020-01-01）');
  await desk.sees('行政诉讼法第四十六条');
  expect([...(await desk.flaws()), ...(await desk.misfits())]).toEqual([]);
  await desk.page.setViewportSize(narrow);
  expect(await desk.misfits()).toEqual([]);
  await desk.press('菜单');
  await desk.page.getByLabel('语言').selectOption('en');
  await desk.sees('How long things are kept');
  await desk.sees('Tries to sign in or bind: 1');
  expect(desk.complaints).toEqual([]);
  await desk.close();
});

test('a clerk is not shown the way, and is told so at the address', async () => {
  const desk = await offices.desk(OLD_CLERK);
  await desk.opens('/staff/help', '帮助');
  expect(await desk.page.getByRole('link', { name: '看看什么保存多久、清除了什么' }).count()).toBe(0);
  await desk.opens('/staff/retention', '保存期限');
  await desk.sees('这件事要由别人来办');
  await desk.close();
});
