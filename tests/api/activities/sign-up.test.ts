/** Who may sign up for an activity, who waits, who is called, who comes along, and what bad input is told. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sweepActivities } from '../../../api/activities/sweep.ts';
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
  STREET,
  told,
  walk,
} from './hold.ts';

let stage: Stage;
let clerk: Browser;
let liu: Browser;
let daughter: Browser;
let her: string;
let people: Neighbour[];
beforeAll(async () => {
  ({ stage, clerk, liu, daughter, people } = await openScene());
  her = (await liu.get('/api/me')).body.people[0].id;
});
afterAll(() => stage.stop());
beforeEach(() => stage.at(NOW));

const sql = (query: string) => stage.house.connection.sql.unsafe(query);
const of = (n: number): Neighbour => people[n] as Neighbour;
const lineOf = async ({ browser }: Neighbour, id: string): Promise<number | null> =>
  (await browser.get(`/api/activities/${id}`)).body.people[0].signUp.line;

describe('signing up', () => {
  test('takes a seat, then a place in the line; whoever gives up makes room for the first of it, who confirms', async () => {
    const id = await hold(clerk);
    const [a, b, c, d] = await Promise.all([0, 1].map((n) => signUp(of(n), id))).then(async (first) => [
      ...first,
      await signUp(of(2), id),
      await signUp(of(3), id),
    ]);
    expect([a, b, c, d].map((one) => one?.body.state)).toEqual(['in', 'in', 'waiting', 'waiting']);
    expect(await Promise.all([1, 2, 3].map((n) => lineOf(of(n), id)))).toEqual([null, 1, 2]);
    expect((await cancel(of(0), a?.body.id)).body).toMatchObject({ state: 'cancelled' });
    // Twice is once.
    expect((await cancel(of(0), a?.body.id)).body).toMatchObject({ state: 'cancelled' });
    expect(await told(stage, of(2).account)).toEqual(['offered']);
    expect(await told(stage, of(3).account)).toEqual([]);
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
    expect((await told(stage, of(1).account)).at(-1)).toBe('lapsed');
    expect((await confirm(of(2), third)).body.state).toBe('in');
    await ensureSound(stage, id);
  });

  test('shortly before it begins nobody is asked any more: the next simply has the seat', async () => {
    const id = await hold(clerk, { seats: 1, closesAt: '2026-11-14T09:00:00+08:00' });
    const first = (await signUp(of(0), id)).body.id;
    await signUp(of(1), id);
    stage.at('2026-11-14 08:10');
    await cancel(of(0), first);
    expect((await told(stage, of(1).account)).at(-1)).toBe('seated');
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
    expect((await told(stage, of(1).account)).at(-1)).toBe('offered');
    // When those in front leave, whoever fits is called.
    const { id: pair } = (await of(1).browser.get(`/api/activities/${id}`)).body.people[0].signUp;
    await cancel(of(1), pair);
    expect((await told(stage, of(2).account)).at(-1)).toBe('offered');
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
    expect(three.state).toBe('waiting');
    expect((await of(2).browser.get(`/api/activities/${id}`)).body.people[0].signUp.line).toBe(1);
    for (const [who, signedUp] of [
      [of(0), one],
      [of(1), two],
    ] as const)
      expect((await wish(who, signedUp, { companion: false })).status).toBe(200);
    expect((await told(stage, of(2).account)).at(-1)).toBe('offered');
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
    expect(await told(stage, String(account?.['account_id']))).toEqual(['signed-up']);
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
    expect((await told(stage, String(account?.['account_id']))).at(-1)).toBe('given-up');
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
    expect((await told(stage, of(0).account)).at(-1)).toBe('cancelled');
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
