// A clerk divides a community of 173 people lawfully, on a phone: looks at what is proposed, moves people, is told what is not lawful,
// confirms, chooses who leads. A retiree finds her group with its leader's phone, and asks to change; the clerk agrees.
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { logins } from '../../db/schema/access.ts';
import { COMMUNITY, haveSo, STREET } from '../api/groups/people.ts';
import { join, NEWS_MS, tapOn } from '../bot/people.ts';
import { apply, LIU, OLD_CLERK } from '../tools/story.ts';
import { openPages, type Pages, type Phone } from './phone.ts';
import { narrow, openOffices, wide, type Desk, type Offices } from './staff-desk.ts';

const STREET_LEAD = '13800000021';
let pages: Pages;
let offices: Offices;

beforeAll(async () => {
  pages = await openPages();
  offices = await openOffices(pages.house);
  await haveSo(pages.house, COMMUNITY, 173);
});
afterAll(async () => {
  await offices.stop();
  await pages.stop();
});

const flawsOf = async (desk: Desk): Promise<string[]> => [
  ...(await desk.flaws()),
  ...(await desk.misfits()),
  ...desk.complaints,
];
const pictures = process.env['PICTURES'];
const picture = async (page: Phone['page'], name: string) => {
  if (pictures) await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
};
const sql = (query: string) => pages.house.connection.sql.unsafe(query);
const sizes = async (): Promise<number[]> => {
  const rows = await sql(`select count(*)::int as n from group_members m join groups g on g.id = m.group_id
    where g.unit_id = '${COMMUNITY}' and m.until is null group by g.id`);
  return rows.map((row) => Number(row['n']));
};

test('a clerk divides 173 people into groups of 30 to 50, moving some by hand', async () => {
  const desk = await offices.desk(OLD_CLERK, narrow);
  await desk.opens('/staff/groups', '自管小组');
  await desk.sees('自管覆盖率 0%');
  await desk.sees('还有 173 人不在小组里。');
  expect(await flawsOf(desk)).toEqual([]);
  await picture(desk.page, 'before');
  await desk.press('分成小组');
  await desk.page.getByRole('heading', { level: 1, name: '识字里社区的分组' }).waitFor();
  await picture(desk.page, 'proposal');
  await desk.page.locator('.group-proposed').first().locator('summary').click();
  const ticks = desk.page.locator('.group-proposed').first().getByRole('checkbox');
  const count = await ticks.count();
  for (let at = 0; at < count - 29; at += 1) await ticks.nth(at).check();
  await desk.page.getByLabel(/移到/).selectOption({ index: 1 });
  expect(await flawsOf(desk)).toEqual([]);
  await picture(desk.page, 'moving');
  await desk.press('移过去');
  await desk.sees(`已把 ${count - 29} 人移到第2小组。`);
  await desk.sees('人数不合规定（30 到 50 人）');
  expect(await desk.button('确认分组').isDisabled()).toBe(true);
  expect(await flawsOf(desk)).toEqual([]);
  await picture(desk.page, 'unlawful');
  // Those who were moved are marked by where they would be; one goes back, and more as they are needed.
  await desk.page.reload();
  const second = desk.page.locator('.group-proposed').nth(1);
  await second.locator('summary').click();
  for (let at = 0; at < count - 29; at += 1) await second.getByRole('checkbox').nth(at).check();
  await desk.page.getByLabel(/移到/).selectOption({ index: 0 });
  await desk.press('移过去');
  await desk.sees('移到第1小组。');
  await desk.press('确认分组');
  await desk.sees('自管覆盖率 100%');
  const all = await sizes();
  expect(all.reduce((sum, one) => sum + one, 0)).toBe(173);
  expect(all.every((one) => one >= 30 && one <= 50)).toBe(true);
  expect(await flawsOf(desk)).toEqual([]);
  await picture(desk.page, 'after');
  await desk.close();
});

