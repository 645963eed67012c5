/**
 * `npm run bench`: measures the product on the database of `npm run bench:fill`, in processes of its own, and says which
 * figures reach their target.
 *
 *     npm run bench -- [--quick] [--json FILE] [--only ratios,latencies,lifecycles,bot] [--data-dir DIR]
 */
import { writeFile } from 'node:fs/promises';
import { readArguments, runArguments, type RunArguments } from './arguments.ts';
import { openBenchDatabase, type BenchDatabase } from './database.ts';
import { gather, type Cast } from './run/cast.ts';
import { measureLatencies } from './run/latencies.ts';
import { ANSWERS, lifecycleFigures, live } from './run/lifecycles.ts';
import { startProgram, type Program } from './run/process.ts';
import { measureRatios } from './run/ratios.ts';
import { printTable, type Table } from './run/table.ts';
import { updatesASecond, updatesTable } from './run/updates.ts';
import { openWorld, type World } from './run/world.ts';

const POOL = '20';
const LIFECYCLES = { atLeast: 100 };

interface Bench {
  asked: RunArguments;
  database: BenchDatabase;
  world: World;
  cast: Cast;
}

const asked = readArguments(runArguments);
const database = await openBenchDatabase(asked.dataDir);
try {
  const tables = await measure(database);
  if (asked.json) await writeFile(asked.json, `${JSON.stringify({ at: new Date().toISOString(), tables }, null, 2)}\n`);
} finally {
  await database.close();
}

async function measure(base: BenchDatabase): Promise<Table[]> {
  const world = await openWorld();
  const cast = await gather(base.sql);
  world.connect([...cast.clerks, ...cast.applicants]);
  const bench = { asked, database: base, world, cast };
  const tables: Table[] = [];
  try {
    for (const name of asked.only) {
      for (const table of await programs[name](bench)) {
        printTable(table);
        tables.push(table);
      }
    }
  } finally {
    await cast.leave();
    await world.close();
  }
  return tables;
}

const programs: Record<RunArguments['only'][number], (bench: Bench) => Promise<Table[]>> = {
  async ratios(bench) {
    return withHouse(bench, ['web'], async (house) => {
      const bare = startProgram('tests/bench/bare.ts', environment(bench, 'web'));
      return withProgram(bare, async ({ url }) => [
        await measureRatios(bench.cast, { api: house.url, bare: url }, bench.asked.seconds),
      ]);
    });
  },
  async latencies(bench) {
    return withHouse(bench, ['all'], async ({ url }) => [await measureLatencies(bench.cast, url, bench.asked.seconds)]);
  },
  async lifecycles(bench) {
    const run = (roles: Role[], oneByOne: boolean) =>
      withHouse(bench, roles, ({ url }) =>
        live(bench.database.sql, bench.cast, url, { seconds: bench.asked.seconds, oneByOne }),
      );
    const one = await run(['all'], false);
    const two = await run(['web', 'worker'], false);
    const best = Math.max(one.perSecond, two.perSecond);
    const oneByOne = await run(best === one.perSecond ? ['all'] : ['web', 'worker'], true);
    return [
      {
        title: '3. Whole lifecycles: draft, answers, submit, decision, office entry, delivered to the chat',
        figures: [
          ...lifecycleFigures('web and worker in one process', one, best === one.perSecond ? LIFECYCLES : null),
          ...lifecycleFigures('web and worker as two processes', two, best === two.perSecond ? LIFECYCLES : null),
          ...lifecycleFigures(`the better one with ${ANSWERS} answers a call each`, oneByOne, null),
        ],
        notes: ['40 people at once; every figure counts the time until the outbox is empty.'],
      },
    ];
  },
  async bot(bench) {
    const { world, cast } = bench;
    const measured = () => updatesASecond(world, cast.applicants, bench.asked.seconds);
    const token = { SIMULATOR_URL: world.url, BOT_TOKEN: world.token };
    const empty = await withProgram(startProgram('tests/bench/empty-bot.ts', token, /listening/), measured);
    const whole = await withHouse(bench, ['all'], measured);
    return [updatesTable(whole, empty)];
  },
};

type Role = 'all' | 'web' | 'worker';

/** Starts the product in these roles, a process each; the address is that of the first, which serves. */
async function withHouse<T>(bench: Bench, roles: Role[], use: (house: Program) => Promise<T>): Promise<T> {
  const running: Program[] = [];
  try {
    for (const role of roles) {
      const ready = role === 'worker' ? /worker/ : undefined;
      running.push(await startProgram('main.ts', environment(bench, role), ready));
    }
    return await use(running[0] as Program);
  } finally {
    for (const program of running.toReversed()) await program.stop();
  }
}

/** Uses a program and stops it, whatever happens. */
async function withProgram<T>(starting: Promise<Program>, use: (program: Program) => Promise<T>): Promise<T> {
  const program = await starting;
  try {
    return await use(program);
  } finally {
    await program.stop();
  }
}

function environment({ database: { url }, world }: Bench, role: Role): Record<string, string> {
  return {
    ROLE: role,
    PORT: '0',
    DATABASE_URL: url,
    DATABASE_POOL: POOL,
    LOG_LEVEL: 'error',
    SIMULATOR_URL: world.url,
  };
}
