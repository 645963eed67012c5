// Somebody comes to the counter: found, helped with a form on one page, and given access from a phone.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { namedRetirees } from '../../db/seed/demo/named.ts';
import { hold, inDays } from '../api/activities/hold.ts';
import { apply, LIU, OLD_CLERK, RECEIVING_CLERK } from '../tools/story.ts';
import { narrow, openOffices, type Offices } from './staff-desk.ts';

/** 王桂英's identity number, as her card says it. */
const WANG = namedRetirees.find(({ name }) => name === '王桂英')?.idNumber ?? '';
let offices: Offices;
beforeAll(async () => {
  offices = await openOffices();
});
afterAll(() => offices.stop());

test('a clerk finds a person by initials, moves her home on one page, and binds her son’s phone', async () => {
  const desk = await offices.desk(OLD_CLERK);
  const { page } = desk;
  await desk.opens('/staff/counter', '代办');
  await page.getByLabel('找退休人员').fill('wgy');
  await desk.press('查找');
  await page.getByRole('button', { name: /王桂英/ }).click();
  await desk.sees('430101********0');
  expect(await page.content()).not.toContain(WANG);

  await desk.sees('还没有人。');
  await page.getByLabel('子女').check();
  await page.getByLabel('姓名', { exact: true }).fill('何建军');
  await page.getByLabel(/^全部/).check();
  await page.getByLabel('手机号', { exact: true }).fill('13800000005');
  await desk.press('看过证件，绑定');
  await desk.sees('已经绑定 13800000005（子女）。');
  await desk.sees('何建军（子女） 138****0005');
  await desk.sees('全部：还能改登记的信息、看谁查过 · 一直');

  await desk.press(/^同社区换住址/);
  await desk.sees('填完一次提交。');
  await desk.press('核对无误，提交');
  await page.getByRole('alert').waitFor();
  await page.getByLabel('几栋').fill('2');
  await page.getByLabel('房号').fill('101');
  await page.getByRole('button', { name: /^昨天/ }).click();
  await page.getByLabel('打哪个电话能找到您？').fill('13800000005');
  await desk.press('核对无误，提交');
  await page.getByRole('heading', { level: 1, name: '王桂英：同社区换住址' }).waitFor();
  await desk.sees('李娟（工作人员代办）');
  expect(desk.complaints).toEqual([]);
  await desk.close();

  const son = await offices.signIn('13800000005');
  expect((await son.get('/api/me')).body.people.map((one: { name: string }) => one.name)).toContain('王桂英');
});

test('a clerk signs somebody up for an activity who has no phone, and gives it up for her', async () => {
  await hold(await offices.signIn(OLD_CLERK), { ...inDays(4), title: '一起剪窗花', seats: 1 });
  const desk = await offices.desk(OLD_CLERK, narrow);
  const { page } = desk;
  await desk.opens('/staff/counter', '代办');
  await page.getByLabel('找退休人员').fill('王桂英');
  await desk.press('查找');
  await page.getByRole('button', { name: /王桂英/ }).click();
  await desk.press('看有哪些活动');
  await desk.press('报名');
  await desk.sees('王桂英报上名了。');
  await page.getByLabel('我要人陪').click();
  await desk.sees('记下了，社区知道了。');
  expect([...(await desk.flaws()), ...(await desk.misfits())]).toEqual([]);
  if (process.env['PICTURES'])
    await page.screenshot({ path: `${process.env['PICTURES']}/counter.png`, fullPage: true });
  await desk.press('取消报名');
  await desk.sees('王桂英的报名取消了。');
  await desk.press('记下愿意帮什么');
  await page.getByLabel('小修小补').check();
  await desk.press('保存');
  await desk.sees('请先问过本人，本人同意了再勾选保存。');
  await page.getByLabel('本人当面说的，也同意社区看到').check();
  await desk.press('保存');
  await desk.sees('王桂英愿意帮的，记下了。');
  expect([...(await desk.flaws()), ...(await desk.misfits())]).toEqual([]);
  if (process.env['PICTURES'])
    await page.screenshot({ path: `${process.env['PICTURES']}/counter-helps.png`, fullPage: true });
  expect(desk.complaints).toEqual([]);
  await desk.close();
});

