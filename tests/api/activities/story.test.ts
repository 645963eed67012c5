/** An activity from its publication to the door: who may sign up, who waits, who is called, and what bad input is told. */
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sweepActivities } from '../../../api/activities/sweep.ts';
import type { Browser } from '../../tools/browser.ts';
import { DAUGHTER, LIU, OLD_CLERK, RECEIVING_CLERK } from '../../tools/story.ts';
import { openStage, type Stage } from '../engine/stage.ts';
import { change, COMMUNITY, ensureSound, hold, neighbours, signUp, STREET, walk, type Neighbour } from './hold.ts';

let stage: Stage;
let clerk: Browser;
let liu: Browser;
let daughter: Browser;
let her: string;
let people: Neighbour[];
const NOW = '2026-11-10 10:00';
beforeAll(async () => {
  stage = await openStage(NOW, 'web');
  clerk = await stage.person(OLD_CLERK);
  liu = await stage.person(LIU);
  daughter = await stage.person(DAUGHTER);
  her = (await liu.get('/api/me')).body.people[0].id;
  people = await neighbours(stage, 6);
});
afterAll(() => stage.stop());
beforeEach(() => stage.at(NOW));

const sql = (query: string) => stage.house.connection.sql.unsafe(query);
/** Templates of what an account was told, oldest first. */
const told = async (account: string): Promise<string[]> =>
  (
    await sql(
      `select template, state from messages where account_id = '${account}' and template like 'activity.%' and state <> 'replaced' order by id`,
    )
  ).map((row) => String(row['template']).replace('activity.', ''));
const of = (n: number): Neighbour => people[n] as Neighbour;
const lineOf = async ({ browser }: Neighbour, id: string): Promise<number | null> =>
  (await browser.get(`/api/activities/${id}`)).body.people[0].signUp.line;
const cancel = ({ browser }: Pick<Neighbour, 'browser'>, id: string) => browser.post(`/api/sign-ups/${id}/cancel`);
/** People of the community to whom no account belongs. */
const withoutPhone = async (count: number): Promise<string[]> =>
  (
    await sql(`select r.id from retirees r join care c on c.retiree_id = r.id and c.until is null
      where c.unit_id = '${COMMUNITY}' and r.died_on is null and not exists (select from links l where l.retiree_id = r.id)
      order by r.id desc limit ${count}`)
  ).map((row) => String(row['id']));
const signUpFor = (by: Browser, activity: string, retireeId: string | undefined) =>
  by.post(`/api/staff/activities/${activity}/sign-ups`, { retireeId });
const confirm = ({ browser }: Pick<Neighbour, 'browser'>, id: string) => browser.post(`/api/sign-ups/${id}/confirm`);