test('the clerk names a leader who agreed, and prints the list', async () => {
  const [row] = await sql(`select g.id from groups g join group_members m on m.group_id = g.id and m.until is null
    join retirees r on r.id = m.retiree_id where r.name = '刘淑兰' and g.unit_id = '${COMMUNITY}'`);
  const desk = await offices.desk(OLD_CLERK, narrow);
  await desk.page.goto(`/staff/groups/${row?.['id']}`);
  await desk.page.getByRole('heading', { level: 1, name: /识字里社区/ }).waitFor();
  await desk.press('选组长');
  await desk.press('确定');
  await desk.sees('请选一位组员。');
  const who = await desk.page.getByLabel('选谁').locator('option').allTextContents();
  const other = who.findIndex((words) => words.trim() !== '' && !words.includes('刘淑兰'));
  await desk.page.getByLabel('选谁').selectOption({ index: other });
  await desk.press('确定');
  await desk.sees('请先问本人同不同意，再打勾。');
  await desk.page.getByLabel('本人同意担任，也同意组员知道名字').check();
  expect(await flawsOf(desk)).toEqual([]);
  await picture(desk.page, 'choosing');
  await desk.press('确定');
  await desk.sees('组长已经选好，会告诉本人。');
  expect(await flawsOf(desk)).toEqual([]);
  await picture(desk.page, 'group');
  await desk.page.getByRole('link', { name: '小组做过的事' }).click();
  await desk.sees('这个月还没有记下什么。');
  await desk.page.getByLabel('多少人？').fill('很多');
  await desk.press('记下');
  await desk.sees('请写日子，人数写数字');
  await desk.page.getByLabel('多少人？').fill('2');
  await desk.page.getByLabel(/说几句/).fill('去家里看望');
  expect(await flawsOf(desk)).toEqual([]);
  await desk.press('记下');
  await desk.sees('看望 1 次');
  expect(await flawsOf(desk)).toEqual([]);
  await picture(desk.page, 'month');
  await desk.close();
});

test('the street sees how far each community has come, and nobody’s name', async () => {
  const desk = await offices.desk(STREET_LEAD, wide);
  await desk.opens(`/staff/groups?unit=${STREET}`, '自管小组');
  await desk.page.getByRole('row', { name: /识字里社区 100%/ }).waitFor();
  expect(await flawsOf(desk)).toEqual([]);
  await picture(desk.page, 'street');
  await desk.page.getByRole('link', { name: '识字里社区' }).click();
  await desk.sees('自管覆盖率 100%');
  expect(await desk.button('重新调整').count()).toBe(0);
  await desk.close();
});

/** The leader agrees, on an account of their own, to be called. */
async function leaderAgrees(): Promise<void> {
  const theirs = await pages.house.signIn('13955594001');
  const ways = await pages.house.connection.db.select().from(logins).where(eq(logins.kind, 'phone'));
  const account = ways.find(({ address }) => address === '13955594001')?.accountId;
  await sql(`insert into links (account_id, retiree_id, relation, scope)
    select '${account}', l.retiree_id, 'self', 'everything' from group_leaders l where l.until is null`);
  await theirs.put('/api/me/consents/group-phone', { agreed: true });
}

test('a retiree sees her group and calls its leader; she asks to change, and the clerk agrees', async () => {
  await leaderAgrees();
  const phone = await (await pages.phone()).signIn(LIU);
  await phone.page.getByRole('link', { name: /我的小组/ }).click();
  await phone.page.getByRole('heading', { level: 1, name: '我的小组' }).waitFor();
  const call = phone.page.getByRole('link', { name: /打电话给组长/ });
  expect(await call.getAttribute('href')).toMatch(/^tel:[\d-]+$/);
  for (const number of ['120', '110']) expect(await phone.page.locator(`a[href="tel:${number}"]`).count()).toBe(1);
  expect(await phone.flaws()).toEqual([]);
  expect(await phone.smallTargets()).toEqual([]);
  await picture(phone.page, 'mine');
  await phone.page.getByRole('link', { name: /小组做过的事/ }).click();
  await phone.page.getByText('看望 1 次').waitFor();
  expect(await phone.page.getByText('去家里看望').count()).toBe(0);
  expect(await phone.flaws()).toEqual([]);
  expect(await phone.smallTargets()).toEqual([]);
  await picture(phone.page, 'month-seen');
  await phone.page.goto('/groups');
  const clerk = await join(pages.house, '李娟', OLD_CLERK);
  const ask = phone.page.getByRole('button', { name: /申请换到/ }).first();
  const name = /申请换到(第\d+小组)/.exec((await ask.textContent()) ?? '')?.[1] ?? '';
  await ask.click();
  await phone.page.getByRole('heading', { level: 1 }).filter({ hasText: '有什么想告诉社区的？' }).waitFor();
  await picture(phone.page, 'ask');
  await phone.press('跳过，不填');
  await picture(phone.page, 'check');
  await phone.press('确认，提交');
  await phone.sees('已经提交');
  tapOn(clerk, await clerk.see('加入或更换自管小组', NEWS_MS), '同意加入');
  await clerk.see('您已办理', NEWS_MS);
  await phone.page.goto('/groups');
  await phone.page.getByRole('heading', { level: 2, name: `您在识字里社区${name}` }).waitFor();
  await phone.close();
});

