// Markup and scripts in every name and answer, on every page that shows them, in a real browser: they are read as words. And an
// address that wants to lead elsewhere after signing in leads home.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { namedRetirees } from '../../db/seed/demo/named.ts';
import type { Browser } from '../tools/browser.ts';
import { apply, LIU, OLD_CLERK, RECEIVING_CLERK } from '../tools/story.ts';
import { COMMUNITY, publish } from '../api/notices/press.ts';
import { openPages, type Pages, type Phone } from './phone.ts';

/** Fits into a part of an address and into a name. */
const MARKUP = '<img src=x onerror=pwned()>';
const WORDS = `</p><script>pwned()</script><svg onload=pwned()>[x](javascript:pwned())"onfocus="pwned()" autofocus="`;

let pages: Pages;
let number: string;
let draft: string;
let liu: Browser;
let clerk: Browser;
let notice: string;

beforeAll(async () => {
  pages = await openPages();
  const { house } = pages;
  [liu, clerk] = await Promise.all([house.signIn(LIU), house.signIn(RECEIVING_CLERK)]);
  const second = await house.signIn('13800000021');
  const words = { title: MARKUP, summary: MARKUP, text: `${MARKUP}\n# ${MARKUP}\n- ${MARKUP}` };
  notice = `/n/${await publish(await house.signIn(OLD_CLERK), second, COMMUNITY, words)}`;
  await house.connection.sql`update retirees set name = ${MARKUP} where name = '刘淑兰'`;
  await house.connection.sql`update accounts set name = ${MARKUP} where name in ('刘淑兰', '张伟', '周敏')`;
  const home = { communityId: '430111001001', estate: MARKUP, building: MARKUP, unit: MARKUP, room: MARKUP };
  const answers = { to: 'city', home, since: '2026-01-05', reason: 'other', proof: null, handOver: true };
  number = await apply(liu, 'relocation', answers);
  const begun = (await clerk.post(`/api/cases/${number}/drafts`, { verb: 'return' })).body;
  const said = { missing: { value: ['other'] }, otherWords: { value: WORDS } };
  const { revision } = (await clerk.put(`/api/drafts/${begun.id}/answers`, { answers: said })).body;
  const returned = await clerk.post(`/api/drafts/${begun.id}/submit`, { checked: revision, version: 1 });
  if (returned.status !== 200) throw new Error(JSON.stringify(returned.body));
  draft = (await liu.post(`/api/cases/${number}/drafts`, { verb: 'resubmit' })).body.id;
});
afterAll(() => pages.stop());

/** A browser in which whatever runs is noticed. */
async function watched(session: string | undefined, width?: number): Promise<Phone> {
  const phone = await pages.phone(width === undefined ? {} : { width });
  await phone.context.addInitScript(() => {
    Object.assign(window, { ran: 0, pwned: () => Object.assign(window, { ran: 1 }) });
  });
  if (session) await phone.context.addCookies([{ name: 'session', value: session, url: pages.house.url }]);
  return phone;
}

/** What of it became more than words. */
const becameMarkup = (phone: Phone) =>
  phone.page.evaluate(() => {
    const made = 'img[src="x"], svg[onload], [onerror], [onfocus], a[href^="javascript:"], script:not([src])';
    const found = [...document.querySelectorAll(made)].map((element) => element.outerHTML);
    return { found, ran: (window as unknown as { ran: number }).ran };
  });

/** Waits until the words can be read, as words. @returns what else became of them */
async function after(phone: Phone, words: string) {
  await phone.page.getByText(words, { exact: false }).first().waitFor();
  return { ...(await becameMarkup(phone)), complaints: phone.complaints };
}
const NOTHING = { found: [], ran: 0, complaints: [] };

