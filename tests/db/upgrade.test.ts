/**
 * A database made by every earlier step of the migrations, with data in it, comes up whole under today's code. Its data are today's
 * rows, cut down to the tables and columns that there were: what a story of the product wrote, in each table that the step had.
 * `UPGRADE=all` tries every step, otherwise some.
 */
import { getTableColumns, getTableName, is } from 'drizzle-orm';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { PgTable } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { readConfig } from '../../api/config.ts';
import { auditChains } from '../../api/engine/audit.ts';
import { connect, MIGRATIONS, prepareDatabase, type Connection } from '../../db/connect.ts';
import journal from '../../db/migrations/meta/_journal.json' with { type: 'json' };
import * as schema from '../../db/schema/index.ts';
import { budget, COMMUNITY, pay } from '../api/care/fund.ts';
import { openStage, use, type Stage } from '../api/engine/stage.ts';
import { openTestHouse } from '../tools/house-under-test.ts';
import { disagreements } from '../tools/ledger.ts';
import { apply, DAUGHTER, LIU, newHome, OLD_CLERK, RECEIVING_CLERK } from '../tools/story.ts';
import { using } from './backup/tools.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 });

const migrations = readMigrationFiles({ migrationsFolder: MIGRATIONS });
/** The first, one in the middle (activities), and the last but one. */
const SOME = [0, 18, migrations.length - 2];
const steps = migrations
  .keys()
  .filter((step) => process.env['UPGRADE'] === 'all' || SOME.includes(step))
  .toArray();
const tables = Object.values(schema).filter((value) => is(value, PgTable));

let stage: Stage;
let number: string;
/** Every row of today, table by table, opened. */
let today: Map<string, Record<string, unknown>[]>;
beforeAll(async () => {
  stage = await openStage('2026-09-21 10:00', 'web');
  number = await tellStories();
  today = await everything(stage.house.connection);
});
afterAll(() => stage.stop());

/** Somebody moves, somebody is visited in hospital and given money, somebody is called back. @returns the number of the move */
async function tellStories(): Promise<string> {
  const [liu, daughter, clerk, receiving] = await Promise.all(
    [LIU, DAUGHTER, OLD_CLERK, RECEIVING_CLERK].map((phone) => stage.person(phone)),
  );
  if (!liu || !daughter || !clerk || !receiving) throw new Error('nobody there');
  await budget(await stage.staff(COMMUNITY, 'lead'), COMMUNITY, { hospital: 400 });
  const visit = await apply(liu, 'hospital', { since: '2026-09-01', hospital: '一医院', phone: LIU, papers: null });
  const granted = { visited: '2026-09-21', grave: true, form: 'money', money: '150' };
  expect((await use(clerk, visit, 'approve', granted)).status).toBe(200);
  expect((await pay(clerk, visit, { paidOn: '2026-09-21', receiver: 'self', second: '王芳' })).status).toBe(200);
  await apply(liu, 'call-back', { phone: LIU });
  const move = { to: 'city', home: newHome, since: '2026-09-01', reason: 'other', proof: null, handOver: true };
  const moved = await apply(liu, 'relocation', move);
  expect((await use(receiving, moved, 'approve')).status).toBe(200);
  return moved;
}

/** All rows, as the code of today reads them: what is sealed is opened. */
async function everything({ db }: Connection): Promise<Map<string, Record<string, unknown>[]>> {
  const all = new Map<string, Record<string, unknown>[]>();
  for (const table of tables) {
    const rows = (await db.select().from(table)) as Record<string, unknown>[];
    all.set(getTableName(table), rows);
  }
  return all;
}

/** What a later step gives another form: today's rows are put into that of before. */
const FORMS = [{ from: '0028_settings', sql: `update units set hours = hours -> 'week' -> 0 where hours is not null` }];
const stepNamed = (tag: string) => journal.entries.findIndex((entry) => entry.tag === tag);

