// A street's notice from the clerk's desk to the people of the street: a colleague approves it, a retiree of the street reads it on the
// page and in chat, hears it, and reads it again without a network; a retiree of another street sees nothing of it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoData } from '../../db/seed/demo/index.ts';
import { join, tapOn } from '../bot/people.ts';
import { LIU } from '../tools/story.ts';
import { openPages, type Pages, type Phone } from './phone.ts';
import { narrow, openOffices, type Desk, type Offices } from './staff-desk.ts';

const STREET = '430102001';
const TITLE = '12 月免费体检';
const postAt = (unitId: string, role: string) =>
  demoData().staff.find((one) => one.unitId === unitId && one.role === role)?.phone ?? '';
let pages: Pages;
let offices: Offices;
let address: string;

beforeAll(async () => {
  pages = await openPages();
  offices = await openOffices(pages.house);
});
afterAll(async () => {
  await offices.stop();
  await pages.stop();
});

/** What no page may have, in the state that it is in. */
const flawsOf = async (desk: Desk): Promise<string[]> => [
  ...(await desk.flaws()),
  ...(await desk.misfits()),
  ...desk.complaints,
];
const pictures = process.env['PICTURES'];
const picture = async (page: Phone['page'], name: string) => {
  if (pictures) await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
};

/** Somebody of another street, bound to their record. */
async function neighbour(): Promise<string> {
  const number = '13912340001';
  await pages.house.signInByPhone(number);
  const { sql } = pages.house.connection;
  await sql`insert into links (account_id, retiree_id, relation)
    select (select a.id from accounts a order by a.created_at desc limit 1), r.id, 'self'
      from retirees r join care c on c.retiree_id = r.id and c.until is null
     where c.unit_id not like ${`${STREET}%`} and r.died_on is null and r.name <> '刘淑兰' limit 1`;
  return number;
}

