// 休假 on a phone: who is away from when to when and who stands in, and the case in hand that shows it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays, dayOf } from '../../api/dates.ts';
import { RECEIVING_CLERK } from '../tools/story.ts';
import { narrow, openOffices, receivingLead, type Offices } from './staff-desk.ts';

let offices: Offices;
beforeAll(async () => {
  offices = await openOffices();
});
afterAll(() => offices.stop());

test('a clerk goes on leave, the colleague reads for whom they stand in, and it ends again', async () => {
  const lead = receivingLead();
  const { number } = await offices.relocate('l');
  await (await offices.signIn(RECEIVING_CLERK)).post(`/api/cases/${number}/claim`, { version: 1 });
  const desk = await offices.desk(RECEIVING_CLERK, narrow);
  await desk.opens('/staff', '待办');
  await desk.press('菜单');
  await desk.page.getByRole('link', { name: '休假' }).click();
  await desk.page.getByRole('heading', { level: 1, name: '休假' }).waitFor();
  await desk.press('保存');
  await desk.sees('请选日期。');
  expect([...(await desk.flaws()), ...(await desk.misfits())]).toEqual([]);
  const today = dayOf(new Date());
  await desk.page.getByLabel('从哪天').fill(today);
  await desk.page.getByLabel('到哪天').fill(addDays(today, 2));
  await desk.press('保存');
  await desk.page.getByRole('link', { name: '请选一位同事代班。' }).waitFor();
  await desk.page.getByLabel('谁代班').selectOption({ label: `${lead.name}（负责人）` });
  await desk.press('保存');
  await desk.sees('已保存，也告诉了代班的同事。');
  await desk.sees(new RegExp(`休假，${lead.name}代班`));
  expect([...(await desk.flaws()), ...(await desk.misfits())]).toEqual([]);

  const colleague = await offices.desk(lead.phone, narrow);
  await colleague.opens('/staff/leave', '休假');
  await colleague.sees(/张伟 .*休假，您代班/);
  await colleague.opens(`/staff/c/${number}`, /./);
  await colleague.sees(`张伟（休假，${lead.name}代班）`);
  await colleague.opens('/staff?view=mine', '待办');
  await colleague.sees(`张伟（休假，${lead.name}代班）`);
  expect([...(await colleague.flaws()), ...(await colleague.misfits())]).toEqual([]);
  expect(colleague.complaints).toEqual([]);
  await colleague.close();

  await desk.press('不休了，结束休假');
  await desk.sees('休假已经结束');
  await desk.page.getByLabel('从哪天').waitFor();
  await desk.press('菜单');
  await desk.page.getByLabel('语言').selectOption('en');
  await desk.sees('Who stands in');
  expect(desk.complaints).toEqual([]);
  await desk.close();
});