test('whoever leads the group lets in who asks, with one tap, and reads how a Telegram group is linked', async () => {
  const [row] =
    await sql(`select g.n, r.id from groups g join group_leaders l on l.group_id = g.id and l.until is null, retirees r
    where r.name = '刘淑兰' and g.unit_id = '${COMMUNITY}'`);
  await sql(`update group_members set until = since where retiree_id = '${row?.['id']}' and until is null`);
  await apply(await pages.house.signIn(LIU), 'group-join', { group: row?.['n'], why: null });
  const phone = await (await pages.phone()).signIn('13955594001');
  await phone.page.goto('/groups');
  await phone.page.getByRole('heading', { level: 2, name: '想进组的人' }).waitFor();
  await phone.page.getByText('/link').waitFor();
  expect(await phone.flaws()).toEqual([]);
  expect(await phone.smallTargets()).toEqual([]);
  await picture(phone.page, 'asking');
  await phone.press('同意刘淑兰进组');
  await phone.page.getByText('刘淑兰进组了。').waitFor();
  expect(await phone.flaws()).toEqual([]);
  await phone.close();
});

test('whoever leads the group notes on their own phone what it did', async () => {
  const phone = await (await pages.phone()).signIn('13955594001');
  await phone.page.goto('/groups');
  await phone.page.getByText('就是您').waitFor();
  await phone.page.getByRole('link', { name: /小组做过的事/ }).click();
  await phone.page.getByText('去家里看望').waitFor();
  await phone.page.getByLabel('学政策').check();
  await phone.page.getByLabel(/学的是哪条通知/).selectOption({ index: 1 });
  await phone.page.getByLabel('多少人？').fill('１２');
  expect(await phone.flaws()).toEqual([]);
  expect(await phone.smallTargets()).toEqual([]);
  expect(await phone.overflow()).toBe(0);
  await picture(phone.page, 'month-leader');
  await phone.press('记下');
  await phone.page.getByText('看望 1 次、学政策 1 次').waitFor();
  await phone.page.getByText(/一起学了：/).waitFor();
  await picture(phone.page, 'month-studied');
  await phone.press('记错了，去掉');
  await phone.page.getByText('学政策 1 次', { exact: true }).waitFor();
  expect(phone.complaints).toEqual([]);
  await phone.close();
});

test('a retiree offers to help, and the clerk forms a team of who offers', async () => {
  const phone = await (await pages.phone()).signIn(LIU);
  await phone.page.goto('/groups');
  await phone.page.getByLabel('看望、陪老人说话').check();
  await phone.page.getByRole('button', { name: '保存' }).click();
  await phone.page.getByText('记下了，谢谢您。').waitFor();
  expect(await phone.flaws()).toEqual([]);
  expect(await phone.smallTargets()).toEqual([]);
  await picture(phone.page, 'helping');
  await phone.close();
  const desk = await offices.desk(OLD_CLERK, narrow);
  await desk.opens('/staff/groups', '自管小组');
  await desk.page.getByRole('link', { name: '义工队' }).click();
  await desk.page.getByRole('heading', { level: 1, name: '识字里社区的义工' }).waitFor();
  await desk.press('组成义工队');
  await desk.sees('请勾选队员，再写队名。');
  await desk.page.getByLabel(/刘淑兰/).check();
  await desk.page.getByLabel('队名').fill('爱心队');
  expect(await flawsOf(desk)).toEqual([]);
  await desk.press('组成义工队');
  await desk.sees('“爱心队”组好了。');
  expect(await flawsOf(desk)).toEqual([]);
  await desk.page.getByRole('checkbox', { name: /刘淑兰/ }).check();
  await desk.press('加进“爱心队”');
  await desk.sees('加进“爱心队”了。');
  await picture(desk.page, 'team');
  await desk.close();
});
