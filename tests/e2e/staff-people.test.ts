// A city lead sets up the second factor, invites a clerk, who joins in another browser and decides a case; and what they all see.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeAt } from '../../api/access/second-factor/totp.ts';
import { namedRetirees } from '../../db/seed/demo/named.ts';
import { OLD_CLERK } from '../tools/story.ts';
import { narrow, openOffices, wide, type Desk, type Offices } from './staff-desk.ts';

const CITY = '13800000041';
const NEWCOMER = '13955590001';
let offices: Offices;
beforeAll(async () => {
  offices = await openOffices();
});
afterAll(() => offices.stop());

/** What is wrong with a page for staff, at a desk and on a phone, by the name that the test gives it. */
async function faultsOf(desk: Desk): Promise<string[]> {
  const atDesk = [...(await desk.flaws()), ...(await desk.misfits())];
  await desk.page.setViewportSize(narrow);
  const onPhone = await desk.misfits();
  await desk.page.setViewportSize({ width: 320, height: 800 });
  await desk.page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
  const large = (await desk.misfits()).filter((one) => one.includes('too wide'));
  await desk.page.evaluate(() => (document.documentElement.style.fontSize = ''));
  await desk.page.setViewportSize(wide);
  return [...atDesk, ...onPhone, ...large];
}

test('a city lead sets up the factor and invites; the clerk joins in another browser and decides', async () => {
  const { number, name } = await offices.relocate('w');
  const city = await offices.desk();
  const { page } = city;
  await city.enterPhone(CITY);
  await page.getByRole('heading', { level: 1, name: '先设置动态码' }).waitFor();
  await city.press('填好了，下一步');
  await page.getByRole('alert').getByText('请填验证器上的 6 位数字。').waitFor();
  expect(await faultsOf(city)).toEqual([]);
  const secret = (await page.locator('.secret').innerText()).replace(/\s/g, '');
  const code = page.getByLabel('验证器上的 6 位数字');
  expect(await code.getAttribute('autocomplete')).toBe('one-time-code');
  await code.fill(codeAt(secret, new Date()));
  await code.press('Enter');
  await city.sees('请收好这 10 个备用码');
  const paper = await page.locator('.paper-codes li').allInnerTexts();
  expect(paper).toHaveLength(10);
  expect(await faultsOf(city)).toEqual([]);
  await city.press('已经收好了');
  await page.getByRole('heading', { level: 1, name: '待办' }).waitFor();

  await page.getByRole('link', { name: '人员', exact: true }).click();
  await page.locator('.member').first().waitFor();
  await page.locator('#invite-unit').click();
  await page.getByLabel('单位', { exact: true }).fill('ziyuan');
  await city.press('雨花区 侯家塘街道 梓园社区');
  await page.getByLabel('姓名', { exact: true }).last().fill('何芳');
  await city.press('生成链接');
  const link = /https?:\S+/.exec(await page.locator('.invite-link').innerText())?.[0] ?? '';
  await city.sees('梓园社区，经办，周国平邀请');
  await city.sees('邀请了何芳');
  expect(await faultsOf(city)).toEqual([]);

  const clerk = await offices.desk();
  await clerk.page.goto(link);
  await clerk.sees('周国平请何芳到这里工作：');
  await clerk.page.getByRole('heading', { level: 1, name: '先登录，再加入' }).waitFor();
  expect(await faultsOf(clerk)).toEqual([]);
  await clerk.enterPhone(NEWCOMER, 'here');
  await clerk.press('加入');
  await clerk.sees('您已加入梓园社区（经办）。');
  expect(await clerk.flaws()).toEqual([]);
  await clerk.page.getByRole('link', { name: '开始办事' }).click();
  await clerk.sees('何芳（经办）');
  await clerk.page.getByRole('link', { name: new RegExp(name) }).click();
  await clerk.press('我来办');
  await clerk.sees('我来办：办好了');
  await clerk.press('同意');
  await clerk.sees('同意：办好了');
  expect((await (await offices.signIn(OLD_CLERK)).get(`/api/cases/${number}`)).body.status).toBe('entering');
  expect((await offices.house.visit().post('/api/staff/invites/open', { token: link.split('#')[1] })).status).toBe(410);

  const again = await offices.desk();
  await again.enterPhone(CITY);
  await again.page.getByRole('heading', { level: 1, name: '请输入动态码' }).waitFor();
  expect(await faultsOf(again)).toEqual([]);
  await again.press('手机不在身边，用备用码');
  await again.page.getByLabel('备用码', { exact: true }).fill(paper[0] ?? '');
  await again.press('确定');
  await again.sees('备用码还剩 9 个。');
  await again.press('继续办事');
  await again.page.getByRole('heading', { level: 1, name: '待办' }).waitFor();
  await again.opens('/staff/factor', '动态码');
  await again.sees('备用码还剩 9 个。');
  await again.press('换一套备用码');
  expect(await faultsOf(again)).toEqual([]);

  // Removed, the clerk is out at once, and what was in hand is everybody's again.
  await page.getByLabel('姓名', { exact: true }).first().fill('何芳');
  await city.press('查找');
  await page.locator('.member').getByText('何芳').waitFor();
  await page.getByRole('button', { name: '结束岗位：何芳' }).click();
  await page.locator('form.note').getByRole('button', { name: '结束岗位' }).click();
  await page.getByRole('alert').getByText('请写为什么。').waitFor();
  expect(await faultsOf(city)).toEqual([]);
  await page.getByLabel('为什么？').fill('调走了');
  await page.getByLabel('为什么？').press('Enter');
  await city.sees('岗位已结束。');
  await city.sees('结束了何芳的岗位');
  await clerk.press('已录入');
  await clerk.page.getByRole('heading', { level: 1, name: '工作人员登录' }).waitFor();
  for (const desk of [city, clerk, again]) {
    expect(desk.complaints).toEqual([]);
    await desk.close();
  }
});