describe('signing up', () => {
  test('takes a seat, then a place in the line; whoever gives up makes room for the first of it, who confirms', async () => {
    const id = await hold(clerk);
    const [a, b, c, d] = await Promise.all([0, 1].map((n) => signUp(of(n), id))).then(async (first) => [
      ...first,
      await signUp(of(2), id),
      await signUp(of(3), id),
    ]);
    expect([a, b, c, d].map((one) => one?.body.state)).toEqual(['in', 'in', 'waiting', 'waiting']);
    expect([a, b, c, d].map((one) => one?.body.line)).toEqual([null, null, 1, 2]);
    expect(await Promise.all([1, 2, 3].map((n) => lineOf(of(n), id)))).toEqual([null, 1, 2]);
    expect((await cancel(of(0), a?.body.id)).body).toMatchObject({ state: 'cancelled' });
    // Twice is once.
    expect((await cancel(of(0), a?.body.id)).body).toMatchObject({ state: 'cancelled' });
    expect(await told(of(2).account)).toEqual(['offered']);
    expect(await told(of(3).account)).toEqual([]);
    const mine = (await of(2).browser.get('/api/activities/mine')).body.coming;
    expect(mine).toMatchObject([{ id, signUp: { state: 'offered', until: '11月11日（星期三）上午10:00' } }]);
    expect((await confirm(of(2), c?.body.id)).body.state).toBe('in');
    expect((await confirm(of(2), c?.body.id)).body.state).toBe('in');
    // Whoever gave up stands at the end of the line.
    expect((await signUp(of(0), id)).body).toMatchObject({ state: 'waiting' });
    expect(await lineOf(of(0), id)).toBe(2);
    await ensureSound(stage, id);
  });

  test('an offer that nobody confirms goes on to the next, and both are told', async () => {
    const id = await hold(clerk, { seats: 1 });
    const first = (await signUp(of(0), id)).body.id;
    const second = (await signUp(of(1), id)).body.id;
    const third = (await signUp(of(2), id)).body.id;
    await cancel(of(0), first);
    stage.at('2026-11-11 10:01');
    expect((await confirm(of(1), second)).body.code).toBe('sign-up-gone');
    const both = await Promise.all([sweepActivities(stage.ctx), sweepActivities(stage.ctx)]);
    expect(both.map(({ lapsed }) => lapsed).toSorted((x, y) => x - y)).toEqual([0, 1]);
    // What was not even sent before it was over is not sent any more.
    expect((await told(of(1).account)).at(-1)).toBe('lapsed');
    expect((await confirm(of(2), third)).body.state).toBe('in');
    await ensureSound(stage, id);
  });

  test('shortly before it begins nobody is asked any more: the next simply has the seat', async () => {
    const id = await hold(clerk, { seats: 1, closesAt: '2026-11-14T09:00:00+08:00' });
    const first = (await signUp(of(0), id)).body.id;
    await signUp(of(1), id);
    stage.at('2026-11-14 08:10');
    await cancel(of(0), first);
    expect((await told(of(1).account)).at(-1)).toBe('seated');
    stage.at('2026-11-14 09:00');
    expect(
      (await cancel(of(1), (await of(1).browser.get('/api/activities/mine')).body.coming[0].signUp.id)).body.code,
    ).toBe('sign-up-too-late');
  });

  test('two who come together wait together: nobody slips past them, and they are called when both fit', async () => {
    const id = await hold(clerk, { seats: 2, companions: true });
    const alone = (await signUp(of(0), id)).body.id;
    expect((await signUp(of(1), id, { companion: true })).body).toMatchObject({ state: 'waiting' });
    // One seat is free, and they were here before.
    const late = (await signUp(of(2), id)).body;
    expect(late).toMatchObject({ state: 'waiting' });
    expect(await lineOf(of(2), id)).toBe(2);
    await cancel(of(0), alone);
    expect((await told(of(1).account)).at(-1)).toBe('offered');
    // When those in front leave, whoever fits is called.
    const { id: pair } = (await of(1).browser.get(`/api/activities/${id}`)).body.people[0].signUp;
    await cancel(of(1), pair);
    expect((await told(of(2).account)).at(-1)).toBe('offered');
    await ensureSound(stage, id);
  });

  test('a companion is brought while a seat is free that nobody waits for; come alone after all, the seat goes on', async () => {
    const id = await hold(clerk, { seats: 3, companions: true });
    const [one, two] = [(await signUp(of(0), id)).body.id, (await signUp(of(1), id)).body.id];
    const wish = (who: Neighbour, signedUp: string, said: object) =>
      who.browser.put(`/api/sign-ups/${signedUp}/wish`, said);
    // Both at once for the one seat that is left.
    const both = await Promise.all([wish(of(0), one, { companion: true }), wish(of(1), two, { companion: true })]);
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    expect(both.find(({ status }) => status === 409)?.body.code).toBe('sign-up-no-second-seat');
    await ensureSound(stage, id);
    const three = (await signUp(of(2), id)).body;
    expect(three).toMatchObject({ state: 'waiting', line: 1 });
    for (const [who, signedUp] of [
      [of(0), one],
      [of(1), two],
    ] as const)
      expect((await wish(who, signedUp, { companion: false })).status).toBe(200);
    expect((await told(of(2).account)).at(-1)).toBe('offered');
    await ensureSound(stage, id);
    expect((await wish(of(1), three.id, { companion: true })).status).toBe(404);
    expect((await wish(of(2), three.id, { slow: true })).status).toBe(200);
    expect((await of(2).browser.get(`/api/activities/${id}`)).body.people[0].signUp.needs).toEqual({
      company: false,
      slow: true,
    });
    stage.at('2026-11-13 18:00');
    expect((await wish(of(0), one, { companion: true })).body.code).toBe('sign-up-closed');
    expect((await wish(of(0), one, { company: true })).status).toBe(200);
    stage.at('2026-11-14 09:00');
    expect((await wish(of(0), one, { company: false })).body.code).toBe('sign-up-running');
    stage.at(NOW);
    // Where there is but one seat two would wait for ever.
    const alone = await hold(clerk, { seats: 1, companions: true });
    expect((await signUp(of(0), alone, { companion: true })).body.code).toBe('sign-up-no-second-seat');
  });

  test('for a mother is told to her; whoever may only look may not; clashes are shown', async () => {
    const id = await hold(clerk, { companions: true });
    const other = await hold(clerk, {
      title: '剪纸课',
      startsAt: '2026-11-14T10:30:00+08:00',
      endsAt: '2026-11-14T12:00:00+08:00',
    });
    const needs = { company: true, slow: true };
    const signed = await signUp({ browser: daughter, id: her }, id, { companion: true, needs });
    expect(signed.body).toMatchObject({ state: 'in' });
    const [account] = await sql(`select account_id from links where retiree_id = '${her}' and relation = 'self'`);
    expect(await told(String(account?.['account_id']))).toEqual(['signed-up']);
    const [message] = (await liu.get('/api/messages')).body;
    expect(message.text).toContain('家人给刘淑兰报名了“浏阳河边走一走”，11月14日（星期六）上午9:00');
    const seen = (await liu.get(`/api/activities/${other}`)).body.people;
    expect(seen).toMatchObject([
      { name: '刘淑兰', may: true, meant: true, signUp: null, clashes: [{ id, title: '浏阳河边走一走' }] },
    ]);
    expect((await liu.get(`/api/activities/${id}`)).body.people[0].signUp).toMatchObject({ companion: true, needs });
    // What she needs is for those who hold it, and sealed in the database.
    const [row] = await sql(`select needs::text from sign_ups where activity_id = '${id}'`);
    expect(row?.['needs']).not.toContain('company');
    await sql(`update links set scope = 'look' where retiree_id = '${her}' and relation <> 'self'`);
    expect((await cancel({ browser: daughter }, signed.body.id)).status).toBe(404);
    expect((await signUp({ browser: daughter, id: her }, other)).status).toBe(403);
    await sql(`update links set scope = 'apply' where retiree_id = '${her}' and relation <> 'self'`);
    expect((await cancel({ browser: daughter }, signed.body.id)).body.state).toBe('cancelled');
    expect((await told(String(account?.['account_id']))).at(-1)).toBe('given-up');
  });
});

