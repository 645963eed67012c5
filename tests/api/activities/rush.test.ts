/** Everybody taps at once: never oversold, nobody lost, nobody passed over, no deadlock, whatever else happens at that moment. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sweepActivities } from '../../../api/activities/sweep.ts';
import type { Browser } from '../../tools/browser.ts';
import { openTestHouse, type HouseUnderTest } from '../../tools/house-under-test.ts';
import { openStage, type Stage } from '../engine/stage.ts';
import { change, ensureSound, hold, neighbours, signUp, type Neighbour } from './hold.ts';

const CITY = '4301';
const SEATS = 20;
let stage: Stage;
let second: HouseUnderTest;
let lead: Browser;
let people: Neighbour[];
beforeAll(async () => {
  stage = await openStage('2026-11-10 10:00', 'web');
  const { connection } = stage.house;
  const { host, port, database, user, pass } = connection.sql.options;
  const url = `postgres://${user}:${pass ?? ''}@${String(host[0])}:${String(port[0])}/${database}`;
  second = await openTestHouse({ clock: stage.ctx.clock, env: { ROLE: 'web', DATABASE_URL: url } });
  lead = await stage.staff(CITY, 'lead');
  people = await neighbours(stage, 300, CITY);
  // Half of them are served by another process with connections of its own.
  for (const [at, one] of people.entries()) {
    if (at % 2 === 0) continue;
    const token = one.browser.cookie('session') ?? '';
    one.browser = second.visit();
    one.browser.setCookie('session', token);
  }
});
afterAll(async () => {
  await second.stop();
  await stage.stop();
});

const sql = (query: string) => stage.house.connection.sql.unsafe(query);
const linesOf = (activity: string) =>
  sql(`select id, state, size, n from sign_ups where activity_id = '${activity}' order by n`);

test('300 tap at once for 20 seats: exactly 20 have one, all others wait in their order', async () => {
  const id = await hold(lead, { seats: SEATS }, CITY);
  const answers = await Promise.all(people.map((one) => signUp(one, id)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(answers.filter(({ body }) => body.state === 'in')).toHaveLength(SEATS);
  const rows = await linesOf(id);
  expect(rows).toHaveLength(300);
  await ensureSound(stage, id);
  // As each of them reads it afterwards.
  const waiting = rows.filter(({ state }) => state === 'waiting');
  const last = people.find((_, at) => answers[at]?.body.id === waiting.at(-1)?.['id']);
  const seen = (await last?.browser.get(`/api/activities/${id}`))?.body.people[0].signUp;
  expect(seen.line).toBe(300 - SEATS);

  // All who have a seat give it up at once, while everybody who was already there taps again.
  const seated = people.filter((_, at) => answers[at]?.body.state === 'in');
  const given = await Promise.all([
    ...people.flatMap((one, at) =>
      answers[at]?.body.state === 'in' ? [one.browser.post(`/api/sign-ups/${answers[at]?.body.id}/cancel`)] : [],
    ),
    ...people.filter((one) => !seated.includes(one)).map((one) => signUp(one, id)),
  ]);
  expect(given.filter(({ status }) => status === 200)).toHaveLength(SEATS);
  expect(given.filter(({ body }) => body.code === 'sign-up-twice')).toHaveLength(300 - SEATS);
  await ensureSound(stage, id);
  const offered = (await linesOf(id)).filter(({ state }) => state === 'offered').map((row) => row['id']);
  // Exactly the first of the line.
  expect(offered).toEqual(waiting.slice(0, SEATS).map((row) => row['id']));
}, 60_000);

test('seats are taken, given up and added at one moment, and nobody waits for somebody who waits for them', async () => {
  const id = await hold(lead, { seats: 1 }, CITY);
  const crowd = people.slice(0, 12);
  for (let round = 1; round <= 6; round += 1) {
    // Whoever has a seat or a place gives it up, whoever has none asks for one, and the staff add a seat.
    const acts = crowd.map(async (one) => {
      const own = (await one.browser.get(`/api/activities/${id}`)).body.people[0].signUp;
      return own ? one.browser.post(`/api/sign-ups/${own.id}/cancel`) : signUp(one, id);
    });
    const answers = await Promise.all([...acts, change(lead, id, { seats: round + 1 })]);
    expect(answers.map(({ status }) => status).filter((status) => status >= 500)).toEqual([]);
    await ensureSound(stage, id);
  }
}, 60_000);

test('whatever comes together, in whatever order: the count is right, and nobody stands before others who fit', async () => {
  const act = fc.record({
    who: fc.integer({ min: 0, max: 11 }),
    what: fc.constantFrom('sign-up', 'sign-up', 'pair', 'cancel', 'confirm', 'more', 'lapse'),
  });
  let seats = 3;
  const held: unknown[] = [];
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 4, maxLength: 24 }), async (acts) => {
      seats = 3;
      const id = await hold(lead, { seats, companions: true }, CITY);
      // Three at a time: what comes together may be done in any order.
      for (let at = 0; at < acts.length; at += 3)
        await Promise.all(acts.slice(at, at + 3).map((one) => carryOut(id, one)));
      await ensureSound(stage, id);
      held.push(id);
      const rows = await linesOf(id);
      const first = rows.find(({ state }) => state === 'waiting');
      const [activity] = await sql(`select seats - taken as free from activities where id = '${id}'`);
      if (first) expect(activity?.['free']).toBeLessThan(first['size'] as number);
      // Nobody is called before somebody who has waited longer.
      const offered = rows.filter(({ state }) => state === 'offered').map(({ n }) => Number(n));
      if (first) expect(offered.every((n) => n < Number(first['n']))).toBe(true);
    }),
    { numRuns: 25 },
  );
  expect(held).toHaveLength(25);

  async function carryOut(id: string, { who, what }: { who: number; what: string }): Promise<void> {
    const one = people[who] as Neighbour;
    const refusals = ['sign-up-twice', 'sign-up-gone', 'activity-changed'];
    const expectFine = ({ status, body }: { status: number; body: { code?: string } }) => {
      if (status !== 200) expect(refusals).toContain(body.code);
    };
    if (what === 'sign-up' || what === 'pair') return expectFine(await signUp(one, id, { companion: what === 'pair' }));
    if (what === 'more') {
      seats += 1;
      return expectFine(await change(lead, id, { seats, companions: true }));
    }
    if (what === 'lapse') {
      stage.at('2026-11-11 10:30');
      await sweepActivities(stage.ctx);
      return stage.at('2026-11-10 10:00');
    }
    const { signUp: own } = (await one.browser.get(`/api/activities/${id}`)).body.people[0];
    if (own) expectFine(await one.browser.post(`/api/sign-ups/${own.id}/${what}`));
  }
}, 120_000);
