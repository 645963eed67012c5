// The door of an activity on a clerk's phone whose network is off: names tapped, a code read by the camera, sent later, once.
import encodeQR from 'qr';
import { chromium, type Browser, type Page } from 'playwright-core';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hold, inDays } from '../api/activities/hold.ts';
import type { Browser as Caller } from '../tools/browser.ts';
import { findChromium } from '../tools/chromium.ts';
import { openTestHouse, type HouseUnderTest } from '../tools/house-under-test.ts';
import { LIU, OLD_CLERK } from '../tools/story.ts';
import { Desk } from './staff-desk.ts';

let house: HouseUnderTest;
let clerk: Caller;
let browser: Browser;
let folder: string;
let activity: string;

beforeAll(async () => {
  house = await openTestHouse();
  clerk = await house.signIn(OLD_CLERK);
  activity = await hold(clerk, { ...inDays(3), seats: 10 });
  const liu = await house.signIn(LIU);
  const [{ id: retireeId }] = (await liu.get('/api/me')).body.people;
  const { body } = await liu.post(`/api/activities/${activity}/sign-ups`, {
    retireeId,
    needs: { company: true, slow: false },
  });
  await others();
  folder = await mkdtemp(join(tmpdir(), 'tuiguan-door-'));
  await writeFile(join(folder, 'camera.mjpeg'), await showing(body.id));
  const camera = [
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${join(folder, 'camera.mjpeg')}`,
  ];
  browser = await chromium.launch({ executablePath: await findChromium(), args: ['--no-sandbox', ...camera] });
});
afterAll(async () => {
  await browser.close();
  await house.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Two more people of the community who signed up. */
async function others(): Promise<void> {
  await house.connection.sql`
    insert into sign_ups (activity_id, retiree_id, account_id, state, size, at)
    select ${activity}, r.id, (select id from accounts limit 1), 'in', 1, now()
      from retirees r join care c on c.retiree_id = r.id and c.until is null
     where c.unit_id = '430102001001' and r.died_on is null and not exists (select from links l where l.retiree_id = r.id)
     order by r.id limit 2`;
  await house.connection.sql`update activities set taken = 3 where id = ${activity}`;
}

/** A code as a phone's camera sees it. */
async function showing(code: string): Promise<Buffer> {
  const modules = encodeQR(code, 'raw', { ecc: 'medium', border: 4 });
  const pixels = Buffer.from(modules.flatMap((row) => row.map((dark) => (dark ? 0 : 255))));
  const raw = { width: modules.length, height: modules.length, channels: 1 as const };
  return sharp(pixels, { raw })
    .resize(480, 480, { kernel: 'nearest' })
    .extend({ left: 80, right: 80, background: 'white' })
    .toColourspace('srgb')
    .jpeg()
    .toBuffer();
}

async function phone(): Promise<Desk> {
  const context = await browser.newContext({
    viewport: { width: 360, height: 800 },
    locale: 'zh-CN',
    baseURL: house.url,
    permissions: ['camera'],
  });
  const session = clerk.cookie('session') ?? '';
  await context.addCookies([{ name: 'session', value: session, url: house.url }]);
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  return new Desk(house, page);
}

const came = async () => (await clerk.get(`/api/staff/activities/${activity}`)).body.people.came;
const boxes = (page: Page) => page.locator('.care-rows input');
const pictures = process.env['PICTURES'];

test('without a network names are tapped and a code is read; opened anew it is all there; later it is sent once', async () => {
  const desk = await phone();
  const { page } = desk;
  await desk.opens(`/staff/activities/${activity}`, '浏阳河边走一走');
  await page.getByRole('link', { name: '签到' }).click();
  await desk.sees('到场 0 人，报名 3 人。');
  expect([...(await desk.flaws()), ...(await desk.misfits())]).toEqual([]);
  await page.waitForFunction(() => caches.has('door'));
  await page.waitForFunction(async () => (await (await caches.open('door')).keys()).length > 3);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.context().setOffline(true);
  await page.reload();
  await desk.sees('到场 0 人，报名 3 人。');
  await boxes(page).nth(1).check();
  await desk.sees('有 1 条签到还没传上去');
  await desk.press('扫码签到');
  await desk.sees('刘淑兰到了。');
  await desk.press('关掉相机');
  if (pictures) await page.screenshot({ path: `${pictures}/door.png` });
  expect([...(await desk.flaws()), ...(await desk.misfits()), ...desk.complaints]).toEqual([]);
  await page.reload();
  await desk.sees('到场 2 人，报名 3 人。');
  await desk.sees('有 2 条签到还没传上去');
  expect(await came()).toBe(0);

  // Somebody else with the same list had a network all the time.
  const other = await phone();
  await other.opens(`/staff/activities/${activity}/door`, /^签到/);
  await boxes(other.page).nth(1).check();
  await expect.poll(came).toBe(1);
  await page.context().setOffline(false);
  await expect.poll(came, { timeout: 20_000 }).toBe(2);
  await page.getByText('还没传上去').waitFor({ state: 'detached' });
  // Tapped by mistake: taken back.
  await boxes(other.page).nth(1).uncheck();
  await expect.poll(came).toBe(1);
  await page.getByLabel('按姓名找').fill('刘淑');
  expect(await boxes(page).count()).toBe(1);
  await other.close();
  // Signing out while something could not be sent warns; what waits stays, without a name.
  const stored = () => page.evaluate(() => Object.entries(localStorage).filter(([key]) => key.startsWith('door:')));
  await page.route('**/check-ins', (route) => route.abort());
  await boxes(page).first().uncheck();
  await desk.sees('有 1 条签到还没传上去');
  if (pictures) await page.screenshot({ path: `${pictures}/door-unsent.png`, fullPage: true });
  await desk.press('菜单');
  await desk.press('退出登录');
  await desk.sees('还有 1 条签到没有传上去');
  await desk.press('退出登录');
  await page.getByLabel('手机号').waitFor();
  const [[, left = ''] = []] = await stored();
  expect(JSON.parse(left)).toMatchObject({ list: null, checks: [{ present: false }] });
  // Signed in again, they are sent; and whoever signs out leaves no list of names.
  await page.unroute('**/check-ins');
  clerk = await house.signIn(OLD_CLERK);
  await page.context().addCookies([{ name: 'session', value: clerk.cookie('session') ?? '', url: house.url }]);
  await page.reload();
  await expect.poll(came).toBe(0);
  await page.getByText('还没传上去').waitFor({ state: 'detached' });
  await desk.press('菜单');
  await desk.press('退出登录');
  await page.getByLabel('手机号').waitFor();
  expect(await stored()).toEqual([]);
  await desk.close();
});