test('a clerk of the street writes it; what was pasted from Word is cleaned and shown first', async () => {
  const desk = await offices.desk(postAt(STREET, 'clerk'), narrow);
  await desk.opens('/staff/notices', '通知');
  await desk.sees('认证不收钱，不要点陌生链接');
  expect(await flawsOf(desk)).toEqual([]);
  await desk.press('写一条通知');
  await desk.page.getByRole('heading', { level: 1, name: '写通知' }).waitFor();
  await desk.press('保存并提交审核');
  await desk.page.getByRole('alert').getByText('请写标题。').waitFor();
  expect(await flawsOf(desk)).toEqual([]);
  await desk.page.getByLabel('标题', { exact: true }).fill(TITLE);
  await desk.page.getByLabel('一句话说明').fill('65 岁以上的人，12 月可以到社区医院免费体检，带身份证。');
  await desk.page.getByLabel('正文').evaluate((field) => {
    const data = new DataTransfer();
    data.setData(
      'text/html',
      '<h2>时间<script>alert(1)</script></h2><p class=MsoNormal>12月1日到20日。早上八点开始。<o:p></o:p></p><ul><li>带身份证</li><li>不吃早饭</li></ul>',
    );
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await desk.sees('粘贴的内容清理好了');
  await desk.sees('里面有程序代码，已经去掉。');
  expect(await flawsOf(desk)).toEqual([]);
  await desk.press('放进正文');
  await desk.page.locator('.notice-preview-large').getByRole('heading', { name: '时间' }).waitFor();
  await desk.page.getByLabel('到哪天止').fill('2020-01-01');
  await desk.press('保存并提交审核');
  await desk.page.getByRole('alert').getByText('截止日期已经过了').waitFor();
  await desk.page.getByLabel('到哪天止').fill('');
  await desk.page.getByLabel('其中一部分人').check();
  await desk.page.getByLabel('年龄从（岁）').fill('80');
  await desk.page.getByLabel('到（岁）').fill('60');
  await desk.press('保存');
  await desk.page.getByRole('alert').getByText('年龄写反了').waitFor();
  expect(await flawsOf(desk)).toEqual([]);
  await picture(desk.page, 'audience');
  await desk.page.getByLabel('本单位服务的所有人').check();
  await desk.press('保存');
  await desk.sees('已经保存。');
  await picture(desk.page, 'editor');
  await desk.press('保存并提交审核');
  await desk.sees('这是您提交的');
  expect(await desk.page.getByRole('button', { name: '审核通过，发布' }).count()).toBe(0);
  await picture(desk.page, 'submitted');
  expect(await flawsOf(desk)).toEqual([]);
  await desk.close();
});

test('a colleague looks at it as it will stand on pages and in chat, and publishes it', async () => {
  const desk = await offices.desk(postAt(STREET, 'lead'), narrow);
  await desk.opens('/staff/notices', '通知');
  await desk.page.getByRole('link', { name: new RegExp(TITLE) }).click();
  await desk.page.locator('.notice-chat').getByText('一句话说明：65 岁以上').waitFor();
  await desk.press('审核通过，发布');
  await desk.sees('已经发布。');
  await desk.page.getByRole('heading', { name: '送达情况' }).waitFor();
  expect(await flawsOf(desk)).toEqual([]);
  await picture(desk.page, 'published');
  const id = /notices\/([\w-]+)/.exec(desk.page.url())?.[1];
  address = `/n/${id}`;
  await desk.page.getByRole('link', { name: '还没看的人' }).click();
  await desk.page.getByRole('heading', { level: 1, name: /要当面告诉的人/ }).waitFor();
  expect(await desk.page.locator('.care-sheet tbody tr').count()).toBeGreaterThan(10);
  expect(await flawsOf(desk)).toEqual([]);
  await picture(desk.page, 'tell');
  await desk.close();
});

test('a retiree of the street finds it, hears it sentence by sentence, and reads it again without a network', async () => {
  const phone = await (await pages.phone()).signIn(LIU);
  await phone.getVoice();
  await phone.page.goto('/');
  await phone.control(/^通知/).waitFor();
  await picture(phone.page, 'home');
  await phone.press(/^通知/);
  await phone.sees('通知');
  await phone.page.getByText('还没看').first().waitFor();
  await picture(phone.page, 'list');
  await phone.press(new RegExp(TITLE));
  await phone.sees(TITLE);
  expect(await phone.flaws()).toEqual([]);
  expect(await phone.smallTargets()).toEqual([]);
  await phone.press('朗读');
  const marked = phone.page.locator('.spoken');
  await phone.voiceEnds();
  await marked.getByText('65 岁以上的人').waitFor();
  await phone.voiceEnds();
  await phone.voiceEnds();
  expect(await marked.textContent()).toBe('12月1日到20日。');
  await phone.voiceEnds();
  expect(await marked.textContent()).toBe('早上八点开始。');
  expect(await phone.flaws()).toEqual([]);
  await picture(phone.page, 'reading');
  await phone.page.emulateMedia({ media: 'print' });
  await picture(phone.page, 'printed');
  await phone.page.emulateMedia({ media: 'screen' });
  await phone.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await phone.page.reload();
  await phone.sees(TITLE);
  await phone.context.setOffline(true);
  await phone.page.reload();
  await phone.page.getByText('现在没有网络。这是上次看到的内容。').waitFor();
  await phone.page.getByText('不吃早饭').waitFor();
  await phone.context.setOffline(false);
  expect((await phone.page.pdf({ format: 'A4' })).length).toBeGreaterThan(1000);
  expect(phone.complaints).toEqual([]);
  await phone.close();
});

test('and in chat: the list, a button, the words', async () => {
  const liu = await join(pages.house, '刘淑兰', LIU);
  liu.send('通知');
  tapOn(liu, await liu.answer('给您的通知'), TITLE);
  const shown = await liu.answer('一句话说明：65 岁以上');
  expect(shown.text).toContain('· 不吃早饭');
  const lead = await offices.signIn(postAt(STREET, 'lead'));
  const { body } = await lead.get(`/api/staff/notices/${address.slice(3)}/reach?unit=${STREET}`);
  // Once a person, whether on the page or in chat.
  expect(body.reached).toBe(1);
});

test('a retiree of another street sees nothing of it, on the page or in chat', async () => {
  const number = await neighbour();
  const phone = await (await pages.phone()).signIn(number);
  await phone.page.goto('/n');
  await phone.page.getByText('认证不收钱').waitFor();
  expect(await phone.page.getByText(TITLE).count()).toBe(0);
  await phone.close();
  const chat = await join(pages.house, '邻居', number);
  chat.send('通知');
  expect((await chat.answer('给您的通知')).text).not.toContain(TITLE);
});

test('without a script the page says the same, and tells others what it is', async () => {
  const [context] = [await pages.phone()];
  const browser = context.context.browser();
  const plain = await browser?.newContext({ javaScriptEnabled: false, baseURL: pages.house.url });
  const page = await plain?.newPage();
  await page?.goto(address);
  expect(await page?.getByRole('heading', { level: 1 }).textContent()).toBe(TITLE);
  expect(await page?.getByText('不吃早饭').count()).toBe(1);
  expect(await page?.locator('meta[property="og:description"]').getAttribute('content')).toContain('65 岁以上');
  if (page) await picture(page, 'no-script');
  await plain?.close();
  await context.close();
});