test('a link from the chat asks for the code, and a link that is none says so', async () => {
  const desk = await offices.desk();
  await desk.opens('/staff/prove#0123456789abcdefghijkl', '给聊天输入动态码');
  await desk.page.getByLabel('验证器上的 6 位数字').fill('123456');
  await desk.press('确定');
  await desk.page.getByRole('alert').getByText('这个链接已经用过').waitFor();
  expect(await faultsOf(desk)).toEqual([]);
  await desk.opens('/staff/join#0123456789abcdefghijkl', '加入单位');
  await desk.page.getByRole('alert').getByText('这个邀请已经用过').waitFor();
  expect(await faultsOf(desk)).toEqual([]);
  await desk.close();
});

test('a clerk at the counter looks at the whole number for a reason, once', async () => {
  const liu = namedRetirees.find(({ name }) => name === '刘淑兰');
  const desk = await offices.desk(OLD_CLERK);
  const { page } = desk;
  await desk.opens('/staff/counter', '代办');
  await page.getByLabel('找退休人员').fill('刘淑兰');
  await desk.press('查找');
  await page.getByRole('button', { name: /刘淑兰/ }).click();
  await desk.press('看完整号码');
  await page.getByLabel('身份证号', { exact: true }).check();
  await desk.press('看一次');
  await page.getByRole('alert').getByText('请选为什么。').waitFor();
  await page.getByLabel('其他', { exact: true }).check();
  await desk.press('看一次');
  await page.getByRole('alert').getByText('请写清楚为什么要看').waitFor();
  expect(await faultsOf(desk)).toEqual([]);
  await page.getByLabel('补充说明').fill('证件磨损，核对');
  await desk.press('看一次');
  await page
    .locator('.shown-value')
    .getByText(liu?.idNumber ?? '-')
    .waitFor();
  expect(await faultsOf(desk)).toEqual([]);
  await desk.press('收起');
  expect(await page.content()).not.toContain(liu?.idNumber);
  expect(desk.complaints).toEqual([]);
  await desk.close();
});

test('somebody with several posts sees all of them in the frame, and one list for them', async () => {
  const street = await offices.signIn('13800000022');
  const { token } = (await street.post('/api/staff/invites', { unitId: '430111001001', role: 'clerk', name: '赵志刚' }))
    .body;
  const other = await offices.signIn('13800000021');
  await other.post('/api/staff/invites/join', { token });
  const { name } = await offices.relocate('z');
  const desk = await offices.desk('13800000021');
  await desk.opens('/staff?view=unit', '待办');
  await desk.page
    .getByRole('link', { name: new RegExp(name) })
    .getByText('梓园社区')
    .waitFor();
  await desk.page.getByText(/等 2 个/).click();
  await desk.sees('梓园社区（经办）');
  await desk.sees('文艺路街道（负责人）');
  expect(await faultsOf(desk)).toEqual([]);
  await desk.close();
});