test('a clerk ends a link and says why; the paper to sign is printed from the case', async () => {
  const desk = await offices.desk(OLD_CLERK);
  const { page } = desk;
  await desk.opens('/staff/counter', '代办');
  await page.getByLabel('找退休人员').fill('刘淑兰');
  await desk.press('查找');
  await page.getByRole('button', { name: /刘淑兰/ }).click();
  await desk.press('停用：周敏');
  expect(await desk.flaws()).toEqual([]);
  expect(await desk.misfits()).toEqual([]);
  await desk.press('本人要求');
  await desk.sees('已经停用，也告诉了双方。');
  const daughter = await offices.signIn('13800000002');
  expect((await daughter.get('/api/me')).body.people).toEqual([]);

  const answers = {
    who: { name: '王桂英', idNumber: WANG },
    me: '周敏',
    relation: 'relative',
    scope: 'look',
    until: 'year',
  };
  const number = await apply(daughter, 'family-link', answers);
  await desk.opens(`/staff/c/${number}`, /王桂英/);
  await desk.sees('138****0002');
  await page.getByRole('link', { name: '打印委托书' }).click();
  await page.getByRole('heading', { level: 1, name: '亲情代办委托书' }).waitFor();
  await desk.sees('委托人签字（按手印）');
  expect(await desk.flaws()).toEqual([]);
  await desk.opens(`/staff/c/${number}`, /王桂英/);
  await desk.press('核实过，同意');
  await page.getByLabel('当面见过本人').check();
  await page.locator('form').getByRole('button', { name: '核实过，同意' }).click();
  await desk.sees('核实过，同意：办好了');
  expect((await daughter.get('/api/me')).body.people).toMatchObject([{ name: '王桂英', scope: 'look' }]);
  expect(desk.complaints).toEqual([]);
  await desk.close();
});

test('a form begun at the counter goes on another day', async () => {
  const desk = await offices.desk(OLD_CLERK);
  await desk.opens('/staff/counter', '代办');
  await desk.page.getByLabel('找退休人员').fill('刘淑兰');
  await desk.press('查找');
  await desk.page.getByRole('button', { name: /刘淑兰/ }).click();
  await desk.press(/^搬到别的社区/);
  await desk.page.getByLabel('湖南省外').check();
  await desk.sees('已保存，关掉页面也不会丢。');
  await desk.opens('/staff/counter', '代办');
  await desk.page.getByRole('link', { name: '搬到别的社区：刘淑兰' }).click();
  expect(await desk.page.getByLabel('湖南省外').isChecked()).toBe(true);
  await desk.press('不办了，删掉');
  await desk.press('再点一次就删掉');
  await desk.page.getByRole('heading', { level: 1, name: '代办' }).waitFor();
  await desk.close();
});

test('somebody from elsewhere is found by the whole identity number only, and is not bound here', async () => {
  const desk = await offices.desk(RECEIVING_CLERK);
  await desk.opens('/staff/counter', '代办');
  const words = desk.page.getByLabel('找退休人员');
  await words.fill('王桂英');
  await words.press('Enter');
  await desk.sees('没有找到。');
  await words.fill(WANG);
  await words.press('Enter');
  await desk.page.getByRole('button', { name: /王桂英/ }).click();
  await desk.page.getByLabel('手机号', { exact: true }).fill('13800000077');
  await desk.press('看过证件，绑定');
  await desk.page.getByRole('alert').getByText('只能由服务单位绑定').waitFor();
  expect(desk.page.url()).not.toContain(WANG);
  await desk.close();
});

test('somebody who lost the phone is signed out everywhere; only the unit that serves them does it', async () => {
  const liu = await offices.signIn(LIU);
  const desk = await offices.desk(OLD_CLERK);
  await desk.opens('/staff/counter', '代办');
  await desk.page.getByLabel('找退休人员').fill('刘淑兰');
  await desk.press('查找');
  await desk.page.getByRole('button', { name: /刘淑兰/ }).click();
  await desk.press('全部退出');
  expect(await desk.focused()).toBe('看过证件，全部退出');
  expect(await desk.flaws()).toEqual([]);
  expect(await desk.misfits()).toEqual([]);
  await desk.press('看过证件，全部退出');
  await desk.sees('已经全部退出，并通知了本人。');
  expect((await liu.put('/api/me/locale', { locale: 'zh-CN' })).status).toBe(401);
  await desk.close();

  const elsewhere = await offices.desk(RECEIVING_CLERK);
  await elsewhere.opens('/staff/counter', '代办');
  await elsewhere.page.getByLabel('找退休人员').fill(WANG);
  await elsewhere.press('查找');
  await elsewhere.page.getByRole('button', { name: /王桂英/ }).click();
  await elsewhere.press('全部退出');
  await elsewhere.press('看过证件，全部退出');
  await elsewhere.page.getByRole('alert').getByText('不由本单位服务').waitFor();
  await elsewhere.close();
});
