/** A Telegram group linked to a self-help group: what is said there, what is not, and what becomes of it when it is no more. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Phone } from '../../bot/simulator/phone.ts';
import type { RoomHand } from '../../bot/simulator/room-hand.ts';
import { sweepActivities } from '../../api/activities/sweep.ts';
import { walkNotices } from '../../api/notices/walk.ts';
import { hold } from '../api/activities/hold.ts';
import { COMMUNITY, divide, haveSo, STREET } from '../api/groups/people.ts';
import { everyone, publish } from '../api/notices/press.ts';
import { openStage, type Stage } from '../api/engine/stage.ts';
import type { Browser } from '../tools/browser.ts';
import { LIU, OLD_CLERK } from '../tools/story.ts';
import { join, NEWS_MS } from './people.ts';

let stage: Stage;
let clerk: Browser;
let liu: Phone;
let neighbour: Phone;
let room: RoomHand;
let group: string;
let minute = 0;
/** Lets some seconds pass: nothing is sent to a group twice within a few. */
const later = () => stage.at(`2026-09-21 10:${String((minute += 1)).padStart(2, '0')}`);

beforeAll(async () => {
  stage = await openStage('2026-09-21 10:00');
  clerk = await stage.person(OLD_CLERK);
  await haveSo(stage.house, COMMUNITY, 40);
  await divide(clerk, COMMUNITY);
  liu = await join(stage.house, '刘淑兰', LIU);
  neighbour = stage.house.simulator.phone({ firstName: '邻居', phoneNumber: '13955593031' });
  const [row] = await stage.house.connection.sql<{ group: string; id: string }[]>`
    select m.group_id as "group", r.id from group_members m join retirees r on r.id = m.retiree_id
     where r.name = '刘淑兰' and m.until is null`;
  group = row?.group ?? '';
  const choice = { retireeId: row?.id, term: '2028-06-30', agreed: true };
  await clerk.put(`/api/staff/groups/${group}/offices/leader`, choice);
  room = stage.house.simulator.room({ title: '识字里一组', members: [liu, neighbour] });
});
afterAll(() => stage.stop());

const mine = async () => {
  const browser = await stage.person(LIU);
  const { id } = (await browser.get('/api/me')).body.people[0];
  return (await browser.get(`/api/groups/mine?retiree=${id}`)).body;
};
/** Where the group lives now, blindly. */
const placed = async () =>
  (await stage.house.connection.sql`select encode(key, 'hex') as key from group_rooms where unlinked_at is null`)[0]?.[
    'key'
  ];
const texts = () => room.said().map(({ text }) => text);

test('let in, the bot says what it does, and answers no talk; only whoever leads the group links it', async () => {
  room.letBotIn(neighbour);
  await room.see('我只回答下面的命令');
  room.say(neighbour, '大家好，我的电话是 13955593031');
  room.say(neighbour, '/link@another_bot');
  room.say(neighbour, '/notices');
  await room.see('还没有连到自管小组');
  room.say(neighbour, '/link');
  await room.see('只有自管小组的组长');
  room.say(liu, '/link@tuiguan_demo_bot');
  await room.see('这个群现在是识字里社区第1小组的群');
  expect(room.said()).toHaveLength(4);
  expect((await mine()).room).toBe(true);
});

test('notices to everyone and activities appear there, in few messages, and of nobody', async () => {
  later();
  const street = await stage.staff(STREET, 'lead');
  const district = await stage.staff('430102', 'lead');
  const notice = await publish(street, district, STREET, { title: '社区医院免费体检' });
  await publish(street, district, STREET, { title: '六十岁以上的人', audience: { ...everyone, ageFrom: 60 } });
  await walkNotices(stage.ctx);
  const said = await room.see('文艺路街道发了通知：社区医院免费体检', NEWS_MS);
  expect(said.buttons.flat()[0]?.value).toContain(`/n/${notice}`);
  const before = room.said().length;
  for (let at = 1; at <= 25; at += 1) await hold(clerk, { title: `太极拳第${at}场` });
  later();
  await room.see('太极拳第25场', NEWS_MS);
  expect(room.said().length - before).toBeLessThanOrEqual(3);
  expect(texts().join()).not.toMatch(/六十岁以上|1[3-9]\d{9}|联系人|刘淑兰/);
});

