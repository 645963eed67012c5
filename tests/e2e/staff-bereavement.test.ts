// A death at the desks of the offices: the community verifies and says so, the city's agency enters the figure of the year, and the
// agency that decides the benefits has the estimate on its card.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { liu, reportOf } from '../api/deaths/stories.ts';
import { apply, OLD_CLERK } from '../tools/story.ts';
import { narrow, openOffices, type Offices } from './staff-desk.ts';

/** 唐静, of the city's agency. */
const AGENCY = '13800000042';

let offices: Offices;
let number: string;
beforeAll(async () => {
  offices = await openOffices();
  number = await apply(await offices.signIn('13955550091'), 'death-report', reportOf(liu, { phone: '13955550091' }));
});
afterAll(() => offices.stop());

test('the card says to phone first; verifying asks how, and nothing is recorded before', async () => {
  const desk = await offices.desk(OLD_CLERK, narrow);
  await desk.opens(`/staff/c/${number}`, /刘淑兰：家人离世/);
  await desk.sees('请先打电话，再决定。');
  expect(await desk.flaws()).toEqual([]);
  expect(await desk.misfits()).toEqual([]);
  await desk.press('已核实，属实');
  await desk.page.getByText('打过电话').click();
  await desk.page.getByLabel('核实到什么？').fill('问过邻居，家人也说是');
  await desk.page.getByRole('heading', { name: '报告人是家属吗？' }).waitFor();
  await desk.page.getByLabel('是', { exact: true }).first().check();
  expect(await desk.flaws()).toEqual([]);
  await desk.press('已核实，属实');
  await desk.sees('已核实，属实：办好了');
  await desk.page.getByRole('heading', { level: 1, name: /逝者刘淑兰/ }).waitFor();
  expect(desk.complaints).toEqual([]);
});

test('the agency enters what was published; a figure that cannot be right is refused, a community only looks', async () => {
  const desk = await offices.desk(AGENCY, narrow);
  await desk.opens('/staff/figures', '遗属待遇的收入数');
  await desk.sees('还没有录入。');
  await desk.page.getByLabel('全年人均可支配收入（元）').fill('528');
  await desk.page.getByLabel('出处').fill('湖南省统计局公报');
  await desk.press('录入');
  await desk.sees(/请写 \d{4} 年或更早一年公布的全年数/);
  await desk.page.getByLabel('全年人均可支配收入（元）').fill('52,800');
  await desk.press('录入');
  await desk.sees(/52,800 元（湖南省统计局公报）/);
  expect(await desk.flaws()).toEqual([]);
  expect(await desk.misfits()).toEqual([]);

  const other = await offices.desk(OLD_CLERK);
  await other.opens('/staff/help', '帮助');
  await other.page.getByRole('link', { name: '查看和录入' }).click();
  await other.sees(/52,800 元/);
  expect(await other.button('录入').count()).toBe(0);
});

test('the agency that decides has the estimate with its arithmetic on the card', async () => {
  const clerk = await offices.signIn(OLD_CLERK);
  const cases = (await clerk.get('/api/pending?kind=survivor-benefits')).body.cases;
  const benefits = cases[0].number;
  const signed = await clerk.post(`/api/cases/${benefits}/approve`, {
    version: cases[0].version,
    answers: { forAll: { value: true } },
  });
  expect(signed.status).toBe(200);
  const desk = await offices.desk(AGENCY, narrow);
  await desk.opens(`/staff/c/${benefits}`, /逝者刘淑兰：遗属待遇/);
  await desk.sees('两项合计约 48,400 元');
  expect(await desk.flaws()).toEqual([]);
  expect(await desk.misfits()).toEqual([]);
});
