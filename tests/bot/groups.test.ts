import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Phone } from '../../bot/simulator/phone.ts';
import { COMMUNITY, divide, haveSo } from '../api/groups/people.ts';
import { openTestHouse, type HouseUnderTest } from '../tools/house-under-test.ts';
import { apply, LIU, OLD_CLERK } from '../tools/story.ts';
import { answerOnPage, beginService, join, NEWS_MS, saidTo, tapOn } from './people.ts';

/** The self-help group in chat: which it is, whom to call; a difficulty told of; danger. The tests follow one another. */
let house: HouseUnderTest;
let liu: Phone;
let clerk: Phone;

/** The same time as everywhere, but ten in the morning in Changsha when it begins: nobody is woken by what can wait. */
const begun = Date.now();
const shift = Date.parse(`${new Date(begun).toISOString().slice(0, 10)}T02:00:00Z`) - begun;

beforeAll(async () => {
  house = await openTestHouse({ clock: () => new Date(Date.now() + shift) });
  await haveSo(house, COMMUNITY, 80);
  liu = await join(house, '刘淑兰', LIU);
  clerk = await join(house, '李娟', OLD_CLERK);
});
afterAll(() => house.stop());

test('without a group the community’s phone is there, and whom to call in danger', async () => {
  liu.send('小组');
  const none = await liu.answer('还没有分小组');
  expect(none.text).toContain('0731-80000011');
  expect(none.text).toContain('120');
});

test('once the community is divided she hears it, and reads her group and its leader; no private number is sent', async () => {
  const browser = await house.signIn(OLD_CLERK);
  await divide(browser, COMMUNITY);
  await liu.see('您现在在识字里社区的第', NEWS_MS);
  const [row] = await house.connection.sql<{ group: string; leader: string; name: string }[]>`
    select o.group_id as "group", o.retiree_id as leader, r.name
      from group_members o join retirees r on r.id = o.retiree_id and r.name <> '刘淑兰'
     where o.group_id = (select m.group_id from group_members m join retirees s on s.id = m.retiree_id where s.name = '刘淑兰')
     order by r.id limit 1`;
  const term = `${new Date().getFullYear() + 1}-06-30`;
  const choice = { retireeId: row?.leader, term, agreed: true };
  expect((await browser.put(`/api/staff/groups/${row?.group}/offices/leader`, choice)).status).toBe(204);
  liu.send('小组');
  const mine = await liu.answer('刘淑兰在识字里社区第');
  expect(mine.text).toContain(`组长：${row?.name}`);
  expect(mine.buttons.flat().map(({ text }) => text)).toEqual(expect.arrayContaining(['反映困难', '加入或换小组']));
  expect(saidTo(liu)).not.toMatch(/1[3-9]\d{9}/);
});

test('in danger the form ends with 120 and the community’s phone', async () => {
  await beginService(liu, '反映困难');
  tapOn(liu, await liu.answer('有没有人有危险'), '有人摔倒、起不来');
  const stopped = await liu.answer('马上打 120');
  expect(stopped.text).toContain('0731-80000011');
});

test('with consent a neighbour’s difficulty reaches the clerk, who went to see; what it is stands on pages only', async () => {
  liu.send('改');
  const asked = await liu.answer('马上打 120');
  tapOn(liu, asked, asked.buttons.flat()[0]?.text ?? '');
  tapOn(liu, await liu.answer('有没有人有危险'), '没有危险');
  tapOn(liu, await liu.answer('是谁有困难'), '邻居');
  tapOn(liu, await liu.answer('本人同意您告诉社区吗'), '是');
  await answerOnPage(house, await liu.answer('叫什么名字'), '陈娭毑');
  await answerOnPage(house, await liu.see('住在哪里', NEWS_MS), '3栋');
  await answerOnPage(house, await liu.see('哪方面的困难', NEWS_MS), 'living');
  await answerOnPage(house, await liu.see('请说说情况', NEWS_MS), '腿不好，下不了楼');
  await liu.see('社区打哪个电话找您', NEWS_MS);
  liu.send(LIU);
  tapOn(liu, await liu.answer('请核对一遍'), '提交');
  await liu.answer('交好了');
  await clerk.see('待看望：有人有困难', NEWS_MS);
  for (const phone of [liu, clerk]) expect(saidTo(phone)).not.toMatch(/陈娭毑|腿不好/);
});

test('whoever leads the group that she asks to change into is asked in chat, and lets her in with one tap', async () => {
  const { sql } = house.connection;
  const [group] = await sql<{ id: string; n: number }[]>`
    select g.id, g.n from groups g where g.unit_id = ${COMMUNITY} and g.ended_at is null and g.id not in (
      select m.group_id from group_members m join retirees r on r.id = m.retiree_id where r.name = '刘淑兰' and m.until is null)`;
  const leader = house.simulator.phone({ firstName: '组长', phoneNumber: '13955593021' });
  leader.shareContact();
  await leader.answer('');
  const [account] = await sql<{ id: string }[]>`
    select account_id as id from logins where kind = 'telegram' order by created_at desc limit 1`;
  await sql`with neighbour as (
      select retiree_id from group_members m where m.group_id = ${group?.id ?? ''} and m.until is null
         and not exists (select from links l where l.retiree_id = m.retiree_id) order by 1 limit 1),
    linked as (insert into links (account_id, retiree_id, relation, scope)
      select ${account?.id ?? ''}, retiree_id, 'self', 'everything' from neighbour returning retiree_id)
    insert into group_leaders (group_id, retiree_id, office, since, term, set_by)
      select ${group?.id ?? ''}, retiree_id, 'deputy', '2026-01-01', '2027-12-31', ${account?.id ?? ''} from linked`;
  await apply(await house.signIn(LIU), 'group-join', { group: group?.n, why: '腿不好' });
  const card = await leader.see('刘淑兰想进您的自管小组', NEWS_MS);
  tapOn(leader, card, '同意');
  await leader.answer('同意');
  await liu.see(`您现在在识字里社区的第${group?.n}小组`, NEWS_MS);
  expect(saidTo(leader)).not.toMatch(/腿不好|1[3-9]\d{9}/);
});
