/** A death ends what the retiree signed up for, and its undoing brings it back as far as seats are left. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from '../../tools/browser.ts';
import { apply, DAUGHTER, LIU, OLD_CLERK } from '../../tools/story.ts';
import { approve, foundTrue, linkedReport, liu as liuNamed, openStory } from '../deaths/stories.ts';
import { use, type Stage } from '../engine/stage.ts';
import { COMMUNITY, ensureSound, hold, neighbours, signUp, type Neighbour } from './hold.ts';

let stage: Stage;
let clerk: Browser;
let her: { browser: Browser; id: string };
let people: Neighbour[];
beforeAll(async () => {
  stage = await openStory('2026-11-23 10:00');
  clerk = await stage.person(OLD_CLERK);
  const browser = await stage.person(LIU);
  her = { browser, id: (await browser.get('/api/me')).body.people[0].id };
  people = await neighbours(stage, 2);
});
afterAll(() => stage.stop());

const day = (n: number) => ({
  seats: 1,
  startsAt: `2026-12-0${n}T09:00:00+08:00`,
  endsAt: `2026-12-0${n}T11:00:00+08:00`,
  closesAt: `2026-12-0${n}T08:00:00+08:00`,
});

test('the seat goes to whoever waits; undone, she has the seat that nobody took, and is first in line for the other', async () => {
  const [wanted, quiet] = [await hold(clerk, day(1)), await hold(clerk, day(2))];
  const [first, other] = people as [Neighbour, Neighbour];
  for (const id of [wanted, quiet]) expect((await signUp(her, id)).body.state).toBe('in');
  await signUp(first, wanted);
  const daughter = await stage.person(DAUGHTER);
  const number = await apply(daughter, 'death-report', linkedReport(liuNamed), her.id);
  const states = async () =>
    (await stage.house.connection.sql`select state from sign_ups where retiree_id = ${her.id} order by n`).map(
      (row) => row['state'],
    );
  // Only reported: nothing changes.
  expect(await states()).toEqual(['in', 'in']);
  const { family: _, ...byRelative } = foundTrue;
  expect((await approve(clerk, number, byRelative)).status).toBe(200);
  expect(await states()).toEqual(['stopped', 'stopped']);
  expect((await first.browser.get(`/api/activities/${wanted}`)).body.people[0].signUp.state).toBe('offered');
  for (const id of [wanted, quiet]) await ensureSound(stage, id);
  expect((await signUp({ browser: daughter, id: her.id }, quiet)).status).toBe(404);

  const lead = await stage.staff(COMMUNITY, 'lead');
  expect(await use(lead, number, 'undo', { words: '报错了人' })).toMatchObject({ status: 200 });
  expect(await states()).toEqual(['waiting', 'in']);
  await signUp(other, wanted);
  const mine = (
    await stage.house.connection
      .sql`select state, n from sign_ups where activity_id = ${wanted} and state = 'waiting' order by n limit 1`
  )[0];
  expect(mine?.['n']).toBe(
    (await stage.house.connection.sql`select n from sign_ups where retiree_id = ${her.id} order by n`)[0]?.['n'],
  );
  for (const id of [wanted, quiet]) await ensureSound(stage, id);
});