describe('on the people’s pages', () => {
  let phone: Phone;
  beforeAll(async () => {
    phone = await watched(liu.cookie('session'));
  });

  test.each([
    ['the home page', () => '/', MARKUP],
    ['the list of cases', () => '/c', MARKUP],
    ['the case', () => `/c/${number}`, MARKUP],
    ['what the clerk said', () => `/c/${number}`, '[x](javascript:pwned())'],
    ['messages', () => '/messages', MARKUP],
    ['a notice', () => notice, MARKUP],
    ['checking the answers', () => `/d/${draft}/check`, '<IMG'],
    ['a question answered', () => `/d/${draft}/home`, MARKUP],
    ['throwing it away', () => `/d/${draft}/discard`, MARKUP],
    ['whom to call', () => '/help', MARKUP],
  ])('%s', async (_what, path, words) => {
    await phone.page.goto(path());
    await phone.page.locator('h1.heading').waitFor();
    expect(await after(phone, words)).toEqual(NOTHING);
  });
});

describe('on the pages of staff', () => {
  let desk: Phone;
  beforeAll(async () => {
    const version = (await liu.get(`/api/cases/${number}`)).body.version;
    const { revision } = (await liu.get(`/api/drafts/${draft}`)).body;
    const again = await liu.post(`/api/drafts/${draft}/submit`, { checked: revision, version });
    if (again.status !== 200) throw new Error(JSON.stringify(again.body));
    desk = await watched(clerk.cookie('session'), 1280);
  });

  test.each([
    ['what waits', () => '/staff', MARKUP],
    ['the case', () => `/staff/c/${number}`, MARKUP],
    ['the answers', () => `/staff/c/${number}`, '<IMG'],
    ['the timeline', () => `/staff/c/${number}`, '[x](javascript:pwned())'],
    ['on paper', () => `/staff/print/${number}`, MARKUP],
  ])('%s', async (_what, path, words) => {
    await desk.page.goto(path());
    expect(await after(desk, words)).toEqual(NOTHING);
  });
});

test('in the simulator', async () => {
  const screen = await watched(undefined, 1280);
  await screen.page.goto('/simulator');
  await screen.page.getByRole('button', { name: '刘淑兰' }).waitFor();
  await screen.page.locator('.chip.add').click();
  await screen.page.locator('[name=firstName]').fill(MARKUP);
  await screen.page.locator('[name=phoneNumber]').fill('13700000010');
  await screen.page.locator('.new-phone .big').click();
  expect(await after(screen, MARKUP)).toEqual(NOTHING);
  pages.house.simulator.phone({ firstName: MARKUP, phoneNumber: '13700000010' }).send(WORDS);
  expect(await after(screen, '[x](javascript:pwned())')).toEqual(NOTHING);
});

describe('an address that leads elsewhere', () => {
  const elsewhere = [
    '//evil.example/x',
    '/\\evil.example',
    'https://evil.example',
    'javascript:pwned()',
    '/\t/evil.example',
  ];

  test.each(elsewhere)('%j leads home after signing in', async (to) => {
    const phone = await watched(liu.cookie('session'));
    await phone.page.goto(`/in?to=${encodeURIComponent(to)}`);
    // Whoever is signed in signs in once more: the page does not know them yet.
    await phone.context.clearCookies();
    await phone.page.getByLabel('您的手机号').fill(LIU);
    await phone.page.route('**/api/sign-in*', (route) => route.fulfill({ json: { signedIn: true } }));
    await phone.page.route('**/api/sign-in/code', (route) => route.fulfill({ json: { sent: true } }));
    await phone.press('发验证码');
    await phone.page.getByLabel('验证码').fill('123456');
    await phone.press('登录');
    await phone.sees('您要办什么事？');
    expect(new URL(phone.page.url()).href).toBe(`${pages.house.url}/`);
    expect(await becameMarkup(phone)).toEqual({ found: [], ran: 0 });
    await phone.close();
  });

  test('leads home after being bound, too', async () => {
    const [, chen] = namedRetirees;
    const session = (await pages.house.signIn('13800000003')).cookie('session');
    const phone = await watched(session);
    await phone.page.goto('/bind?to=//evil.example/x');
    await phone.page.getByLabel('姓名').fill('陈建国');
    await phone.page.getByLabel('身份证号').fill(chen?.idNumber ?? '');
    await phone.page.locator('form button[type=submit]').click();
    const onward = phone.page.locator('a.button');
    await onward.waitFor();
    expect(await onward.getAttribute('href')).toBe('/');
  });
});
