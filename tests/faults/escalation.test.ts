/**
 * Ten thousand cases that nobody decides, in every state, at desks with and without people; the worker is killed twenty times on its way.
 * In the end each rung of each case was told once, and none is missing.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { caseNumber } from '../../api/engine/case-number.ts';
import { deadline } from '../../api/engine/deadline.ts';
import { reached } from '../../api/escalation/rules.ts';
import { openStage, type Stage } from '../api/engine/stage.ts';
import { bare } from '../tools/bare.ts';

const CASES = 10_000;
const KILLS = 20;
const OPENED = new Date('2026-11-02T10:00:00+08:00');
/** Mornings on which the worker runs: half gone, due, and a rung a working day. */
const MORNINGS = ['2026-11-05', '2026-11-06', '2026-11-09', '2026-11-10', '2026-11-11'];

let stage: Stage;
beforeAll(async () => {
  stage = await openStage('2026-11-02 10:00', 'web');
});
afterAll(() => stage.stop());
const sql = (query: string) => stage.house.connection.sql.unsafe(query);

/** Waiting and not, claimed and not, in communities that have staff and in one that has none. */
async function layCases(): Promise<void> {
  const clerks = await sql(
    `select account_id, unit_id from posts where unit_id like '4301________' and ended_at is null`,
  );
  const units = [...new Set(clerks.map((row) => row['unit_id'] as string)), '430104001001'];
  const rows = Array.from({ length: CASES }, (_, n) => {
    const unitId = units[n % units.length] ?? '';
    const status = ['open', 'open', 'open', 'entering', 'returned', 'approved'][n % 6] ?? '';
    const clerk = clerks.find((row) => row['unit_id'] === unitId)?.['account_id'] as string | undefined;
    const days = 2 + (n % 3);
    return {
      opened: OPENED,
      number: caseNumber(9_000_000 + n),
      status,
      step: status === 'entering' ? 'enter' : 'decide',
      unit_id: unitId,
      claimed_by: n % 5 === 0 ? (clerk ?? null) : null,
      due_at: deadline(OPENED, days, stage.ctx.city.calendar).toISOString(),
      clock_days: days,
    };
  });
  await stage.house.connection.sql`
    insert into cases (number, kind, service_version, status, step, round, unit_id, claimed_by, capacity, opened_at, due_at, clock_from, clock_days)
    select number, 'relocation', 1, status, step, 1, unit_id, claimed_by, 'self', opened, due_at, opened, clock_days
      from json_to_recordset(${JSON.stringify(rows)}::text::json)
        as r(opened timestamptz, number text, status text, step text, unit_id text, claimed_by uuid, due_at timestamptz, clock_days int)`;
}

function start(day: string): ChildProcess {
  const env = { ...bare, DATABASE_URL: stage.house.databaseUrl, NOW: `${day}T08:05:00+08:00` };
  const child = spawn(process.execPath, ['tests/faults/escalator.ts'], { env, stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

/** Every commit that told somebody something is heard at once: nobody asks the database over and over on the killed one's cores. */
async function listen(): Promise<() => Promise<void>> {
  await sql(`create function told() returns trigger language plpgsql as $$ begin notify told; return null; end $$`);
  await sql(`create trigger told after insert on escalations for each statement execute function told()`);
  let heard = () => {};
  await stage.house.connection.sql.listen('told', () => heard());
  return async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    heard = resolve;
    await promise;
  };
}

/** Lets it run until it has told somebody something, and kills it there. @returns whether it was killed before it was done */
async function killOnTheWay(day: string, told: () => Promise<void>): Promise<boolean> {
  const child = start(day);
  const ended = once(child, 'exit');
  await Promise.race([told(), ended]);
  child.kill('SIGKILL');
  await ended;
  return child.signalCode === 'SIGKILL';
}

/** What every case must have been told by then, reckoned anew from the rules. */
async function expected(day: string): Promise<string[]> {
  const posts = await sql(
    `select unit_id, role, on_duty from posts where ended_at is null and suspended_at is null and on_duty`,
  );
  const has = (unit: string, lead: boolean) =>
    posts.some((row) => row['unit_id'] === unit && (!lead || row['role'] === 'lead'));
  const rows =
    await sql(`select k.id, k.claimed_by, k.due_at, k.clock_days, u.path from cases k join units u on u.id = k.unit_id
    where k.status in ('open', 'entering')`);
  return rows.flatMap((row) => {
    const above = (row['path'] as string).split('.').toReversed();
    const hands = row['claimed_by'] !== null || has(above[0] ?? '', false);
    const ladder = [hands, ...above.map((unit) => has(unit, true))].map((someone, level) => ({
      level,
      isEmpty: !someone,
    }));
    const wait = { from: OPENED, days: Number(row['clock_days']), due: new Date(row['due_at'] as string) };
    return reached(wait, ladder, new Date(`${day}T08:05:00+08:00`), stage.ctx.city.calendar).map(
      (level) => `${row['id']} ${level}`,
    );
  });
}

test(
  'each rung of each case once, none missing, though the worker is killed twenty times',
  { timeout: 240_000 },
  async () => {
    await layCases();
    const told = await listen();
    let kills = 0;
    for (const day of MORNINGS) {
      for (let n = 0; n < KILLS / MORNINGS.length; n += 1) if (await killOnTheWay(day, told)) kills += 1;
      const child = start(day);
      const [code] = (await once(child, 'exit')) as [number];
      expect(code).toBe(0);
    }
    expect(kills).toBe(KILLS);
    const rungs = await sql(`select case_id || ' ' || level as rung from escalations`);
    const wanted = await expected(MORNINGS.at(-1) ?? '');
    expect(wanted.length).toBeGreaterThan(CASES);
    expect(rungs.map((row) => row['rung'] as string).toSorted()).toEqual(wanted.toSorted());
    // As many messages as people were told of, and each with a key of its own.
    const [sums] = await sql(`select (select sum(told)::int from escalations) as told,
    count(*)::int as messages, count(distinct once_key)::int as keys from messages where template like 'escalated.%'`);
    expect(sums?.['messages']).toBe(sums?.['told']);
    expect(sums?.['keys']).toBe(sums?.['told']);
    expect(sums?.['told']).toBeGreaterThan(0);
  },
);
