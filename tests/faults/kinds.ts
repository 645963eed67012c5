/** What breaks: each kind does its harm while people go on, mends it as an operator or a supervisor would, and then returns. */
import { setTimeout as wait } from 'node:timers/promises';
import postgres from 'postgres';
import type { Fault } from '../../bot/simulator/faults.ts';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { connect, MIGRATIONS } from '../../db/connect.ts';
import { startOne, type ProcessName } from './town/processes.ts';
import type { Town } from './town/town.ts';

export interface Kind {
  name: string;
  /** Why a message may be sent a second time: it was cut off between being sent and being noted. Null where none may. */
  cuts: boolean;
  /** `turn` counts the rounds of this kind: some harm is done by turns. */
  harm(town: Town, turn: number): Promise<void>;
  /** Telegram hands every update over twice. */
  twice?: true;
}

const AWAY_MS = 10_000;
const HOUR_MS = 3_600_000;
/** What PostgreSQL says to the one whom it ends. */
const DEADLOCK = '40P01';
/** Calls of the bot that fail before Telegram is well again. */
const REFUSALS = 12;

const killed = (name: ProcessName, cuts: boolean): Kind => ({
  name: `kill -9 of ${name === 'web' ? 'a web process' : `the ${name}`}`,
  cuts,
  async harm({ processes }, turn) {
    const which = name === 'web' && turn % 2 === 1 ? 'web2' : name;
    await processes.kill(which);
    await processes.start(which);
  },
});

const telegram = (name: string, cuts: boolean, ...faults: Omit<Fault, 'times'>[]): Kind => ({
  name: `Telegram: ${name}`,
  cuts,
  async harm({ world: { simulator } }) {
    for (const fault of faults) simulator.fail({ ...fault, times: Math.ceil(REFUSALS / faults.length) });
    await wait(AWAY_MS / 2);
    simulator.failNoMore();
  },
});

/** Every connection that PostgreSQL has to give is taken, and those of the product are cut: it finds none to go on with. */
async function takeConnections({ database: { url, connection } }: Town): Promise<void> {
  const [row] = await connection.sql`show max_connections`;
  const taken = Array.from({ length: Number(row?.['max_connections']) }, () =>
    postgres(url, { max: 1, onnotice: () => {} }),
  );
  await Promise.allSettled(taken.map((sql) => sql`select 1`));
  await connection.sql`select pg_terminate_backend(pid) from pg_stat_activity
    where application_name like 'tuiguan%' and application_name <> 'tuiguan faults'`;
  await Promise.allSettled(taken.map((sql) => sql`select 1`));
  await wait(AWAY_MS / 2);
  await Promise.allSettled(taken.map((sql) => sql.end({ timeout: 1 })));
}

/**
 * Somebody holds what everybody writes to: each process waits with its whole pool. Whoever writes at that moment may hold one table and
 * wait for another, and PostgreSQL ends one of the two: if it was this one, it tries again.
 */
async function holdTables(town: Town): Promise<void> {
  const held = town.database.connection.sql.begin(async (tx) => {
    await tx`lock table cases, drafts, messages in access exclusive mode`;
    await wait(AWAY_MS);
  });
  await held.catch((error: unknown) => {
    if (error instanceof postgres.PostgresError && error.code === DEADLOCK) return holdTables(town);
    throw error;
  });
}

/** A worker and a web process of a newer installation find an empty database, both at once. */
async function startTwoAtOnce({ database, env, clock }: Town, turn: number): Promise<void> {
  const name = `fresh_${turn}`;
  await database.connection.sql.unsafe(`create database ${name}`);
  const fresh = new URL(database.url);
  fresh.pathname = `/${name}`;
  const own = { ...env, DATABASE_URL: fresh.href, CLOCK_AHEAD_MS: String(clock().getTime() - Date.now()) };
  const both = await Promise.all([startOne('web', own), startOne('worker', own)]);
  const { sql, close } = connect(fresh.href, { max: 1 });
  try {
    const [row] =
      await sql`select count(*)::int as steps, count(distinct hash)::int as different from drizzle.__drizzle_migrations`;
    const wanted = readMigrationFiles({ migrationsFolder: MIGRATIONS }).length;
    const ready = await (await fetch(`${both[0]?.url}/readyz`)).text();
    if (row?.['steps'] !== wanted || row['different'] !== wanted || ready !== 'ready')
      throw new Error(`two at once: ${JSON.stringify(row)} of ${wanted} migrations, ${ready}`);
  } finally {
    await close();
    for (const program of both) await program.stop();
    await database.connection.sql.unsafe(`drop database ${name} with (force)`);
  }
}

export const kinds: readonly Kind[] = [
  killed('web', false),
  killed('worker', true),
  killed('bot', false),
  {
    name: 'kill -9 of PostgreSQL',
    cuts: true,
    async harm({ database }) {
      await database.kill();
      await database.start();
    },
  },
  {
    name: 'the database gone for 10 s',
    cuts: true,
    async harm({ database }, turn) {
      if (turn % 2 === 1) {
        const thaw = await database.freeze();
        await wait(AWAY_MS);
        return thaw();
      }
      await database.stop();
      await wait(AWAY_MS);
      await database.start();
    },
  },
  {
    name: 'no connection left',
    cuts: true,
    harm: (town, turn) => (turn % 2 === 0 ? takeConnections(town) : holdTables(town)),
  },
  {
    name: 'the disk full under uploads',
    cuts: true,
    async harm({ volume, database }) {
      await volume.fill();
      await wait(AWAY_MS / 2);
      await volume.free();
      // A server that could not write its log has given up.
      await database.start();
    },
  },
  telegram('429 with retry_after', false, { with: 429, retryAfter: 3 }),
  telegram('500', false, { with: 500 }),
  telegram(
    'nothing at all',
    true,
    { with: 'drop' },
    { with: 'drop', afterEffect: true },
    { with: 'timeout', afterEffect: true },
  ),
  { name: 'Telegram: every update twice', cuts: false, twice: true, harm: () => wait(AWAY_MS / 2) },
  {
    name: 'the clock jumps an hour',
    cuts: false,
    async harm({ jump }, turn) {
      if (turn % 2 === 1) jump(-HOUR_MS);
      else jump(HOUR_MS);
      await wait(AWAY_MS / 5);
    },
  },
  { name: 'two processes start and migrate at once', cuts: false, harm: startTwoAtOnce },
];
