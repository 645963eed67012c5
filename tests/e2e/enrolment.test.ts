// Somebody whom nobody has registered asks to be, on a small phone; the clerk confirms on the staff page; then she is bound and moves on.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { namedNewcomer } from '../../db/seed/demo/named.ts';
import { DAUGHTER, OLD_CLERK } from '../tools/story.ts';
import { openPages, type Pages, type Phone } from './phone.ts';
import { openOffices, type Offices } from './staff-desk.ts';

let pages: Pages;
let offices: Offices;
beforeAll(async () => {
  pages = await openPages();
  offices = await openOffices(pages.house);
});
afterAll(async () => {
  await offices.stop();
  await pages.stop();
});

/** Everything that must hold of a page, looked at while it is on the way. */
async function holds(phone: Phone): Promise<void> {
  expect(await phone.flaws()).toEqual([]);
  expect(await phone.smallTargets()).toEqual([]);
  expect(await phone.overflow()).toBe(0);
}

test('she fills it in, the clerk confirms, she is bound and begins to move', async () => {
  const phone = await (await pages.phone()).signIn(namedNewcomer.phone);
  await phone.press(/^绑定我的退休信息/);
  await phone.sees('绑定您的退休信息');
  await phone.press('申请登记');
  await phone.sees('退休人员登记');
  await phone.press('开始');
  await phone.sees('养老金是哪一种？');

  // Another pension: the form ends, says whom to call, and lets her come back.
  await phone.press('城乡居民养老金');
  await phone.sees('不用往下填了');
  await phone.page.getByText('由住地的社区和区县社保机构服务').first().waitFor();
  expect(await phone.page.locator('a.call-unit').getAttribute('href')).toBe('tel:0731-84907501');
  await holds(phone);
  await phone.press('改这个回答');
  await phone.sees('养老金是哪一种？');
  await phone.press(/^不知道/);

  await phone.sees('为谁登记？');
  await phone.press('我自己');
  await phone.sees('退休人员的姓名和身份证号');
  await phone.write('姓名', namedNewcomer.name);
  await phone.write('身份证号', namedNewcomer.idNumber);
  await phone.press('继续');

  await phone.sees('哪一年哪一月退休的？');
  await phone.write('年', '2026');
  await phone.press('继续');
  await phone.page.getByRole('link', { name: /还差月份/ }).waitFor();
  expect(await phone.page.getByLabel('年', { exact: true }).inputValue()).toBe('2026');
  await holds(phone);
  await phone.write('月', '9');
  await phone.press('继续');

  await phone.sees('退休前的单位是哪一类？');
  await phone.press('市属企业');
  await phone.sees('退休前的单位叫什么？');
  await phone.page.locator('#answer').fill('长沙麓星机床厂');
  await phone.press('继续');
  await phone.sees('养老金归哪个社保机构管？');
  await phone.page.getByText('不想打字，一级一级选').tap();
  await holds(phone);
  await phone.press('不知道');

  await phone.sees('是哪个民族？');
  await phone.press('继续');
  await phone.page.getByRole('link', { name: /请从下面选一个/ }).waitFor();
  await phone.page.locator('#answer').selectOption('土家族');
  await holds(phone);
  await phone.press('继续');

  await phone.sees('现在住在哪里？');
  await phone.press(/^长沙市内/);
  await phone.sees('住在哪个社区，哪栋哪间？');
  await phone.write('住在哪个社区', '识字里');
  await phone.press(/^识字里社区/);
  await phone.write('几栋', '2');
  await phone.write('房号', '301');
  await phone.press('继续');
  await phone.sees('打哪个电话能找到退休人员？');
  await phone.page.locator('#answer').fill(namedNewcomer.phone);
  await phone.press('继续');
  await phone.sees('有急事找谁？请写姓名');
  await phone.page.locator('#answer').fill('谢小军');
  await phone.press('继续');
  await phone.sees('这个人是退休人员的什么人？');
  await phone.press('子女');
  await phone.sees('这个人的电话是多少？');
  await phone.page.locator('#answer').fill('13955590099');
  await phone.press('继续');
  await phone.sees('有退休证的照片吗？');
  await phone.press('跳过，不填');
  await phone.sees('这些信息用来做什么');
  await phone.press('看过了，知道了');
  await phone.sees('请看看对不对');
  await phone.page.getByText('2026年9月').waitFor();
  await holds(phone);
  await phone.press('确认，提交');
  await phone.sees('已经提交');

  // The clerk finds her by name, sees that nobody has this number, says how it was verified, and confirms.
  const desk = await offices.desk(OLD_CLERK);
  await desk.opens('/staff', '待办');
  await desk.page
    .getByRole('link', { name: /谢桂香/ })
    .first()
    .click();
  await desk.page.getByRole('heading', { level: 1, name: '谢桂香：退休人员登记' }).waitFor();
  await desk.sees('登记册里有没有这个人');
  await desk.press('同意');
  await desk.page.getByLabel('看过证件').check();
  expect(await desk.flaws()).toEqual([]);
  await desk.press('同意');
  await desk.sees('录入基层平台');
  expect(desk.complaints).toEqual([]);
  await desk.close();

  await phone.page.goto('/');
  await phone.press(/^我搬家了/);
  await phone.press('不在，搬到了别的地方');
  await phone.press('开始');
  await phone.sees('搬到哪里了？');
  await phone.page.getByText('谢桂香').first().waitFor();
  expect(phone.complaints).toEqual([]);
  await phone.close();
});

test('at the counter the form says at once that another pension is not for here', async () => {
  const desk = await offices.desk(OLD_CLERK);
  await desk.opens('/staff/counter', '代办');
  await desk.press(/^退休人员登记/);
  await desk.page.getByRole('heading', { level: 1, name: '退休人员登记' }).waitFor();
  await desk.page.getByLabel('机关事业单位养老金').check();
  await desk.page.getByRole('status').getByText('由原单位和机关事业社保机构服务').waitFor();
  await desk.press('核对无误，提交');
  await desk.page.getByRole('alert').getByText('由原单位和机关事业社保机构服务').waitFor();
  // What is missing further down nobody need fill in.
  expect(await desk.page.getByRole('alert').getByRole('link').count()).toBe(1);
  expect(await desk.flaws()).toEqual([]);
  expect(await desk.misfits()).toEqual([]);
  await desk.close();
});

test('a daughter who may only apply reads why she cannot correct her mother’s record', async () => {
  const phone = await (await pages.phone()).signIn(DAUGHTER);
  await phone.press(/^更正登记的信息/);
  await phone.sees('更正登记的信息');
  await phone.page.getByText('您现在还不能替家人办这件事').waitFor();
  expect(await phone.control('开始').count()).toBe(0);
  await holds(phone);
  await phone.close();
});
