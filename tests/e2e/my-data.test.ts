// One's own data on a phone: seen from home in one tap, devices signed out, consents changed, everything taken along, the account closed.
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { namedRetirees } from '../../db/seed/demo/named.ts';
import { initDataOf } from '../tools/mini-app.ts';
import { apply, DAUGHTER, LIU } from '../tools/story.ts';
import { openPages, type Pages, type Phone } from './phone.ts';

/** 陈建国, who binds himself. */
const CHEN = '13800000003';
const NUMBER = namedRetirees[0]?.idNumber ?? '';
let pages: Pages;
beforeAll(async () => {
  pages = await openPages();
});
afterAll(() => pages.stop());

const newest = (phone: string) =>
  /\d{6}/.exec(pages.house.simulator.sms.list(phone).findLast(({ text }) => text.includes('验证码'))?.text ?? '')?.[0];

/** Has the code sent, and types it. */
async function prove(phone: Phone, number: string, submit: string): Promise<void> {
  await phone.press('发验证码');
  await phone.page.getByLabel('验证码').waitFor();
  await phone.page.getByLabel('验证码').fill(newest(number) ?? '');
  await phone.press(submit);
}

test('what is held is one tap from home; numbers are masked, the home is not', async () => {
  const phone = await (await pages.phone()).signIn(LIU);
  await phone.press(/^我的信息/);
  await phone.sees('我的信息');
  expect(phone.taps).toBe(1);
  const text = await phone.page.locator('main').innerText();
  for (const held of ['刘淑兰（本人）', '138****0001', '纺织厂宿舍3栋2单元401', '周敏，子女，138****0002', '省属单位'])
    expect(text).toContain(held);
  expect(text).not.toContain(NUMBER);
  expect(text).not.toContain(LIU);
  await phone.press(/^谁查看过我的信息/);
  await phone.page.getByText('还没有人查看过。').waitFor();
  expect(phone.complaints).toEqual([]);
  await phone.close();
});

test('another device is signed out from this one; the lost phone ends everything', async () => {
  await pages.house.signIn(DAUGHTER);
  const mine = await (await pages.phone()).signIn(DAUGHTER);
  const other = await (await pages.phone()).signIn(DAUGHTER);
  await mine.page.goto('/me/devices');
  const cards = mine.page.locator('li.card');
  await cards.filter({ hasText: '就是现在这个' }).waitFor();
  expect(await cards.count()).toBe(3);
  await mine.tap(cards.filter({ hasNotText: '就是现在这个' }).first().getByRole('button'));
  await mine.page.getByText('已经退出那个设备。').waitFor();
  expect(await cards.count()).toBe(2);
  await mine.press('其他的都退出，只留现在这个');
  await mine.page.getByText('其他设备都已经退出。').waitFor();
  expect(await cards.count()).toBe(1);
  await other.page.goto('/me');
  await other.sees('登录');
  await other.close();

  await mine.press('全部退出');
  expect(await mine.flaws()).toEqual([]);
  await mine.press('真的全部退出');
  await mine.page.getByRole('link', { name: /^用手机号登录/ }).waitFor();
  await mine.close();
});

test('a consent is given, shown with its day, and withdrawn', async () => {
  const phone = await (await pages.phone()).signIn(LIU);
  await phone.page.goto('/me/consents');
  await phone.sees('我同意过的');
  expect(await phone.page.getByText('没有同意', { exact: true }).count()).toBe(3);
  await phone.press('同意：活动照片里可以有您');
  await phone.page.getByText('已经同意：活动照片里可以有您。').waitFor();
  await phone.press('撤回：活动照片里可以有您');
  await phone.page.getByText('已经撤回：活动照片里可以有您。').waitFor();
  expect(await phone.page.getByText('没有同意', { exact: true }).count()).toBe(3);
  await phone.close();
});

