// An activity on a phone: found by nearness, signed up for with one tap, for oneself and for a spouse, waited for, confirmed, given up.
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hold, inDays } from '../api/activities/hold.ts';
import { heic } from '../tools/heic.ts';
import { DAUGHTER, LIU, OLD_CLERK } from '../tools/story.ts';
import { openPages, type Pages, type Phone } from './phone.ts';
import { narrow, openOffices, type Offices } from './staff-desk.ts';

const TITLE = '浏阳河边走一走';
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

const pictures = process.env['PICTURES'];
const picture = async (page: Phone['page'], name: string, fullPage = false) => {
  if (pictures) await page.screenshot({ path: `${pictures}/${name}.png`, fullPage });
};
const flawsOf = async (phone: Phone): Promise<unknown[]> => [
  ...(await phone.flaws()),
  ...(await phone.smallTargets()),
  ...phone.complaints,
  ...((await phone.overflow()) > 0 ? ['too wide'] : []),
];

/** The husband of 刘淑兰 for this story: somebody of her community, whom she may act for. */
async function husband(): Promise<string> {
  const { sql } = pages.house.connection;
  const [row] = await sql<{ name: string }[]>`
    with he as (select r.id, r.name from retirees r join care c on c.retiree_id = r.id and c.until is null
       where c.unit_id = '430102001001' and r.sex = 'male' and r.died_on is null
         and not exists (select from links l where l.retiree_id = r.id) order by r.id limit 1),
    link as (insert into links (account_id, retiree_id, relation, scope)
      select l.account_id, he.id, 'spouse', 'apply' from he, links l join retirees r on r.id = l.retiree_id
       where r.name = '刘淑兰' and l.relation = 'self')
    select name from he`;
  return row?.name ?? '';
}

test('found on the home page, signed up for with one tap, for herself and for her husband, who waits and is called', async () => {
  const clerk = await offices.signIn(OLD_CLERK);
  const name = await husband();
  await hold(clerk, { ...inDays(6), seats: 1, mapUrl: 'https://uri.amap.com/marker?position=113,28' });
  await hold(clerk, { ...inDays(6), title: '剪纸课', kind: 'culture', seats: 30, companions: true, costFen: 500 });
  const phone = await (await pages.phone()).signIn(LIU);
  await phone.control(/^活动/).waitFor();
  await picture(phone.page, 'home', true);
  await phone.press(/^活动/);
  await phone.sees('活动');
  await picture(phone.page, 'list');
  expect(await flawsOf(phone)).toEqual([]);
  await phone.press(new RegExp(TITLE));
  await phone.sees(TITLE);
  await picture(phone.page, 'activity');
  await picture(phone.page, 'activity-whole', true);
  expect(await flawsOf(phone)).toEqual([]);
  await phone.page.getByRole('region', { name: '刘淑兰' }).getByLabel('我要人陪').check();
  await phone.press('给刘淑兰报名');
  await phone.page.getByText('刘淑兰：报上名了').waitFor();
  // Of one seat none is left: he waits.
  await phone.press(`给${name}排队`);
  await phone.page.getByText(`${name}：在排队，排第 1 位`).waitFor();
  // What she said is ticked, and can be said or taken back with one tap.
  const she = phone.page.getByRole('region', { name: '刘淑兰' });
  expect(await she.getByLabel('我要人陪').isChecked()).toBe(true);
  await she.getByLabel('行动不便').tap();
  await she.getByText('记下了，社区知道了。').waitFor();
  await expect.poll(() => she.getByLabel('行动不便').isChecked()).toBe(true);
  await picture(phone.page, 'signed-up', true);
  expect(await flawsOf(phone)).toEqual([]);

  await phone.press('返回');
  await phone.press(/剪纸课/);
  await phone.page.getByText(`刘淑兰那个时间还报了“${TITLE}”`).waitFor();
  await picture(phone.page, 'clash', true);
  expect(await flawsOf(phone)).toEqual([]);

  await phone.page.goto('/a/mine');
  await phone.sees('我报名的活动');
  await phone.press(new RegExp(TITLE));
  const her = phone.page.getByRole('region', { name: '刘淑兰' });
  await her.getByText('到门口给工作人员扫的码').tap();
  await her.getByRole('img', { name: '刘淑兰的签到码' }).waitFor();
  await picture(phone.page, 'pass', true);
  expect(await flawsOf(phone)).toEqual([]);
  await her.getByRole('button', { name: '不去了，取消报名' }).tap();
  await her.getByText('真的取消吗').waitFor();
  await her.getByRole('button', { name: '真的取消' }).tap();
  await phone.page.getByText(`${name}：有名额了`).waitFor();
  await picture(phone.page, 'offered', true);
  expect(await flawsOf(phone)).toEqual([]);
  await phone.press('我去，确认名额');
  await phone.page.getByText(`${name}：报上名了`).waitFor();
  await phone.page.goto('/a/mine');
  await phone.page.getByText(`${name}：报上名了`).waitFor();
  await picture(phone.page, 'mine');
  expect(await flawsOf(phone)).toEqual([]);

  // At the door there may be no network: the code opens all the same.
  await phone.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await phone.page.reload();
  await phone.press(new RegExp(TITLE));
  await phone.sees(TITLE);
  await phone.context.setOffline(true);
  await phone.page.reload();
  await phone.page.getByText('到门口给工作人员扫的码').tap();
  await phone.page.getByRole('img', { name: `${name}的签到码` }).waitFor();
  await phone.press('不去了，取消报名');
  await phone.press('真的取消');
  await phone.page.getByText('现在没有网络，没有办成').waitFor();
  await phone.context.setOffline(false);
  expect(phone.complaints).toEqual([]);
  await phone.close();
});

