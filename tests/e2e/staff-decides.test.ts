// The receiving community decides a move on the staff pages: approves and enters it, returns it, and is told when a colleague was quicker.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { apply, LIU, newHome, RECEIVING_CLERK } from '../tools/story.ts';
import { narrow, openOffices, receivingLead, type Offices } from './staff-desk.ts';

let offices: Offices;
beforeAll(async () => {
  offices = await openOffices();
});
afterAll(() => offices.stop());

test('the receiving clerk signs in, finds the case, approves it in one tap, copies the fields and enters it', async () => {
  const liu = await offices.signIn(LIU);
  const answers = { to: 'city', home: newHome, since: '2026-11-01', reason: 'withChildren', proof: null };
  const number = await apply(liu, 'relocation', { ...answers, handOver: true });
  const desk = await offices.desk();
  const { page } = desk;
  await desk.signIn(RECEIVING_CLERK);
  await desk.sees('张伟（经办）');
  await page.getByLabel('姓名、拼音、编号、手机后四位').fill(number);
  await page.getByRole('link', { name: /刘淑兰/ }).click();

  await desk.sees('登记册上是：');
  await desk.sees('识字里社区 纺织厂宿舍3栋2单元401');
  await desk.sees('有变化');
  await desk.press('同意');
  await desk.sees('同意：办好了');
  await desk.sees('梓园社区已同意，正在登记');

  const copied: string[] = [];
  for (const field of ['姓名', '所在社区', '居住地详细信息', '居住起始日期']) {
    await desk.press(`复制${field}`);
    await desk.sees(`${field}已复制`);
    copied.push(await page.evaluate(() => navigator.clipboard.readText()));
  }
  expect(copied).toEqual(['刘淑兰', '雨花区 侯家塘街道 梓园社区', '东方新城3栋2单元101', '2026-11-01']);
  await desk.press('已录入');
  await desk.sees('已录入：办好了');
  expect((await liu.get(`/api/cases/${number}`)).body.status).toBe('approved');
  expect((await liu.get('/api/me')).body.people[0].community.name).toBe('梓园社区');
  await desk.opens(`/staff/print/${number}`, '办件单：搬到别的社区');
  expect(desk.complaints).toEqual([]);
  await desk.close();
});

test('a return names everything missing; what was begun survives a closed tab', async () => {
  const { number, name } = await offices.relocate('w');
  const desk = await offices.desk(RECEIVING_CLERK);
  await desk.opens(`/staff/c/${number}`, new RegExp(name));
  await desk.press('退回补正');
  await desk.page.locator('form').getByRole('button', { name: '退回补正' }).click();
  await desk.page.getByRole('alert').getByText('请填写：还缺什么？请一次说全').waitFor();
  await desk.page.getByLabel('住址不完整，请写清楼栋、单元和房号').check();
  await desk.page.getByLabel('其他（自己写）').check();
  await desk.page.getByLabel('请写明还缺什么').fill('请带房产证来');
  await desk.sees('已保存，关掉页面也不会丢。');
  await desk.close();

  const again = await offices.desk(RECEIVING_CLERK);
  await again.opens(`/staff/c/${number}`, new RegExp(name));
  await again.press('退回补正');
  await again.sees('上次填的还在，接着填就行。');
  expect(await again.page.getByLabel('请写明还缺什么').inputValue()).toBe('请带房产证来');
  await again.page.locator('form').getByRole('button', { name: '退回补正' }).click();
  await again.sees('退回补正：办好了');
  await again.page.locator('.timeline').getByText('请带房产证来').waitFor();
  await again.close();
});

test('whoever decides too late is told who decided what, and sees the latest', async () => {
  const { number, name } = await offices.relocate('z');
  const slow = await offices.desk(RECEIVING_CLERK);
  await slow.opens(`/staff/c/${number}`, new RegExp(name));
  await slow.button('同意').waitFor();
  const lead = receivingLead();
  const quick = await offices.signIn(lead.phone);
  await quick.post(`/api/cases/${number}/reject`, {
    version: 1,
    answers: { reason: { value: 'not-living-here' }, words: { value: null } },
  });
  await slow.press('同意');
  await slow.page.getByRole('alert').getByText(`${lead.name}刚才已经处理过：不予办理`).waitFor();
  await slow.sees('下面已经是最新的情况。');
  expect(await slow.button('同意').count()).toBe(0);
  await slow.close();
});

test('two taps decide once, and the next case is offered', async () => {
  const { number, name } = await offices.relocate('h');
  const other = await offices.relocate('c');
  const desk = await offices.desk(RECEIVING_CLERK);
  await desk.opens(`/staff/c/${number}`, new RegExp(name));
  await desk.button('同意').dblclick();
  await desk.sees('同意：办好了');
  const clerk = await offices.signIn(RECEIVING_CLERK);
  const { timeline } = (await clerk.get(`/api/cases/${number}`)).body;
  expect(timeline.map((entry: { verb: string }) => entry.verb)).toEqual(['open', 'approve']);
  await desk.press(/^下一件：/);
  await desk.page.getByRole('heading', { level: 1, name: new RegExp(other.name) }).waitFor();
  await desk.close();
});