describe('for somebody who has no phone', () => {
  test('staff in whose care they are sign up, confirm and give up, for what the units above hold as well', async () => {
    const street = await stage.staff(STREET, 'lead');
    const id = await hold(street, { seats: 1 }, STREET);
    const [one] = await withoutPhone(1);
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
    const [one] = await withoutPhone(1);
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

describe('is refused with words that help', () => {
  test('before it opens, after it closes, twice, with somebody where nobody may be brought, after it was called off', async () => {
    const later = await hold(clerk, { opensAt: '2026-11-12T08:00:00+08:00' });
    const early = await signUp(of(0), later);
    expect(early.body).toMatchObject({
      code: 'sign-up-not-yet',
      title: '报名还没有开始，11月12日（星期四）上午8:00开始。',
    });
    const id = await hold(clerk);
    expect((await signUp(of(0), id, { companion: true })).body.code).toBe('sign-up-no-companion');
    const { body } = await signUp(of(0), id);
    const twice = await Promise.all([signUp(of(0), id), signUp(of(0), id)]);
    expect(twice.map((one) => one.body.code)).toEqual(['sign-up-twice', 'sign-up-twice']);
    await ensureSound(stage, id);
    stage.at('2026-11-13 18:00');
    expect((await signUp(of(1), id)).body.code).toBe('sign-up-closed');
    stage.at(NOW);
    expect((await clerk.post(`/api/staff/activities/${id}/call-off`, { version: 1, why: '下雨' })).status).toBe(200);
    expect((await signUp(of(1), id)).body.code).toBe('sign-up-cancelled');
    expect((await confirm(of(0), body.id)).body.code).toBe('sign-up-cancelled');
    expect((await told(of(0).account)).at(-1)).toBe('cancelled');
  });

  test('outside the communities that a street holds it for; the others do not even see it', async () => {
    const street = await stage.staff(STREET, 'lead');
    const below = (await street.get(`/api/staff/activities/audience?unit=${STREET}`)).body;
    expect(below).toContainEqual({ id: COMMUNITY, name: '识字里社区' });
    const others = below.map(({ id }: { id: string }) => id).filter((id: string) => id !== COMMUNITY);
    const seen = async (id: string) =>
      (await of(0).browser.get('/api/activities')).body.activities.some((one: { id: string }) => one.id === id);
    const id = await hold(street, { audience: others }, STREET);
    expect((await signUp(of(0), id)).body).toMatchObject({ code: 'sign-up-outside', status: 403 });
    expect(await seen(id)).toBe(false);
    expect((await of(0).browser.get(`/api/activities/${id}`)).body.people[0].meant).toBe(false);
    expect((await change(street, id, { audience: [COMMUNITY, ...others.slice(0, 1)] })).status).toBe(200);
    expect(await seen(id)).toBe(true);
    expect((await signUp(of(0), id)).body.state).toBe('in');
    expect((await of(0).browser.get(`/api/activities/${id}`)).body.audience).toContain('识字里社区、');
    // For fewer afterwards, whoever has a seat keeps it.
    expect((await change(street, id, { audience: others })).status).toBe(200);
    await ensureSound(stage, id);
    expect((await signUp(of(1), id)).body.code).toBe('sign-up-outside');
    for (const audience of [[STREET], ['430111001001'], []])
      expect([400, 404]).toContain(
        (await street.post('/api/staff/activities', { ...walk, audience, unit: STREET })).status,
      );
  });

  test('outside the audience, for somebody else’s people, and for nobody', async () => {
    const id = await hold(await stage.person(RECEIVING_CLERK), {}, '430111001001');
    expect((await signUp(of(0), id)).body).toMatchObject({ code: 'sign-up-outside', status: 403 });
    expect((await signUp({ browser: of(0).browser, id: of(1).id }, id)).status).toBe(403);
    expect((await signUp({ browser: stage.house.visit(), id: of(1).id }, id)).status).toBe(401);
    expect((await of(0).browser.get(`/api/activities/${id}`)).body.people[0].meant).toBe(false);
    const [{ id: theirs }] = (await of(2).browser.get('/api/activities/mine')).body.coming.map(
      (one: { signUp: object }) => one.signUp,
    );
    expect((await cancel(of(0), theirs)).status).toBe(404);
  });
});

describe('staff', () => {
  test('are told which time, seats or link is wrong; nobody else publishes for their unit', async () => {
    const publish = (parts: object) => clerk.post('/api/staff/activities', { ...base, ...parts, unit: COMMUNITY });
    const { walk: base } = await import('./hold.ts');
    expect((await publish({ startsAt: '2026-11-09T09:00:00+08:00' })).body.code).toBe('activity-time-past');
    expect((await publish({ endsAt: base.startsAt })).body.code).toBe('activity-time-backwards');
    expect((await publish({ mapUrl: 'http://map.example.com/1' })).body.code).toBe('activity-not-a-map');
    expect((await publish({ seats: 0 })).body.code).toBe('bad-request');
    expect((await publish({ contactPhone: '12' })).body.code).toBe('bad-request');
    expect((await liu.post('/api/staff/activities', { ...base, unit: COMMUNITY })).status).toBe(403);
    expect((await clerk.post('/api/staff/activities', { ...base, unit: STREET })).status).toBe(403);
  });

  test('cannot go below the seats that are taken, nor into the past; more seats go to those who wait; a move is told', async () => {
    const id = await hold(clerk, { seats: 2 });
    for (const n of [0, 1, 2, 3]) await signUp(of(n), id);
    expect((await change(clerk, id, { seats: 1 })).body).toMatchObject({ code: 'activity-seats-taken', taken: 2 });
    expect((await change(clerk, id, { startsAt: '2026-11-01T09:00:00+08:00' })).body.code).toBe('activity-time-past');
    expect(
      (await clerk.put(`/api/staff/activities/${id}`, { ...(await import('./hold.ts')).walk, version: 99 })).body.code,
    ).toBe('activity-changed');
    expect((await change(clerk, id, { seats: 3 })).status).toBe(200);
    expect((await told(of(2).account)).at(-1)).toBe('offered');
    expect((await told(of(0).account)).at(-1)).not.toBe('changed');
    expect((await change(clerk, id, { seats: 3, bring: '雨伞' })).status).toBe(200);
    expect((await told(of(0).account)).at(-1)).toBe('changed');
    const moved = { seats: 3, startsAt: '2026-11-15T09:00:00+08:00', endsAt: '2026-11-15T11:00:00+08:00' };
    expect((await change(clerk, id, moved)).status).toBe(200);
    expect(await Promise.all([0, 2, 3].map(async (n) => (await told(of(n).account)).at(-1)))).toEqual(
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

describe('the clockwork', () => {
  test('reminds a day and two hours before, each once whoever sweeps, and anew after a move', async () => {
    const id = await hold(clerk, { seats: 2 });
    await signUp(of(4), id);
    const reminders = async () => (await told(of(4).account)).filter((one) => one === 'remind').length;
    const sweep = async (moment: string) => {
      stage.at(moment);
      await Promise.all([sweepActivities(stage.ctx), sweepActivities(stage.ctx)]);
      return reminders();
    };
    expect(await sweep('2026-11-13 08:59')).toBe(0);
    expect(await sweep('2026-11-13 09:00')).toBe(1);
    expect(await sweep('2026-11-13 15:00')).toBe(1);
    expect(await sweep('2026-11-14 07:59')).toBe(1);
    expect(await sweep('2026-11-14 08:00')).toBe(2);
    expect(await sweep('2026-11-14 08:30')).toBe(2);
    stage.at('2026-11-14 08:40');
    const moved = { startsAt: '2026-11-20T09:00:00+08:00', endsAt: '2026-11-20T11:00:00+08:00', seats: 2 };
    expect((await change(clerk, id, moved)).status).toBe(200);
    expect(await sweep('2026-11-19 09:00')).toBe(3);
  });
});

describe('the door', () => {
  test('takes what phones noted in any order, twice or from two phones: one check-in a person, the later word counts', async () => {
    const id = await hold(clerk, { seats: 3 });
    const [one, two] = [(await signUp(of(0), id)).body.id, (await signUp(of(1), id)).body.id];
    stage.at('2026-11-14 09:30');
    const at = (minute: number) => `2026-11-14T09:${String(minute).padStart(2, '0')}:00+08:00`;
    const send = (checks: object[]) => clerk.post(`/api/staff/activities/${id}/check-ins`, { checks });
    const both = [
      { signUp: one, present: true, at: at(1) },
      { signUp: two, present: true, at: at(2) },
    ];
    const answers = await Promise.all([send(both), send(both.toReversed()), send(both)]);
    for (const { body } of answers)
      expect(body.people.every((person: { present: boolean }) => person.present)).toBe(true);
    expect((await clerk.get(`/api/staff/activities/${id}`)).body.people.came).toBe(2);
    // Tapped by mistake and taken back; what was noted before that arrives later.
    await send([{ signUp: two, present: false, at: at(5) }]);
    await send([{ signUp: two, present: true, at: at(3) }]);
    expect((await clerk.get(`/api/staff/activities/${id}`)).body.people.came).toBe(1);
    const other = await hold(clerk, { startsAt: '2026-11-20T09:00:00+08:00', endsAt: '2026-11-20T10:00:00+08:00' });
    const foreign = await clerk.post(`/api/staff/activities/${other}/check-ins`, { checks: both });
    expect(foreign.body.people).toEqual([]);
    expect((await liu.post(`/api/staff/activities/${id}/check-ins`, { checks: both })).status).toBe(404);
  });

  test('those who were there are asked once how it was, by day; each says it once; staff see the average and no name', async () => {
    const id = await hold(clerk, {
      seats: 3,
      startsAt: '2026-11-14T18:00:00+08:00',
      endsAt: '2026-11-14T20:40:00+08:00',
    });
    const [one, two] = [(await signUp(of(0), id)).body.id, (await signUp(of(1), id)).body.id];
    const rate = (who: Neighbour, signedUp: string, stars: number) =>
      who.browser.post(`/api/sign-ups/${signedUp}/rating`, { stars });
    stage.at('2026-11-14 18:10');
    const checks = [{ signUp: one, present: true, at: '2026-11-14T18:10:00+08:00' }];
    await clerk.post(`/api/staff/activities/${id}/check-ins`, { checks });
    expect((await rate(of(0), one, 5)).body.code).toBe('rating-early');
    stage.at('2026-11-15 07:59');
    expect((await sweepActivities(stage.ctx)).asked).toBe(0);
    stage.at('2026-11-15 08:00');
    await Promise.all([sweepActivities(stage.ctx), sweepActivities(stage.ctx)]);
    const asked = await sql(
      `select account_id from messages where template = 'activity.rate' and params ->> 'signUp' = '${one}'`,
    );
    expect(asked).toEqual([{ account_id: of(0).account }]);
    expect((await told(of(1).account)).at(-1)).not.toBe('rate');
    expect((await rate(of(1), two, 5)).body.code).toBe('rating-not-there');
    expect((await rate(of(1), one, 5)).status).toBe(404);
    expect((await clerk.post(`/api/sign-ups/${one}/rating`, { stars: 5 })).status).toBe(404);
    const both = await Promise.all([rate(of(0), one, 4), rate(of(0), one, 4)]);
    expect(both.filter(({ body }) => body.code === 'rating-twice')).toHaveLength(1);
    expect(both.filter(({ status }) => status === 200)).toHaveLength(1);
    const say = (words: string) => of(0).browser.post(`/api/sign-ups/${one}/rating/words`, { words });
    expect((await say('  下次还来  ')).status).toBe(200);
    expect((await say('再说一句')).body.code).toBe('rating-twice');
    const [own] = (await of(0).browser.get(`/api/activities/${id}`)).body.people;
    expect(own.signUp).toMatchObject({ checkedIn: true, stars: 4, words: true });
    const { rating } = (await clerk.get(`/api/staff/activities/${id}`)).body;
    expect(rating).toEqual({ mean: 4, count: 1, words: ['下次还来'] });
    const street = await stage.staff(STREET, 'lead');
    expect((await street.get(`/api/staff/activities/${id}`)).body.rating).toEqual({ mean: 4, count: 1, words: [] });
    const [row] = await sql(`select rating_words::text from sign_ups where id = '${one}'`);
    expect(row?.['rating_words']).not.toContain('下次');
  });

  test('photos come afterwards, confirmed, without the place; those whom it was for see them, and have one taken down at once', async () => {
    const id = await hold(clerk);
    const picture = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#396' } })
      .withExif({ IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '28/1 11/1 0/1' } })
      .jpeg()
      .toBuffer();
    const add = (by: Browser, query = '?agreed=yes') =>
      by.call('POST', `/api/staff/activities/${id}/photos${query}`, picture);
    expect((await add(clerk)).body.code).toBe('activity-photos-early');
    stage.at('2026-11-14 10:00');
    expect((await add(clerk, '')).status).toBe(400);
    expect((await add(await stage.person(RECEIVING_CLERK))).status).toBe(404);
    const { id: photo } = (await add(clerk)).body;
    const seen = async (who: Browser) => (await who.get(`/api/activities/${id}`)).body.photos;
    expect(await seen(liu)).toEqual([photo]);
    expect(await seen(daughter)).toEqual([photo]);
    for (const who of [stage.house.visit(), await stage.person(RECEIVING_CLERK)]) {
      expect(await seen(who)).toEqual([]);
      expect((await who.get(`/api/activities/photos/${photo}`)).status).toBe(404);
      expect([401, 404]).toContain((await who.post(`/api/activities/photos/${photo}/take-down`)).status);
    }
    const headers = { cookie: `session=${liu.cookie('session')}` };
    const shown = await fetch(`${stage.house.url}/api/activities/photos/${photo}`, { headers });
    expect((await sharp(Buffer.from(await shown.arrayBuffer())).metadata()).exif).toBeUndefined();
    expect((await liu.post(`/api/activities/photos/${photo}/take-down`)).status).toBe(204);
    expect((await clerk.get(`/api/activities/photos/${photo}`)).status).toBe(404);
    expect(await sql(`select id from activity_photos where activity_id = '${id}'`)).toHaveLength(0);
    expect((await clerk.get('/api/messages')).body[0].text).toContain('“浏阳河边走一走”的一张照片，有人请求撤下');
  });

  test('lets in whoever never signed up while a seat is free; the ledger says who came, when, and by whom', async () => {
    const id = await hold(clerk, { seats: 2, companions: true });
    const signed = (await signUp(of(0), id)).body.id;
    const [walker, late] = await withoutPhone(2);
    stage.at('2026-11-14 09:20');
    expect((await signUp(of(1), id)).body.code).toBe('sign-up-running');
    const letIn = await signUpFor(clerk, id, walker);
    expect(letIn.body).toMatchObject({ state: 'in' });
    expect((await signUpFor(clerk, id, walker)).body.code).toBe('sign-up-twice');
    expect((await signUpFor(clerk, id, late)).body.code).toBe('sign-up-full');
    await ensureSound(stage, id);
    const check = { signUp: letIn.body.id, present: true, at: '2026-11-14T09:20:00+08:00' };
    await clerk.post(`/api/staff/activities/${id}/check-ins`, { checks: [check] });
    const ledger = (await clerk.get(`/api/staff/activities/${id}/ledger`)).body;
    expect(ledger).toMatchObject({
      total: { signedUp: 2, came: 1, companions: 0 },
      units: [{ unit: '识字里社区', signedUp: 2, came: 1 }],
      rows: [
        { signUp: signed, by: 'self', came: null },
        { signUp: letIn.body.id, by: 'staff', came: { at: '11月14日（星期六）上午9:20', by: '李娟' } },
      ],
    });
    const file = await clerk.get(`/api/staff/activities/${id}/ledger.xlsx`);
    expect(file.status).toBe(200);
    const street = await stage.staff(STREET, 'lead');
    expect((await street.get(`/api/staff/activities/${id}/ledger`)).status).toBe(404);
    expect((await liu.get(`/api/staff/activities/${id}/ledger`)).status).toBe(404);
    stage.at('2026-11-14 11:00');
    expect((await signUpFor(clerk, id, late)).body.code).toBe('sign-up-over');
  });
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
