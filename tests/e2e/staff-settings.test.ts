// A lead's settings on a phone: what 找人 will say is seen before it is saved, and said afterwards.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LIU, OLD_CLERK } from '../tools/story.ts';
import { narrow, openOffices, type Desk, type Offices } from './staff-desk.ts';

/** 赵志刚, lead of 文艺路街道. */
const STREET_LEAD = '13800000021';
/** 周国平, lead of the city. */
const CITY_LEAD = '13800000041';
let offices: Offices;
beforeAll(async () => {
  offices = await openOffices();
});
afterAll(() => offices.stop());

const pictures = process.env['PICTURES'];
const look = async (desk: Desk, name: string) => {
  if (pictures) await desk.page.screenshot({ path: `${pictures}/settings-${name}.png`, fullPage: true });
  expect([...(await desk.flaws()), ...(await desk.misfits())]).toEqual([]);
};

test('phone and hours: typed, previewed, saved, written down, and found under 找人', async () => {
  const desk = await offices.desk(STREET_LEAD, narrow);
  const { page } = desk;
  await desk.opens('/staff/settings', '电话和上班时间');
  await desk.press('换单位');
  await page.getByLabel('单位', { exact: true }).fill('shizili');
  await desk.press(/识字里社区/);
  await page.getByRole('heading', { level: 2, name: '识字里社区' }).waitFor();
  await look(desk, 'unit');
  await page.getByLabel('办公电话').fill('没有');
  await desk.press('看看“找人”会怎么说');
  await desk.sees('这不像一个电话号码，请核对。');
  await page.getByLabel('办公电话').fill('0731 84000777');
  await page.getByLabel('周六上班').check();
  await page.getByLabel('周六，到几点').fill('12:00');
  await page.getByLabel('中午休息').check();
  await desk.press('加一天');
  await page.getByLabel('日期').fill('2098-12-31');
  await desk.press('看看“找人”会怎么说');
  await page.getByRole('heading', { name: '保存以后，“找人”会这样说' }).waitFor();
  await desk.sees(/周六 9:00 到 12:00/);
  await look(desk, 'preview');
  await desk.press('保存');
  await desk.sees('已保存。“找人”马上就是新的。');
  await desk.sees(/改成：电话 0731-84000777/);
  expect(desk.complaints).toEqual([]);
  await desk.close();

  const phone = await offices.desk(LIU, narrow);
  await phone.opens('/help', '找人帮忙');
  await phone.sees('0731-84000777');
  await phone.sees(/中午 12:00 到 13:30 休息/);
  await phone.close();
});

test('usual reasons: added, moved up, saved, and written down', async () => {
  const desk = await offices.desk(STREET_LEAD, narrow);
  const { page } = desk;
  await desk.opens('/staff/settings/reasons', '常用理由');
  await page.getByLabel('哪件事').selectOption('搬到别的社区');
  const form = page.locator('form', { has: page.getByRole('heading', { name: '退回补正的理由' }) });
  await form.getByText('照片看不清，请重新拍一张').waitFor();
  for (const [at, words] of ['请带房产证', '请本人来一趟'].entries()) {
    await form.getByRole('button', { name: '加一条' }).click();
    await form.getByLabel(`第 ${at + 1} 条理由`, { exact: true }).fill(words);
  }
  await form.getByRole('button', { name: '上移第 2 条' }).click();
  await look(desk, 'reasons');
  await form.getByRole('button', { name: '保存' }).click();
  await desk.sees('已保存。下一次退回或不予办理时就能选。');
  await desk.sees(/改成：请本人来一趟；请带房产证/);
  expect(desk.complaints).toEqual([]);
  await desk.close();
});

test('the city words a message: what is missing is said, a sample is seen, and it can be taken back', async () => {
  const desk = await offices.desk(CITY_LEAD, narrow);
  const { page } = desk;
  await desk.opens('/staff/settings/words', '消息的话');
  await page.getByLabel('哪件事').selectOption('搬到别的社区');
  await page.getByRole('button', { name: '改：已撤回' }).click();
  const field = page.getByLabel('新的话');
  await field.fill('{{name}}，您撤回的事已经停了。');
  await desk.press('看看效果');
  await desk.sees('少了 {{number}} {{service}}，请加上。');
  await field.fill('{{name}}，“{{service}}”已经停了，想好了随时再来。编号 {{number}}。');
  await desk.press('看看效果');
  await desk.sees('张三，“搬到别的社区”已经停了，想好了随时再来。编号 123 456 789。');
  await look(desk, 'words');
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await desk.sees('已保存。以后发的消息就这样说。');
  await desk.sees('搬到别的社区 · 已撤回 · 简体中文');
  await desk.press('恢复原来的话');
  await desk.sees('已恢复原来的话。');
  expect(desk.complaints).toEqual([]);
  await desk.close();
});

test('a clerk reads them', async () => {
  const desk = await offices.desk(OLD_CLERK, narrow);
  await desk.opens('/staff/settings', '电话和上班时间');
  await desk.sees('要改，请联系本单位或上级的负责人。');
  expect(await desk.button('看看“找人”会怎么说').count()).toBe(0);
  await look(desk, 'clerk');
  await desk.close();
});
