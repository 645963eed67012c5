/** Activities in chat: found by a word, signed up for and given up with one tap, called from the waiting list, reminded of. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sweepActivities } from '../../api/activities/sweep.ts';
import type { Phone } from '../../bot/simulator/phone.ts';
import { hold, neighbours, signUp, type Neighbour } from '../api/activities/hold.ts';
import { openStage, type Stage } from '../api/engine/stage.ts';
import type { Browser } from '../tools/browser.ts';
import { DAUGHTER, LIU, OLD_CLERK } from '../tools/story.ts';
import { join, NEWS_MS, saidTo, tapOn } from './people.ts';

const TITLE = '浏阳河边走一走';
let stage: Stage;
let clerk: Browser;
let liu: Phone;
let neighbour: Neighbour;
let id: string;

beforeAll(async () => {
  stage = await openStage('2026-11-10 10:00');
  clerk = await stage.person(OLD_CLERK);
  id = await hold(clerk, { seats: 1 });
  liu = await join(stage.house, '刘淑兰', LIU);
  [neighbour] = (await neighbours(stage, 1)) as [Neighbour];
});
afterAll(() => stage.stop());

test('活动 lists the nearest; one tap signs up, one tap gives up', async () => {
  liu.send('活动');
  const list = await liu.answer('离您近的活动');
  expect(list.text).toContain('11月14日（星期六）上午9:00到上午11:00\n社区门口集合\n还有 1 个名额');
  expect(list.buttons[0]?.map(({ text }) => text)).toEqual([TITLE, '报名']);
  tapOn(liu, list, '报名');
  const done = await liu.answer('报上名了。');
  expect(done.text).toContain('刘淑兰：报上名了');
  // Nothing of what she may need, and no number but that of nobody.
  expect(done.text).not.toMatch(/要人陪|行动不便|\d{7}/);
  liu.send('活动');
  const again = await liu.answer('刘淑兰：报上名了');
  tapOn(liu, again, '不去了，取消');
  tapOn(liu, await liu.answer('报名取消了。'), '给刘淑兰报名');
  await liu.answer('刘淑兰：报上名了');
  // The old list’s button is refused in words.
  tapOn(liu, list, '报名');
  await liu.answer('已经报过名了');
});

test('who signed up may bring somebody, and say 我要人陪 and 行动不便, each with one tap that another takes back', async () => {
  const tea = await hold(clerk, { title: '喝茶聊天', companions: true, seats: 2, ...spanOf('2026-11-25') });
  const stands = async () =>
    (
      await stage.house.connection.sql`select size, needs is not null as needs from sign_ups
    where activity_id = ${tea} order by n`
    )[0];
  liu.send('活动');
  tapOn(liu, await liu.answer('喝茶聊天（识字里社区）'), '喝茶聊天');
  tapOn(liu, await liu.answer('坐 112 路'), '给刘淑兰报名');
  const done = await liu.answer('报上名了。');
  expect(await stands()).toEqual({ size: 1, needs: false });
  tapOn(liu, done, '再带一个人一起来');
  const two = await liu.answer('刘淑兰：带一个人一起来。');
  expect(await stands()).toEqual({ size: 2, needs: false });
  tapOn(liu, two, '我要人陪');
  const noted = await liu.answer('记下了，社区知道了。');
  expect(await stands()).toEqual({ size: 2, needs: true });
  // Said once, it is offered no more; and what she needs stands in no message.
  expect(noted.buttons.flat().map(({ text }) => text)).toContain('行动不便');
  expect(noted.buttons.flat().map(({ text }) => text)).not.toContain('我要人陪');
  expect(noted.text).not.toMatch(/要人陪|行动不便/);
  tapOn(liu, noted, '点错了，不用');
  const back = await liu.answer('好，改过来了。');
  tapOn(liu, back, '不带人了，我自己来');
  await liu.answer('好，改过来了。');
  expect(await stands()).toEqual({ size: 1, needs: false });
  // The seat beside hers was free again, and somebody else has it: nobody can be brought any more.
  expect((await signUp(neighbour, tea)).body.state).toBe('in');
  tapOn(liu, done, '再带一个人一起来');
  await liu.answer('没有多的名额了');
});

test('full, she waits; called, she confirms with a button; the same tap twice is once', async () => {
  const [mine] = (await (await stage.person(LIU)).get('/api/activities/mine')).body.coming;
  await (await stage.person(LIU)).post(`/api/sign-ups/${mine.signUp.id}/cancel`);
  const theirs = (await signUp(neighbour, id)).body.id;
  liu.send('活动');
  tapOn(liu, await liu.answer('名额满了，可以排队'), '排队');
  await liu.answer('现在是候补，排第 1 位');
  await neighbour.browser.post(`/api/sign-ups/${theirs}/cancel`);
  const called = await liu.see('有名额了！刘淑兰可以参加', NEWS_MS);
  expect(called.text).toContain('请在11月11日（星期三）上午10:00以前确认');
  tapOn(liu, called, '我去，确认名额');
  await liu.answer('报上名了。');
  tapOn(liu, called, '我去，确认名额');
  await liu.answer('报上名了。');
  const rows = await stage.house.connection.sql`select state from sign_ups where activity_id = ${id} and state = 'in'`;
  expect(rows).toHaveLength(1);
});

test('a day before she is reminded, with a button that gives the seat up; a change is told', async () => {
  stage.at('2026-11-13 09:00');
  await Promise.all([sweepActivities(stage.ctx), sweepActivities(stage.ctx)]);
  const reminder = await liu.see('提醒刘淑兰', NEWS_MS);
  expect(saidTo(liu).split('提醒刘淑兰')).toHaveLength(2);
  tapOn(liu, reminder, '看活动');
  await liu.answer('请带上：水杯');
  expect((await clerk.post(`/api/staff/activities/${id}/call-off`, { version: 1, why: '下雨' })).status).toBe(200);
  await liu.see('取消了，刘淑兰不用来了。原因：下雨', NEWS_MS);
});

test('a daughter is asked for whom, and her mother hears of it', async () => {
  const other = await hold(clerk, {
    title: '剪纸课',
    startsAt: '2026-11-20T09:00:00+08:00',
    endsAt: '2026-11-20T10:00:00+08:00',
    closesAt: '2026-11-19T18:00:00+08:00',
  });
  const daughter = await join(stage.house, '周敏', DAUGHTER);
  daughter.send('活动');
  tapOn(daughter, await daughter.answer('离您近的活动'), '剪纸课');
  tapOn(daughter, await daughter.answer('剪纸课（识字里社区）'), '给刘淑兰报名');
  await daughter.answer('刘淑兰：报上名了');
  await liu.see('家人给刘淑兰报名了“剪纸课”', NEWS_MS);
  const [row] = await stage.house.connection.sql`select state from sign_ups where activity_id = ${other}`;
  expect(row?.['state']).toBe('in');
});

test('whoever was there is asked how it was, and says it with one tap', async () => {
  stage.at('2026-11-18 10:00');
  const [{ id: retireeId }] = (await (await stage.person(LIU)).get('/api/me')).body.people;
  const held = await hold(clerk, { title: '包饺子', ...spanOf('2026-11-19') });
  const { body } = await signUp({ browser: await stage.person(LIU), id: retireeId }, held);
  stage.at('2026-11-19 09:30');
  const checks = [{ signUp: body.id, present: true, at: '2026-11-19T09:30:00+08:00' }];
  await clerk.post(`/api/staff/activities/${held}/check-ins`, { checks });
  stage.at('2026-11-19 11:30');
  await sweepActivities(stage.ctx);
  const asked = await liu.see('“包饺子”办完了。刘淑兰觉得怎么样？', NEWS_MS);
  tapOn(liu, asked, '5 分，非常满意');
  await liu.answer('谢谢您的评价');
  tapOn(liu, asked, '1 分，很不满意');
  await liu.answer('已经评过了');
  expect((await clerk.get(`/api/staff/activities/${held}`)).body.rating.mean).toBe(5);
});

const spanOf = (day: string) => ({
  startsAt: `${day}T09:00:00+08:00`,
  endsAt: `${day}T11:00:00+08:00`,
  closesAt: `${day}T08:00:00+08:00`,
});
