/**
 * The rush: 2,000 people tap for 50 seats within a second, over two web processes. It has a small database of its own, thrown away
 * afterwards, so that it runs without the large one.
 */
import { cpus, loadavg } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import type postgres from 'postgres';
import { hashOf, newToken } from '../../../api/access/secrets.ts';
import { loadDemo } from '../../../db/seed/demo/load.ts';
import { Caller } from './caller.ts';
import { percentile } from './drive.ts';
import { withOwnDatabase } from './own-database.ts';
import { startProgram, type Program } from './process.ts';
import { exactly, figure, type Table } from './table.ts';

const PEOPLE = 2000;
const SEATS = 50;
const WITHIN_MS = 1000;
const LONGEST_MS = 2000;
const WEB_PROCESSES = 2;
/** A process just started compiles and prepares what one that has run for a minute has ready. */
const WARM_UP = 300;
const TOGETHER = 40;

interface Tapper {
  retireeId: string;
  token: string;
}

/** One tap: when it was due, when its answer was whole, and which sign-up it is. */
interface Tap {
  sent: number;
  answered: number;
  id: string;
  state: string;
}

export function measureRush(): Promise<Table> {
  return withOwnDatabase(async (connection, url) => {
    await loadDemo(connection.db, { retirees: PEOPLE + 400 });
    return rush(connection.sql, url);
  });
}

async function rush(sql: postgres.Sql, url: string): Promise<Table> {
  const tappers = await signIn(sql);
  const houses: Program[] = [];
  try {
    for (let n = 0; n < WEB_PROCESSES; n += 1) {
      const env = { ROLE: 'web', PORT: '0', DATABASE_URL: url, DATABASE_POOL: '20', LOG_LEVEL: 'error' };
      houses.push(await startProgram('main.ts', env));
    }
    const urls = houses.map((house) => house.url);
    await tapAll(urls, await holdActivity(sql, WARM_UP / 3), tappers.slice(0, WARM_UP));
    const activity = await holdActivity(sql, SEATS);
    const taps = await tapAll(urls, activity, tappers);
    return await tableOf(sql, activity, taps);
  } finally {
    for (const house of houses) await house.stop();
  }
}

/** Each of them on a connection of their own, spread evenly over the time, over the processes by turns. */
async function tapAll(urls: readonly string[], activity: string, tappers: readonly Tapper[]): Promise<Tap[]> {
  const path = `/api/activities/${activity}`;
  // They look at it before they tap, as on the page: their connections are open.
  const callers = tappers.map(({ token }, at) => new Caller(urls[at % urls.length] ?? '', token));
  for (let at = 0; at < callers.length; at += TOGETHER)
    await Promise.all(callers.slice(at, at + TOGETHER).map((caller) => caller.fetch(path)));
  const began = performance.now() + 200;
  return Promise.all(
    tappers.map(async ({ retireeId }, at) => {
      const caller = callers[at] as Caller;
      const due = began + (at / tappers.length) * WITHIN_MS;
      await wait(Math.max(0, due - performance.now()));
      const sent = performance.now();
      const given = { retireeId };
      const { id, state } = await caller.call<{ id: string; state: string }>('POST', `${path}/sign-ups`, given);
      const answered = performance.now();
      await caller.close();
      return { sent, answered, id, state };
    }),
  );
}

async function tableOf(sql: postgres.Sql, activity: string, taps: readonly Tap[]): Promise<Table> {
  const rows = await sql<{ id: string; state: string }[]>`
    select id, state from sign_ups where activity_id = ${activity} order by state = 'waiting', n`;
  const [counted] = await sql<{ taken: number }[]>`select taken from activities where id = ${activity}`;
  const [database] = await sql<{ deadlocks: string }[]>`
    select deadlocks from pg_stat_database where datname = current_database()`;
  const byId = new Map(taps.map((tap) => [tap.id, tap]));
  const order = rows.flatMap(({ id }) => byId.get(id) ?? []);
  const times = taps.map(({ sent, answered }) => answered - sent).toSorted((a, b) => a - b);
  const whole = Math.max(...taps.map(({ answered }) => answered)) - Math.min(...taps.map(({ sent }) => sent));
  return {
    title: `5. The rush: ${PEOPLE} people tap for ${SEATS} seats within a second, over ${WEB_PROCESSES} web processes`,
    figures: [
      exactly('seats given', taps.filter(({ state }) => state === 'in').length, SEATS),
      exactly('seats taken in the database', counted?.taken ?? 0, SEATS),
      exactly('waiting', rows.filter(({ state }) => state === 'waiting').length, PEOPLE - SEATS),
      exactly('lost', PEOPLE - order.length, 0),
      exactly('passed over by somebody who tapped after their answer', passedOver(order), 0),
      exactly('deadlocks', Number(database?.deadlocks ?? 0), 0),
      figure('answers p50', percentile(times, 0.5), 'ms'),
      figure('answers p95', percentile(times, 0.95), 'ms'),
      figure('the longest answer', times.at(-1) ?? 0, 'ms', { atMost: LONGEST_MS }),
      figure('from the first tap to the last answer', whole, 'ms'),
    ],
    notes: [
      'Each person on a connection of their own; load generator, processes and PostgreSQL on the same machine.',
      `Load of the machine: ${loadavg()[0]?.toFixed(1)} on ${cpus().length} cores.`,
    ],
  };
}

/** How many stand behind somebody who tapped only after they had been answered already. Those who tapped at once stand in any order. */
function passedOver(order: readonly Tap[]): number {
  let earliest = Number.POSITIVE_INFINITY;
  let passed = 0;
  for (const tap of order.toReversed()) {
    if (earliest < tap.sent) passed += 1;
    earliest = Math.min(earliest, tap.answered);
  }
  return passed;
}

/** People in the care of the city’s units, each with an account and a session. */
async function signIn(sql: postgres.Sql): Promise<Tapper[]> {
  const rows = await sql<{ id: string }[]>`
    select r.id from retirees r join care c on c.retiree_id = r.id and c.until is null
     where r.died_on is null and not exists (select from links l where l.retiree_id = r.id) order by r.id limit ${PEOPLE}`;
  if (rows.length < PEOPLE) throw new Error(`There are only ${rows.length} people in this database.`);
  const tappers = rows.map(({ id }) => ({ retireeId: id, token: newToken() }));
  await sql`
    with people as (
      select t.retiree_id, t.hash, gen_random_uuid() as account_id
        from unnest(${tappers.map((one) => one.retireeId)}::uuid[], ${tappers.map((one) => hashOf(one.token).toString('hex'))}::text[]) as t (retiree_id, hash)),
    made as (insert into accounts (id, name) select account_id, '邻居' from people),
    linked as (insert into links (account_id, retiree_id, relation) select account_id, retiree_id, 'self' from people)
    insert into sessions (account_id, token_hash, created_at, expires_at)
    select account_id, decode(hash, 'hex'), now(), now() + interval '1 hour' from people`;
  return tappers;
}

async function holdActivity(sql: postgres.Sql, seats: number): Promise<string> {
  const [row] = await sql<{ id: string }[]>`
    insert into activities (unit_id, kind, title, details, starts_at, ends_at, place, directions, seats, opens_at, closes_at, bring,
      walking, companions, contact_name, contact_phone, made_by, made_at)
    select '4301', 'culture', '看戏', '', now() + interval '7 days', now() + interval '8 days', '剧院', '', ${seats}, now() - interval '1 day',
      now() + interval '6 days', '', 'easy', false, '周国平', '0731-84000000', a.id, now() from accounts a limit 1
    returning id`;
  return row?.id ?? '';
}