test('commands show what is to come, and beyond ten a minute nothing', async () => {
  later();
  room.say(neighbour, '/activities');
  const list = await room.see('识字里社区的活动');
  expect(list.buttons.flat()).toHaveLength(5);
  const before = room.said().length;
  later();
  later();
  for (let at = 0; at < 15; at += 1) room.say(neighbour, '/help');
  await expect.poll(() => room.said().length - before).toBe(10);
  // Told after all of these, the bot has heard them when it follows the group to where it moved.
  const was = await placed();
  room.upgrade(liu);
  await expect.poll(placed, { timeout: NEWS_MS }).not.toBe(was);
  expect(room.said()).toEqual([]);
});

test('too fast for Telegram, what is to be said waits as long as it says; a group that moved is followed', async () => {
  later();
  stage.house.simulator.fail({ method: 'sendMessage', times: 1, with: 429, retryAfter: 30 });
  room.upgrade(liu, 'untold');
  await hold(clerk, { title: '合唱' });
  const tried = () => stage.house.connection.sql<{ error: string | null }[]>`
    select last_error as error from messages where params ->> 'title' = '合唱' and room_id is not null`;
  await expect.poll(async () => (await tried())[0]?.error ?? '', { timeout: NEWS_MS }).toContain('429');
  later();
  await expect.poll(async () => (await tried())[0]?.error ?? '', { timeout: NEWS_MS }).toContain('upgraded');
  later();
  await room.see('合唱', NEWS_MS);
  later();
  room.say(neighbour, '/activities');
  await room.see('识字里社区的活动');
});

test('a day before, the group is reminded, once', async () => {
  later();
  await hold(clerk, {
    title: '书法',
    opensAt: '2026-09-21T08:00:00+08:00',
    closesAt: '2026-09-22T08:00:00+08:00',
    startsAt: '2026-09-22T10:30:00+08:00',
    endsAt: '2026-09-22T11:30:00+08:00',
  });
  stage.at('2026-09-21 10:45');
  minute = 45;
  await sweepActivities(stage.ctx);
  await sweepActivities(stage.ctx);
  later();
  await room.see('明天有活动：书法', NEWS_MS);
  expect(texts().filter((text) => text.includes('明天有活动：书法'))).toHaveLength(1);
});

test('what is said there is said in the language of whoever linked it; changed, /link changes it', async () => {
  const browser = await stage.person(LIU);
  await browser.put('/api/me/locale', { locale: 'en' });
  later();
  room.say(liu, '/link');
  await room.see('Linked. This is now the Telegram group of Group 1 in 识字里社区');
  later();
  await hold(clerk, { title: '打牌' });
  await room.see('A new activity: 打牌', NEWS_MS);
  later();
  room.say(neighbour, '/activities');
  const list = await room.see('Activities for 识字里社区');
  expect(list.buttons.flat()).toHaveLength(5);
  await browser.put('/api/me/locale', { locale: 'zh-CN' });
  later();
  room.say(liu, '/link');
  await room.see('连好了');
});

test('deleted in Telegram, it is unlinked, and the leader is told; what was to be said goes nowhere', async () => {
  later();
  room.delete();
  await hold(clerk, { title: '散步' });
  await liu.see('Telegram 群已经断开', NEWS_MS);
  expect((await mine()).room).toBe(false);
});

test('the bot put out of it is the same; let in again it is linked anew, and unlinked on the page', async () => {
  const other = stage.house.simulator.room({ title: '识字里新群', members: [liu] });
  other.letBotIn(liu);
  other.say(liu, '/link');
  await other.see('连好了');
  other.putBotOut(liu);
  await expect.poll(async () => (await mine()).room, { timeout: NEWS_MS }).toBe(false);
  other.letBotIn(liu);
  later();
  other.say(liu, '/link');
  await expect.poll(async () => (await mine()).room, { timeout: NEWS_MS }).toBe(true);
  const browser = await stage.person(LIU);
  expect((await (await stage.person('13955593032')).delete(`/api/groups/${group}/room`)).status).toBe(404);
  expect((await browser.delete(`/api/groups/${group}/room`)).status).toBe(204);
  expect((await mine()).room).toBe(false);
});