/** Whether 同意 is seen without scrolling, in the lower half of the screen. */
const atThumb = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const { top, bottom } = document.querySelector('.decide-main')?.getBoundingClientRect() ?? { top: 0, bottom: 0 };
    return top > innerHeight / 2 && bottom <= innerHeight;
  });

test('a remark among staff is written on a phone and read by a colleague; the person is new, so nothing came before', async () => {
  const { number, name } = await offices.relocate('t');
  const desk = await offices.desk(RECEIVING_CLERK, narrow);
  const { page } = desk;
  await desk.opens(`/staff/c/${number}`, new RegExp(name));
  await desk.sees('没有以前的事。');
  // The pages are behind one button, by the keyboard alone; the decisions stay at the thumb while everything else is read.
  const menu = desk.button('菜单');
  await menu.press('Enter');
  expect(await menu.getAttribute('aria-expanded')).toBe('true');
  await page.getByRole('link', { name: '慰问' }).press('Escape');
  await page.getByRole('link', { name: '慰问' }).waitFor({ state: 'hidden' });
  expect(await menu.evaluate((one) => one === document.activeElement)).toBe(true);
  for (const place of [desk.button('看完整号码'), page.locator('.timeline')]) {
    await place.scrollIntoViewIfNeeded();
    expect(await atThumb(page)).toBe(true);
  }
  await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
  await page.evaluate(() => scrollTo(0, 0));
  expect(await atThumb(page)).toBe(false);
  expect(await desk.misfits()).toEqual([]);
  await page.evaluate(() => (document.documentElement.style.fontSize = ''));
  await desk.press('记下');
  await page.getByRole('alert').getByText('请先写备注。').waitFor();
  await page.getByLabel('写备注').fill('电话打过，下午再打');
  await desk.button('记下').dblclick();
  await desk.sees('记下了。');
  expect(await page.locator('.remarks li').allTextContents()).toEqual([expect.stringContaining('电话打过，下午再打')]);
  expect(await desk.flaws()).toEqual([]);
  expect(await desk.misfits()).toEqual([]);
  if (process.env['PICTURES'])
    await page.screenshot({ path: `${process.env['PICTURES']}/remarks.png`, fullPage: true });
  await desk.close();

  const lead = await offices.desk(receivingLead().phone);
  await lead.opens(`/staff/c/${number}`, new RegExp(name));
  await lead.page.locator('.remarks').getByText('张伟').waitFor();
  await lead.close();
});

test('several alike are decided at once with the keyboard alone: ticked, looked at, confirmed once', async () => {
  const names = [(await offices.relocate('l')).name, (await offices.relocate('x')).name];
  const desk = await offices.desk(RECEIVING_CLERK);
  const { page } = desk;
  await desk.opens('/staff?kind=relocation', '待办');
  for (const name of names) {
    await page.getByRole('link', { name: new RegExp(name) }).focus();
    await page.keyboard.press('x');
  }
  await desk.sees('选了 2 件');
  await page.keyboard.press('b');
  await desk.sees('点下面的按钮，这 2 件都会变成：梓园社区已同意，正在登记。');
  for (const name of names) await page.locator('.together').getByText(name).waitFor();
  expect(await page.locator('.together').getByText('→').count()).toBeGreaterThanOrEqual(2);
  expect(await desk.flaws()).toEqual([]);
  await desk.tabTo('同意这 2 件');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '办好 2 件' }).waitFor();
  await page.keyboard.press('Escape');
  await page
    .getByRole('link', { name: new RegExp(names[0] ?? '') })
    .getByText('待录入')
    .waitFor();
  await page.setViewportSize(narrow);
  await desk.press('几件一起办');
  await page
    .getByRole('checkbox', { name: /^选上：/ })
    .first()
    .check();
  const bar = await page.locator('.together-bar').boundingBox();
  expect((bar?.y ?? 0) + (bar?.height ?? 0)).toBeLessThanOrEqual(narrow.height);
  expect(await desk.misfits()).toEqual([]);
  if (process.env['PICTURES']) await page.screenshot({ path: `${process.env['PICTURES']}/together.png` });
  await desk.close();
});

test('a case goes to a colleague, and the street above undoes a decision', async () => {
  const { number, name } = await offices.relocate('y');
  const desk = await offices.desk(RECEIVING_CLERK);
  await desk.opens(`/staff/c/${number}`, new RegExp(name));
  await desk.press('分派');
  await desk.press(new RegExp(`^${receivingLead().name}`));
  await desk.sees('分派：办好了');
  await desk.close();

  const lead = await offices.desk(receivingLead().phone);
  await lead.opens('/staff?view=mine', '待办');
  await lead.page.getByRole('link', { name: new RegExp(name) }).click();
  await lead.press('同意');
  await lead.sees('同意：办好了');
  await lead.press('撤销决定');
  await lead.page.getByLabel('为什么撤销？').fill('看错了人');
  await lead.page.locator('form').getByRole('button', { name: '撤销决定' }).click();
  await lead.sees('撤销决定：办好了');
  expect((await (await offices.signIn(RECEIVING_CLERK)).get(`/api/cases/${number}`)).body.status).toBe('undone');
  await lead.close();
});
