/** An activity as staff hold it: for whom, written and changed, listed, and for those who have no phone. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Browser } from '../../tools/browser.ts';
import { RECEIVING_CLERK } from '../../tools/story.ts';
import type { Stage } from '../engine/stage.ts';
import {
  cancel,
  change,
  COMMUNITY,
  confirm,
  ensureSound,
  hold,
  type Neighbour,
  NOW,
  openScene,
  signUp,
  signUpFor,
  STREET,
  told,
  walk,
  withoutPhone,
} from './hold.ts';

let stage: Stage;
let clerk: Browser;
let liu: Browser;
let people: Neighbour[];
beforeAll(async () => {
  ({ stage, clerk, liu, people } = await openScene());
});
afterAll(() => stage.stop());
beforeEach(() => stage.at(NOW));

const sql = (query: string) => stage.house.connection.sql.unsafe(query);
const of = (n: number): Neighbour => people[n] as Neighbour;

describe('for somebody who has no phone', () => {
  test('staff in whose care they are sign up, confirm and give up, for what the units above hold as well', async () => {
    const street = await stage.staff(STREET, 'lead');
    const id = await hold(street, { seats: 1 }, STREET);
    const [one] = await withoutPhone(stage, 1);
    const first = (await signUp(of(0), id)).body.id;
    const waits = await signUpFor(clerk, id, one);
    expect(waits.body).toMatchObject({ state: 'waiting', line: 1 });
    const line = async () =>
      (await clerk.get(`/api/staff/retirees/${one}/activities`)).body.find((each: { id: string }) => each.id === id);
    expect(await line()).toMatchObject({ unit: { id: STREET }, signUp: { state: 'waiting', line: 1 } });
    await cancel(of(0), first);
    expect((await confirm({ browser: clerk }, waits.body.id)).body.state).toBe('in');
    expect((await cancel({ browser: clerk }, waits.body.id)).body.state).toBe('cancelled');
    expect((await line()).signUp).toBeNull();
    const words = await sql(
      `select template, params from messages where retiree_id = '${one}' and template like '%-for' order by id`,
    );
    expect(words.map(({ template, params }) => [template, params.unit])).toEqual([
      ['activity.lined-up-for', '识字里社区'],
      ['activity.given-up-for', '识字里社区'],
    ]);
    await ensureSound(stage, id);
  });

  test('nobody else may', async () => {
    const id = await hold(clerk);
    const [one] = await withoutPhone(stage, 1);
    const elsewhere = await stage.person(RECEIVING_CLERK);
    for (const stranger of [elsewhere, liu]) {
      expect((await signUpFor(stranger, id, one)).status).toBe(404);
      expect((await stranger.get(`/api/staff/retirees/${one}/activities`)).status).toBe(404);
    }
    const mine = (await signUpFor(clerk, id, one)).body.id;
    expect((await cancel({ browser: elsewhere }, mine)).status).toBe(404);
    await ensureSound(stage, id);
  });
});

describe('staff', () => {
  test('are told which time, seats or link is wrong; nobody else publishes for their unit', async () => {
    const publish = (parts: object) => clerk.post('/api/staff/activities', { ...walk, ...parts, unit: COMMUNITY });
    expect((await publish({ startsAt: '2026-11-09T09:00:00+08:00' })).body.code).toBe('activity-time-past');
    expect((await publish({ endsAt: walk.startsAt })).body.code).toBe('activity-time-backwards');
    expect((await publish({ mapUrl: 'http://map.example.com/1' })).body.code).toBe('activity-not-a-map');
    expect((await publish({ seats: 0 })).body.code).toBe('bad-request');
    expect((await publish({ contactPhone: '12' })).body.code).toBe('bad-request');
    expect((await liu.post('/api/staff/activities', { ...walk, unit: COMMUNITY })).status).toBe(403);
    expect((await clerk.post('/api/staff/activities', { ...walk, unit: STREET })).status).toBe(403);
  });

  test('cannot go below the seats that are taken, nor into the past; more seats go to those who wait; a move is told', async () => {
    const id = await hold(clerk, { seats: 2 });
    for (const n of [0, 1, 2, 3]) await signUp(of(n), id);
    expect((await change(clerk, id, { seats: 1 })).body).toMatchObject({ code: 'activity-seats-taken', taken: 2 });
    expect((await change(clerk, id, { startsAt: '2026-11-01T09:00:00+08:00' })).body.code).toBe('activity-time-past');
    expect((await clerk.put(`/api/staff/activities/${id}`, { ...walk, version: 99 })).body.code).toBe(
      'activity-changed',
    );
    expect((await change(clerk, id, { seats: 3 })).status).toBe(200);
    expect((await told(stage, of(2).account)).at(-1)).toBe('offered');
    expect((await told(stage, of(0).account)).at(-1)).not.toBe('changed');
    expect((await change(clerk, id, { seats: 3, bring: '雨伞' })).status).toBe(200);
    expect((await told(stage, of(0).account)).at(-1)).toBe('changed');
    const moved = { seats: 3, startsAt: '2026-11-15T09:00:00+08:00', endsAt: '2026-11-15T11:00:00+08:00' };
    expect((await change(clerk, id, moved)).status).toBe(200);
    expect(await Promise.all([0, 2, 3].map(async (n) => (await told(stage, of(n).account)).at(-1)))).toEqual(
      Array.from({ length: 3 }, () => 'changed'),
    );
    await ensureSound(stage, id);
    stage.at('2026-11-15 09:00');
    expect((await change(clerk, id, moved)).body.code).toBe('activity-over');
    expect((await clerk.post(`/api/staff/activities/${id}/call-off`, { version: 4, why: '下雨' })).body.code).toBe(
      'activity-over',
    );
  });

  test('see who is behind with 第十二条: the unit above sees those below, late in the year as urgent', async () => {
    const street = await stage.staff(STREET, 'lead');
    const duty = async () => (await street.get(`/api/staff/activities/duty?unit=${STREET}`)).body;
    await sql(`delete from sign_ups`);
    await sql(`delete from activities`);
    const before = await duty();
    expect(before.own).toMatchObject({ kind: 'regular', state: 'urgent', last: null });
    expect(before.behind).toHaveLength(before.below);
    await hold(clerk);
    stage.at('2026-11-15 09:00');
    const after = await duty();
    expect(after.behind).toHaveLength(before.below - 1);
    expect(after.behind.map(({ unit }: { unit: { id: string } }) => unit.id)).not.toContain(COMMUNITY);
    expect((await clerk.get(`/api/staff/activities/duty?unit=${COMMUNITY}`)).body).toMatchObject({
      own: { state: 'met', last: '2026-11-14' },
      below: 0,
    });
    const city = await stage.staff('4301', 'lead');
    expect((await city.get('/api/staff/activities/duty?unit=4301')).body.own).toMatchObject({
      kind: 'yearly',
      state: 'urgent',
    });
    expect((await clerk.get(`/api/staff/activities/duty?unit=${STREET}`)).status).toBe(403);
  });

  test('of the unit see who signed up and what they need; those above see figures only', async () => {
    const id = await hold(clerk, { seats: 5 });
    await signUp(of(0), id, { needs: { company: true, slow: false } });
    const list = (await clerk.get(`/api/staff/activities/${id}/people`)).body;
    expect(list.people).toMatchObject([
      { state: 'in', unit: '识字里社区', company: true, slow: false, present: false },
    ]);
    const street = await stage.staff(STREET, 'lead');
    expect((await street.get(`/api/staff/activities/${id}/people`)).status).toBe(404);
    expect((await street.get(`/api/staff/activities/${id}`)).body).toMatchObject({ people: { in: 1 }, mayHold: false });
    expect(
      (await street.get(`/api/staff/activities?unit=${STREET}`)).body.activities.map((one: { id: string }) => one.id),
    ).toContain(id);
    const elsewhere = await stage.person(RECEIVING_CLERK);
    expect((await elsewhere.get(`/api/staff/activities/${id}`)).status).toBe(404);
  });
});

test('the list is by nearness, then by time; a page goes on where the last ended', async () => {
  await sql(`update activities set state = 'cancelled', cancelled_at = now()`);
  const street = await stage.staff(STREET, 'lead');
  const day = (n: number) => ({
    startsAt: `2026-11-${n}T09:00:00+08:00`,
    endsAt: `2026-11-${n}T11:00:00+08:00`,
  });
  await hold(street, { title: '街道的', ...day(14) }, STREET);
  await hold(clerk, { title: '社区后天的', ...day(16) });
  await hold(clerk, { title: '社区先办的', ...day(15) });
  await hold(await stage.person(RECEIVING_CLERK), { title: '别处的' }, '430111001001');
  const titles = (await liu.get('/api/activities')).body.activities.map((one: { title: string }) => one.title);
  expect(titles).toEqual(['社区先办的', '社区后天的', '街道的']);
  for (let n = 0; n < 20; n += 1) await hold(clerk, { title: `再办${n}次`, ...day(17) });
  const first = (await liu.get('/api/activities')).body;
  expect(first.activities).toHaveLength(20);
  const second = (await liu.get(`/api/activities?after=${first.next}`)).body;
  expect(second.next).toBeNull();
  expect(second.activities.at(-1).title).toBe('街道的');
  expect(new Set([...first.activities, ...second.activities].map((one: { id: string }) => one.id)).size).toBe(23);
  expect((await stage.house.visit().get('/api/activities')).body.activities).toEqual([]);
});

test('the calendar file has the time in UTC, no line over 75 octets, and a commas’ worth of escapes', async () => {
  const id = await hold(clerk, {
    title: '看戏，听歌; 喝茶, 聊天',
    directions: '从社区门口往东走三百米，过了红绿灯右手边就是文化站二楼活动室',
    bring: '水',
  });
  const { body } = await stage.house.visit().get(`/api/activities/${id}/calendar.ics`);
  const lines: string[] = body.split('\r\n');
  for (const line of lines) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  const whole = body.replaceAll('\r\n ', '');
  expect(whole).toContain('DTSTART:20261114T010000Z');
  expect(whole).toContain('SUMMARY:看戏，听歌\\; 喝茶\\, 聊天');
  expect(whole).toContain('文化站二楼活动室\\n请带上：水');
});