test('everything is taken along: to read, to print on A4, and as a file', async () => {
  const liu = await pages.house.signIn(LIU);
  await apply(liu, 'call-back', { phone: LIU });
  const phone = await (await pages.phone({ width: 320 })).signIn(LIU);
  await phone.page.goto('/me/export');
  await phone.sees('拿走我的全部信息');
  await phone.press('发验证码');
  await phone.page.getByLabel('验证码').fill('000000');
  await phone.press('确认，给我看');
  await phone.page.getByRole('alert').waitFor();
  expect(await phone.page.title()).toMatch(/^错误：/);
  await phone.page.getByLabel('验证码').fill(newest(LIU) ?? '');
  await phone.press('确认，给我看');
  await phone.sees('都在下面了');
  const text = await phone.page.locator('main').innerText();
  for (const held of [NUMBER, LIU, '请社区回电', '识字里社区', '收到的通知', '拿走过全部信息'])
    expect(text).toContain(held);
  expect(await phone.flaws()).toEqual([]);
  expect(await phone.smallTargets()).toEqual([]);
  expect(await phone.overflow()).toBe(0);
  const [download] = await Promise.all([phone.page.waitForEvent('download'), phone.press('存成文件')]);
  const file = JSON.parse(await readFile(await download.path(), 'utf8'));
  expect(file).toMatchObject({ format: 'tuiguan-export', retirees: [{ idNumber: NUMBER }] });
  expect(download.suggestedFilename()).toBe('tuiguan.json');
  await phone.page.emulateMedia({ media: 'print' });
  expect(await phone.page.getByRole('button', { name: '打印' }).isVisible()).toBe(false);
  expect(phone.complaints).toEqual([]);
  await phone.close();
});

test('the account is closed after the open case was named; the page says what stays and why', async () => {
  const chen = await pages.house.signIn(CHEN);
  await chen.post('/api/me/bind', { name: '陈建国', idNumber: namedRetirees[1]?.idNumber });
  await apply(chen, 'call-back', { phone: CHEN });
  const phone = await (await pages.phone()).signIn(CHEN);
  await phone.page.goto('/me/delete');
  await phone.sees('删除账号');
  await phone.page.getByText('请社区回电（梓园社区）').waitFor();
  await phone.page.getByText('政府的规定（第四条）').waitFor();
  await prove(phone, CHEN, '删除账号');
  await phone.sees('账号已经删除');
  expect(await phone.flaws()).toEqual([]);
  await phone.press('回首页');
  await phone.page.getByRole('link', { name: /^用手机号登录/ }).waitFor();
  const again = await (await pages.phone()).signIn(CHEN);
  await again.page.getByRole('link', { name: /^绑定我的退休信息/ }).waitFor();
  await again.close();
  await phone.close();
});

test('opened in Telegram, the page signs in by itself, takes the secret out of its address, and asks before it changes over', async () => {
  const fragment = (id: number) =>
    `#tgWebAppData=${encodeURIComponent(initDataOf({ id, at: new Date() }))}&tgWebAppVersion=8.0`;
  const chat = (id: number) => ({
    inner: { chat: { kind: 'telegram' as const, id: String(id), name: '', language: 'zh' } },
  });
  const body = JSON.stringify({ phone: LIU, own: true });
  const headers = { 'content-type': 'application/json' };
  await pages.house.app.request('/api/chat/contact', { method: 'POST', body, headers }, chat(77001));
  const phone = await pages.phone();
  const asked: string[] = [];
  phone.page.on('request', (request) => asked.push(request.url()));
  await phone.page.goto(`/tg?to=/me${fragment(77001)}`);
  await phone.sees('我的信息');
  await phone.page.getByRole('heading', { name: '刘淑兰（本人）' }).waitFor();
  expect(phone.page.url()).not.toContain('#');
  expect(asked.filter((url) => !url.startsWith(pages.house.url))).toEqual([]);
  await phone.page.goBack();
  expect(phone.page.url()).not.toContain('tgWebAppData');

  await phone.page.goto('/');
  await phone.page.goto(`/tg${fragment(77002)}`);
  await phone.sees('要换成 Telegram 的账号吗？');
  await phone.page.getByText('现在登录的是刘淑兰。').waitFor();
  expect(await phone.flaws()).toEqual([]);
  await phone.press('不换，还用现在的');
  await phone.sees('您要办什么事？');
  await phone.page.getByText('刘淑兰').first().waitFor();

  // Somewhere else on the net it leads nowhere.
  await phone.page.goto(`/tg?to=//evil.example${fragment(77001)}`);
  await phone.sees('您要办什么事？');
  expect(phone.page.url()).toBe(`${pages.house.url}/`);
  expect(phone.complaints).toEqual([]);
  await phone.close();
});

test('the words of the pages come in the language that is chosen on them', async () => {
  const phone = await (await pages.phone()).signIn('13955594001');
  await phone.page.goto('/me');
  await phone.sees('我的信息');
  await phone.press('English');
  await phone.sees('My data');
  await phone.page.goto('/me/devices');
  await phone.sees('Signed-in devices');
  await phone.press('繁體中文');
  await phone.sees('登錄的設備');
  expect(await phone.page.locator('html').getAttribute('lang')).toBe('zh-Hant');
  await phone.close();
});
