// What holds on every page (the standard for pages): axe with the AAA contrast rule finds nothing, targets are large, nothing is
// wider than the narrowest phone even at the largest text, there is always a way to a human, and the first visit is small.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DAUGHTER } from '../tools/story.ts';
import { firstLoad } from '../pages/budgets.ts';
import { firstVisit } from './first-visit.ts';
import { aboutNobody, drawn, hangGallery, standing } from './gallery.ts';
import { openPages, type Pages, type Phone } from './phone.ts';

let pages: Pages;
let phone: Phone;
let addresses: ReadonlyMap<string, string>;

beforeAll(async () => {
  pages = await openPages();
  addresses = await hangGallery(pages.house);
  phone = await (await pages.phone({ width: 320 })).signIn(DAUGHTER);
});
afterAll(async () => {
  await pages.stop();
});

async function open(name: string): Promise<void> {
  await phone.page.goto(addresses.get(name) ?? '');
  await phone.page.getByRole('heading', { level: 1 }).waitFor();
  await phone.page.locator('.loading').waitFor({ state: 'detached' });
}

describe.each([...standing.keys(), ...drawn])('the page “%s”', (name) => {
  test('holds what every page holds', async () => {
    await open(name);
    expect(await phone.flaws()).toEqual([]);
    expect(await phone.smallTargets()).toEqual([]);
    expect(await phone.page.locator('header .call').getAttribute('href')).toMatch(/^tel:/);
    expect(await phone.page.title()).toMatch(/退管通$/);
    // Whom it is about stands on every page; a form about nobody known yet names nobody.
    const named = await phone.page.getByText('刘淑兰').count();
    expect(named > 0).toBe(!aboutNobody.includes(name));
    expect(await phone.overflow()).toBe(0);
    await phone.page.evaluate(() => {
      document.documentElement.style.fontSize = '200%';
    });
    expect(await phone.overflow()).toBe(0);
  });
});

test('the home page holds it for those who are not signed in, too, and costs no more than a first visit may', async () => {
  const stranger = await pages.phone();
  const { unpacked, ...cost } = await firstVisit(stranger);
  expect(unpacked).toEqual([]);
  const over = Object.entries(cost).filter(([what, value]) => value > firstLoad[what as keyof typeof firstLoad]);
  expect(over).toEqual([]);
  await stranger.page.getByRole('link', { name: /^用手机号登录/ }).waitFor();
  expect(await stranger.flaws()).toEqual([]);
  expect(await stranger.smallTargets()).toEqual([]);
  await stranger.page.goto('/s/relocation');
  await stranger.press('先登录，再开始');
  await stranger.sees('登录');
  await stranger.close();
});

test('the text grows to 30 px at least, and stays so', async () => {
  await open('home');
  await phone.press('最大');
  await open('help');
  expect(
    await phone.page.evaluate(() => Number.parseFloat(getComputedStyle(document.body).fontSize)),
  ).toBeGreaterThanOrEqual(30);
  expect(await phone.overflow()).toBe(0);
  await phone.press('大');
});

test('the standard version and another language stay chosen', async () => {
  await open('home');
  await phone.press('换标准版');
  await phone.press('English');
  await phone.sees('What would you like to do?');
  await open('cases');
  await phone.sees('My applications');
  expect(
    await phone.page.evaluate(() => [document.documentElement.lang, document.documentElement.dataset['edition']]),
  ).toEqual(['en', 'standard']);
  await phone.press('简体中文');
  await phone.sees('我办的事');
  await phone.press('长辈版');
});

test('nothing is refused by the policy of the pages, and nothing goes wrong unseen', () => {
  expect(phone.complaints).toEqual([]);
});

test('what was read can be read again without a network', async () => {
  await open('case');
  await phone.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  // The page that installs the worker is not yet served by it.
  await open('case');
  await phone.context.setOffline(true);
  await phone.page.reload();
  await phone.page.getByText('现在没有网络。这是上次看到的内容。').waitFor();
  expect(await phone.page.locator('.digits').textContent()).toMatch(/^[\d ]+$/);
  await phone.context.setOffline(false);
});
