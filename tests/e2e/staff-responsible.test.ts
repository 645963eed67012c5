// 专人 on a phone: the street names one for a community, and who looks for help reads the name beside the office's phone.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LIU } from '../tools/story.ts';
import { narrow, openOffices, type Offices } from './staff-desk.ts';

/** 赵志刚, lead of 文艺路街道. */
const STREET_LEAD = '13800000021';
let offices: Offices;
beforeAll(async () => {
  offices = await openOffices();
});
afterAll(() => offices.stop());

test('a lead sees which units have named nobody, names one, and 找人 says the name', async () => {
  const desk = await offices.desk(STREET_LEAD, narrow);
  await desk.opens('/staff/people', '人员');
  await desk.sees('文艺路街道还没有专人。请在人员里选一位。');
  const without = desk.page.getByText(/下面 \d+ 个单位还没有专人/);
  await without.click();
  await desk.sees('芙蓉区 文艺路街道 识字里社区');
  expect([...(await desk.flaws()), ...(await desk.misfits())]).toEqual([]);
  await desk.page.getByLabel('姓名', { exact: true }).first().fill('李娟');
  await desk.press('查找');
  await desk.page.getByRole('button', { name: '设为专人：李娟' }).click();
  await desk.sees('已设为专人，也告诉了本人。');
  await desk.page.locator('.member .mark', { hasText: '专人' }).waitFor();
  await desk.sees('请李娟做专人');
  expect(await desk.page.getByText('芙蓉区 文艺路街道 识字里社区', { exact: true }).count()).toBe(1);
  expect([...(await desk.flaws()), ...(await desk.misfits())]).toEqual([]);
  expect(desk.complaints).toEqual([]);
  await desk.close();

  const phone = await offices.desk(LIU, narrow);
  await phone.opens('/help', '找人帮忙');
  await phone.sees('找 李娟，专门负责退休人员的事。');
  expect(phone.complaints).toEqual([]);
  await phone.close();
});
