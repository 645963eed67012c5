// A slip from the counter: made and printed at the desk, scanned or typed on a phone, and cancelled when it was lost.
import decodeQR from 'qr/decode.js';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { OLD_CLERK, RECEIVING_CLERK } from '../tools/story.ts';
import { namedRetirees } from '../../db/seed/demo/named.ts';
import { openPages, type Pages } from './phone.ts';
import { openOffices, type Desk, type Offices } from './staff-desk.ts';

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

async function findWang(desk: Desk, words = 'wgy'): Promise<void> {
  await desk.opens('/staff/counter', '代办');
  await desk.page.getByLabel('找退休人员').fill(words);
  await desk.press('查找');
  await desk.page.getByRole('button', { name: /王桂英/ }).click();
  await desk.sees('绑定纸条');
}

async function makeSlip(desk: Desk): Promise<string> {
  await findWang(desk);
  await desk.press('打印绑定纸条');
  await desk.page.locator('[name=slip-relation][value=child]').check();
  await desk.page.locator('[name=slip-scope][value=everything]').check();
  await desk.press('看过证件，做纸条');
  await desk.page.getByRole('heading', { level: 1, name: '退管通 绑定纸条' }).waitFor();
  return (await desk.page.locator('.slip-code').innerText()).replace(/\D/g, '');
}

/** What a phone's camera reads off the paper. */
async function scanned(desk: Desk): Promise<string> {
  const picture = sharp(await desk.page.locator('.qr').screenshot())
    .ensureAlpha()
    .raw();
  const { data, info } = await picture.toBuffer({ resolveWithObject: true });
  return decodeQR({ width: info.width, height: info.height, data });
}

test('a clerk prints one, a son scans it, signs in, and is bound with one tap', async () => {
  const desk = await offices.desk(OLD_CLERK);
  const code = await makeSlip(desk);
  expect(code).toMatch(/^\d{10}$/);
  // The digits stand in no address and in no other place than the paper.
  expect(desk.page.url()).not.toContain(code);
  expect(await desk.flaws()).toEqual([]);
  expect(await scanned(desk)).toBe(`${pages.house.url}/bind#${code}`);
  const sheet = desk.page.locator('.slip-sheet');
  for (const words of ['王桂英（子女用）', '都可以，包括更正信息', '只能用一次', '识字里社区'])
    expect(await sheet.innerText()).toContain(words);
  // One page of A5, large type and the code to scan on it.
  await desk.page.emulateMedia({ media: 'print' });
  const size = await desk.page
    .locator('.slip-code')
    .evaluate((one) => Number.parseFloat(getComputedStyle(one).fontSize));
  expect(size).toBeGreaterThanOrEqual(48);
  const pdf = await desk.page.pdf({ format: 'A5', preferCSSPageSize: false });
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g)).toHaveLength(1);
  await desk.page.emulateMedia({ media: 'screen' });

  const phone = await pages.phone();
  await phone.page.goto(`/bind#${code}`);
  await phone.sees('用社区给的纸条绑定');
  expect(phone.page.url()).not.toContain(code);
  expect(await phone.flaws()).toEqual([]);
  expect(await phone.smallTargets()).toEqual([]);
  await phone.page.getByText(`${code.slice(0, 3)} ${code.slice(3, 6)} ${code.slice(6)}`).waitFor();
  await phone.press('先登录，再绑定');
  await phone.page.getByLabel('您的手机号').fill('13800000005');
  await phone.press('发验证码');
  await phone.page.getByLabel('验证码').waitFor();
  const sms = await pages.house.simulator.sms.waitFor('13800000005');
  await phone.page.getByLabel('验证码').fill(/\d{6}/.exec(sms.text)?.[0] ?? '');
  await phone.press('登录');
  await phone.sees('用社区给的纸条绑定');
  await phone.press('绑定');
  await phone.sees('绑定好了');
  await phone.page.getByText('以后您可以替王桂英办事').waitFor();
  await phone.press('继续');
  await phone.page.getByText('王桂英').first().waitFor();
  expect(phone.complaints).toEqual([]);
  await phone.close();
  expect(desk.complaints).toEqual([]);
  await desk.close();
});

test('typed on the page: a wrong digit is named, a cancelled slip is not good', async () => {
  const desk = await offices.desk(OLD_CLERK);
  const code = await makeSlip(desk);
  await desk.page.getByRole('link', { name: /回到代办/ }).click();
  await desk.press(/^作废这张纸条：子女/);
  await desk.sees('已经作废。');
  // Reloaded, the digits are gone: they were kept nowhere.
  await desk.page.goto('/staff/slip');
  await desk.sees('这张纸条已经关掉了');
  await desk.close();

  const phone = await (await pages.phone()).signIn('13955590300');
  await phone.press(/^绑定我的退休信息/);
  await phone.press(/^我有社区给的纸条/);
  await phone.sees('用社区给的纸条绑定');
  await phone.press('绑定');
  await phone.page.getByRole('link', { name: '请写纸条上的 10 位数字。' }).waitFor();
  await phone.write('纸条上的号码', code.slice(0, 9) + ((Number(code[9]) + 1) % 10));
  await phone.press('绑定');
  await phone.page.getByRole('link', { name: /有一位写错了/ }).waitFor();
  expect(await phone.flaws()).toEqual([]);
  await phone.page.getByLabel('纸条上的号码').fill(`${code.slice(0, 3)} ${code.slice(3, 6)} ${code.slice(6)}`);
  await phone.press('绑定');
  await phone.page.getByRole('link', { name: /这张纸条不能用/ }).waitFor();
  await phone.page.getByText('绑定不成，可以找谁？').waitFor();
  expect(await phone.page.getByLabel('纸条上的号码').inputValue()).toContain(code.slice(6));
  await phone.close();
});

test('staff of another unit make none', async () => {
  const desk = await offices.desk(RECEIVING_CLERK);
  await findWang(desk, namedRetirees.find(({ name }) => name === '王桂英')?.idNumber);
  await desk.press('打印绑定纸条');
  await desk.press('看过证件，做纸条');
  await desk.page.getByRole('alert').getByText('只能由服务单位绑定').waitFor();
  expect(await desk.page.locator('.slip-code').count()).toBe(0);
  await desk.close();
});
