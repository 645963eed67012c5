// The figures on a desk and on a phone: down from a street to a community and to the cases, up again, another period, on paper and
// as a workbook; with the keyboard alone, and with nothing for axe to find.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { use } from '../api/engine/stage.ts';
import { RECEIVING_CLERK } from '../tools/story.ts';
import { narrow, openOffices, wide, type Desk, type Offices } from './staff-desk.ts';

/** 周国平, lead of the city. */
const CITY_LEAD = '13800000041';
let offices: Offices;

beforeAll(async () => {
  offices = await openOffices();
  const numbers = [];
  for (const words of ['w', 'z', 'c']) numbers.push((await offices.relocate(words)).number);
  const clerk = await offices.signIn(RECEIVING_CLERK);
  await use(clerk, numbers[0] ?? '', 'approve');
});
afterAll(() => offices.stop());

/** What no page may have, in the state that it is in. */
const flawsOf = async (desk: Desk): Promise<string[]> => [
  ...(await desk.flaws()),
  ...(await desk.misfits()),
  ...desk.complaints,
];

/** A row of the table under this heading: what stands in it, by column. */
const rowOf = async (desk: Desk, name: string): Promise<string[]> =>
  (await desk.page.getByRole('row', { name }).first().locator('th, td').allTextContents()).map((cell) => cell.trim());

/** What the card says of a figure. */
const figure = (desk: Desk, name: string) =>
  desk.page.locator('.numbers-sum > div', { hasText: name }).locator('dd').first();

test.each([
  ['on a phone', narrow],
  ['at a desk', wide],
])('%s a lead of the city goes down to a community and up again', async (_, size) => {
  const desk = await offices.desk(CITY_LEAD, size);
  await desk.opens('/staff', '待办');
  if (size === narrow) await desk.press('菜单');
  await desk.page.getByRole('navigation').getByRole('link', { name: '统计', exact: true }).click();
  await desk.page.getByRole('heading', { level: 1, name: /^长沙市统计/ }).waitFor();
  await expect.poll(() => figure(desk, '收到').textContent()).toBe('3');
  expect(await flawsOf(desk)).toEqual([]);
  await desk.page.getByLabel('比什么').selectOption('收到');
  await desk.page.getByRole('img', { name: '下面各单位的收到。' }).waitFor();
  expect(await desk.page.locator('.plot-name').first().textContent()).toBe('雨花区');
  for (const unit of ['雨花区', '侯家塘街道', '梓园社区']) {
    const link = desk.page.getByRole('table').getByRole('link', { name: unit, exact: true });
    await link.click();
    await desk.page.getByRole('heading', { level: 1, name: new RegExp(`^${unit}统计`) }).waitFor();
  }
  expect(await flawsOf(desk)).toEqual([]);
  await desk.page.getByRole('link', { name: /上一级/ }).click();
  await desk.page.getByRole('heading', { level: 2, name: '下面各单位' }).waitFor();
  expect(await flawsOf(desk)).toEqual([]);
  await desk.close();
});

test('a clerk finds the cases behind what waits, with the keyboard alone', async () => {
  const desk = await offices.desk(RECEIVING_CLERK);
  await desk.opens('/staff/numbers', /^梓园社区统计/);
  expect(await rowOf(desk, '搬到别的社区')).toEqual(['搬到别的社区', '3', '0', '1', '100%', '0', '0']);
  expect(await figure(desk, '按时率').textContent()).toContain('100%（1 件）');
  expect(await figure(desk, '评价').textContent()).toContain('不到 5 人，不显示');
  expect(await desk.page.getByText('下面各单位').count()).toBe(0);
  await desk.page.getByRole('link', { name: /看这些办件：现在在办/ }).focus();
  await desk.page.keyboard.press('Enter');
  await desk.page.getByRole('heading', { level: 1, name: '梓园社区：办件' }).waitFor();
  const lines = desk.page.getByRole('link', { name: /^搬到别的社区/ });
  await expect.poll(() => lines.count()).toBe(3);
  expect(await flawsOf(desk)).toEqual([]);
  await desk.page.getByLabel('看哪些').selectOption('现在超期');
  await desk.sees('没有这样的办件。');
  await desk.opens('/staff/numbers', /^梓园社区统计/);
  await desk.page.getByRole('link', { name: '3 搬到别的社区 看这些办件：收到' }).press('Enter');
  await expect.poll(() => lines.count()).toBe(3);
  expect(desk.page.url()).toContain('kind=relocation');
  await desk.close();
});

test('another period is chosen by a tap or typed, stands in the address, and is refused when it runs backwards', async () => {
  const desk = await offices.desk(RECEIVING_CLERK, narrow);
  await desk.opens('/staff/numbers', /^梓园社区统计/);
  await desk.press('去年');
  await desk.sees('这段时间没有办件。');
  expect(desk.page.url()).toMatch(/from=\d{4}-01-01&to=\d{4}-12-31/);
  expect(await flawsOf(desk)).toEqual([]);
  await desk.page.goBack();
  await expect.poll(() => figure(desk, '收到').textContent()).toBe('3');
  await desk.page.getByLabel('从', { exact: true }).fill('2026-05-02');
  await desk.page.getByLabel('到', { exact: true }).fill('2026-05-01');
  await desk.press('看');
  await desk.page.getByRole('alert').getByText('开始日期要在结束日期之前').waitFor();
  expect(await flawsOf(desk)).toEqual([]);
  await desk.page.getByLabel('到', { exact: true }).fill('');
  await desk.press('看');
  await desk.page.getByRole('alert').getByText('请把起止日期填完整').waitFor();
  expect(await flawsOf(desk)).toEqual([]);
  await desk.close();
});

test('it goes onto paper and into a workbook', async () => {
  const desk = await offices.desk(CITY_LEAD);
  await desk.opens('/staff/numbers', /^长沙市统计/);
  await desk.page.getByRole('heading', { level: 2, name: '逐月' }).waitFor();
  const [file] = await Promise.all([
    desk.page.waitForEvent('download'),
    desk.page.getByRole('link', { name: '下载表格' }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/^figures-4301-\d{4}-01-01-\d{4}-\d\d-\d\d\.xlsx$/);
  await desk.page.emulateMedia({ media: 'print' });
  for (const left of [desk.button('打印'), desk.page.getByLabel('比什么'), desk.page.getByLabel('从', { exact: true })])
    expect(await left.isVisible()).toBe(false);
  expect(await desk.page.getByRole('table').first().isVisible()).toBe(true);
  expect((await desk.page.pdf({ format: 'A4' })).length).toBeGreaterThan(1000);
  await desk.close();
});

test('who is not above a unit does not see its figures', async () => {
  const desk = await offices.desk(RECEIVING_CLERK);
  await desk.page.goto('/staff/numbers?unit=4301');
  await desk.page.getByRole('alert').waitFor();
  expect(await desk.page.getByRole('table').count()).toBe(0);
  await desk.close();
});