test('afterwards whoever was there says how it was with one tap, and a few words', async () => {
  const { sql } = pages.house.connection;
  const held = await hold(await offices.signIn(OLD_CLERK), { ...inDays(2), title: '包饺子' });
  const phone = await (await pages.phone()).signIn(LIU);
  await phone.page.goto(`/a/${held}`);
  await phone.press('给刘淑兰报名');
  await phone.page.getByText('刘淑兰：报上名了').waitFor();
  await sql`update activities set starts_at = now() - interval '3 hours', ends_at = now() - interval '1 hour',
    opens_at = now() - interval '2 days', closes_at = now() - interval '1 day' where id = ${held}`;
  await sql`update sign_ups set checked_at = now(), checked_in_at = now() where activity_id = ${held}`;
  await phone.page.goto('/a/mine');
  await phone.press(/包饺子.*评一评/);
  await phone.page.getByText('刘淑兰去了，觉得怎么样？').waitFor();
  await picture(phone.page, 'rating', true);
  expect(await flawsOf(phone)).toEqual([]);
  await phone.press('4 分，满意');
  await phone.page.getByText('刘淑兰评了 4 分').waitFor();
  await phone.page.getByLabel('还有什么想说的？可以不写').fill('面和得好');
  expect(await flawsOf(phone)).toEqual([]);
  await phone.press('告诉社区');
  await phone.page.getByText('您说的话，社区看到了').waitFor();

  // A clerk adds a photo, once everybody on it agreed; she would rather not be seen, and it is gone.
  const desk = await offices.desk(OLD_CLERK, narrow);
  await desk.opens(`/staff/activities/${held}`, '包饺子');
  await desk.sees('平均 4 分，1 人评了。');
  const buffer = await sharp({ create: { width: 400, height: 300, channels: 3, background: '#369' } })
    .jpeg()
    .toBuffer();
  const choose = () =>
    desk.page.getByLabel('选一张照片').setInputFiles({ name: 'photo.jpg', mimeType: 'image/jpeg', buffer });
  await choose();
  await desk.sees('请先确认：照片里认得出的每个人都同意。');
  await desk.page.getByLabel('照片里认得出的每个人都同意放上来').check();
  // As an iPhone keeps it, where nothing can draw it: the words say what to do.
  await desk.page
    .getByLabel('选一张照片')
    .setInputFiles({ name: 'IMG_0001.HEIC', mimeType: 'image/heic', buffer: heic });
  await desk.sees('请直接拍一张，或者换成 JPG 格式的照片');
  await desk.page.getByLabel('照片里认得出的每个人都同意放上来').check();
  await choose();
  await desk.sees('照片传上去了。');
  await desk.page.getByRole('img', { name: '第 1 张活动照片' }).waitFor();
  expect([...(await desk.flaws()), ...(await desk.misfits()), ...desk.complaints]).toEqual([]);
  await picture(desk.page, 'staff-photos', true);
  await desk.close();
  await phone.page.reload();
  const photo = phone.page.getByRole('img', { name: '第 1 张活动照片' });
  await photo.scrollIntoViewIfNeeded();
  expect(await flawsOf(phone)).toEqual([]);
  await picture(phone.page, 'photos', true);
  await phone.press('撤下第 1 张');
  await phone.press('撤下这张照片');
  await phone.page.getByText('照片撤下了。').waitFor();
  await photo.waitFor({ state: 'detached' });
  expect(phone.complaints).toEqual([]);
  await phone.close();
});

test('a daughter sees her mother’s; a guest reads one and is led to sign in', async () => {
  const daughter = await (await pages.phone()).signIn(DAUGHTER);
  await daughter.page.goto('/a');
  await daughter.press(/剪纸课/);
  await daughter.control('给刘淑兰报名').waitFor();
  const address = new URL(daughter.page.url()).pathname;
  await daughter.close();
  const guest = await pages.phone();
  await guest.page.goto(address);
  await guest.control('登录以后报名').waitFor();
  expect(await flawsOf(guest)).toEqual([]);
  await guest.close();
});