/** A database as it was after this step, with as much of today's data as it could hold. */
async function asItWas(step: number): Promise<{ url: string; had: Map<string, string[]> }> {
  const url = new URL(stage.house.databaseUrl);
  url.pathname = `/upgrade_${step}_${crypto.randomUUID().slice(0, 8)}`;
  await using(stage.house.databaseUrl, ({ sql }) => sql.unsafe(`create database ${url.pathname.slice(1)}`));
  const had = new Map<string, string[]>();
  await using(url.href, async ({ sql }) => {
    await sql.begin(async (tx) => {
      for (const { sql: statements } of migrations.slice(0, step + 1))
        for (const statement of statements) await tx.unsafe(statement);
      await tx`create schema drizzle`;
      await tx`create table drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)`;
      for (const { hash, folderMillis } of migrations.slice(0, step + 1))
        await tx`insert into drizzle.__drizzle_migrations (hash, created_at) values (${hash}, ${folderMillis})`;
    });
    const columns = await sql<{ table: string; names: string[] }[]>`
      select table_name as table, array_agg(column_name::text order by ordinal_position) as names
        from information_schema.columns where table_schema = 'public' and is_generated = 'NEVER' group by 1`;
    for (const { table, names } of columns) had.set(table, names);
    await copyAll(sql, had);
    for (const { from, sql: back } of FORMS) if (step < stepNamed(from)) await sql.unsafe(back);
  });
  return { url: url.href, had };
}

/** The rows themselves, as PostgreSQL writes them. Their guards were satisfied when they were written. */
async function copyAll(sql: Connection['sql'], had: Map<string, string[]>): Promise<void> {
  const from = stage.house.connection.sql;
  await sql`set session_replication_role = replica`;
  for (const table of tables) {
    const name = getTableName(table);
    const now = Object.values(getTableColumns(table)).map((column) => column.name);
    const both = had.get(name)?.filter((column) => now.includes(column));
    if (!both) continue;
    const list = both.map((column) => `"${column}"`).join();
    const [row] = await from.unsafe<{ rows: string | null }[]>(
      `select json_agg(t)::text as rows from (select ${list} from "${name}") t`,
    );
    // What an earlier migration put there comes from today's rows as well.
    await sql.unsafe(`delete from "${name}"`);
    await sql.unsafe(
      `insert into "${name}" (${list}) select ${list} from json_populate_recordset(null::"${name}", $1::text::json)`,
      [row?.rows ?? '[]'],
    );
  }
  await sql`set session_replication_role = origin`;
}

/** Rows cut down to some columns, in no order. */
function cut(rows: readonly Record<string, unknown>[], keys: readonly string[]): string[] {
  return rows.map((row) => JSON.stringify(keys.map((key) => row[key] ?? null))).toSorted();
}

test.for(steps)('step %i', async (step) => {
  const { url, had } = await asItWas(step);
  await prepareDatabase(url, readConfig({}).SECRET_KEY);
  const connection = connect(url, { max: 2 });
  try {
    const found = await everything(connection);
    for (const table of tables) {
      const name = getTableName(table);
      const kept = had.get(name);
      if (!kept) continue;
      const keys = Object.entries(getTableColumns(table)).filter(([, column]) => kept.includes(column.name));
      const of = (rows: Record<string, unknown>[] | undefined) =>
        cut(
          rows ?? [],
          keys.map(([key]) => key),
        );
      expect(of(found.get(name)), `${name}, from step ${step}`).toEqual(of(today.get(name)));
    }
    expect(await auditChains(connection.db)).toMatchObject({ brokenCases: 0 });
    if (had.has('care_payments')) expect(await disagreements(connection)).toEqual([]);
  } finally {
    await connection.close();
  }
  if (step !== 0) return;
  // People go on where they were, from the oldest of all.
  const house = await openTestHouse({ clock: stage.ctx.clock, env: { DATABASE_URL: url, ROLE: 'web' } });
  try {
    const receiving = house.visit();
    receiving.setCookie('session', (await stage.person(RECEIVING_CLERK)).cookie('session') ?? '');
    expect((await receiving.get(`/api/cases/${number}`)).body.status).toBe('entering');
    expect((await use(receiving, number, 'approve')).body.status).toBe('approved');
  } finally {
    await house.stop();
  }
});
