// The working calendar on a phone: the city sees what a change would move before it saves it, everybody else reads.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays, dayOf, weekday, type PlainDate } from '../../api/dates.ts';
import { SWEEP } from '../../api/jobs/queue.ts';
import { OLD_CLERK } from '../tools/story.ts';
import { wind } from '../tools/wind.ts';
import { narrow, openOffices, type Offices } from './staff-desk.ts';

const CITY_LEAD = '13800000041';
let offices: Offices;
beforeAll(async () => {
  offices = await openOffices();
});
afterAll(() => offices.stop());

/** The next day of Monday to Friday: within the promise of what is opened today. */
function someWorkday(): PlainDate {
  let day = addDays(dayOf(new Date()), 1);
  while ([0, 6].includes(weekday(day))) day = addDays(day, 1);
  return day;
}

test('the city sees what would move, saves it, and the deadline follows; axe finds nothing at 360 wide', async () => {
  const { number } = await offices.relocate('l');
  const clerk = await offices.signIn(OLD_CLERK);
  const { due } = (await clerk.get(`/api/cases/${number}`)).body;
  const desk = await offices.desk(CITY_LEAD, narrow);
  const { page } = desk;
  await desk.opens('/staff/help', '帮助');
  await page.getByRole('link', { name: '看工作日历' }).click();
  await page.getByRole('heading', { level: 1, name: '工作日历' }).waitFor();
  await desk.sees('国庆节');
  expect([...(await desk.flaws()), ...(await desk.misfits())]).toEqual([]);

  await desk.press('看看会影响哪些期限');
  await desk.sees('请选日期。');
  const day = someWorkday();
  await page.getByLabel('从哪天').fill(day);
  await page.getByLabel('名称').fill('停电');
  await desk.press('看看会影响哪些期限');
  await page.getByRole('heading', { name: '保存以后会怎样' }).waitFor();
  await desk.sees(/件没办完的事情期限会变：提前 0 件，推后/);
  await desk.sees('最早的几件');
  expect([...(await desk.flaws()), ...(await desk.misfits())]).toEqual([]);
  expect((await clerk.get(`/api/cases/${number}`)).body.due).toBe(due);
  await desk.press('再改改');
  expect(await page.getByLabel('名称').inputValue()).toBe('停电');
  await desk.press('看看会影响哪些期限');
  await desk.press('保存');
  await desk.sees('已保存。');
  await desk.sees(/改成放假（停电）/);
  await desk.sees('周国平');
  expect([...(await desk.flaws()), ...(await desk.misfits())]).toEqual([]);
  // The clockwork of the running product takes it up at its next turn.
  await wind(offices.house, SWEEP);
  const later = async () => (await clerk.get(`/api/cases/${number}`)).body.due > due;
  await expect.poll(later, { timeout: 20_000, interval: 200 }).toBe(true);
  await desk.press('菜单');
  await page.getByLabel('语言').selectOption('en');
  await desk.sees('Working calendar');
  expect(desk.complaints).toEqual([]);
  await desk.close();
}, 150_000);

test('a clerk reads it and cannot change it', async () => {
  const desk = await offices.desk(OLD_CLERK, narrow);
  await desk.opens('/staff/calendar', '工作日历');
  await desk.sees('国庆节');
  await desk.sees('要改日历，请联系市级工作人员。');
  expect(await desk.button('看看会影响哪些期限').count()).toBe(0);
  await desk.page.getByLabel('年份').selectOption('2025 年');
  await desk.sees(/2025年10月1日/);
  expect([...(await desk.flaws()), ...(await desk.misfits())]).toEqual([]);
  expect(desk.complaints).toEqual([]);
  await desk.close();
});
