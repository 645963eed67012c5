/** The measurements on the large database, each with the processes that it needs. */
import type { onLarge, RunArguments } from '../arguments.ts';
import type { BenchDatabase } from '../database.ts';
import type { Cast } from './cast.ts';
import { measureFigures } from './figures.ts';
import { measureLatencies } from './latencies.ts';
import { ANSWERS, lifecycleFigures, live, USERS } from './lifecycles.ts';
import { startProgram, withProgram, type Program } from './process.ts';
import { measureRatios } from './ratios.ts';
import { measureSpikes } from './spikes.ts';
import type { Table } from './table.ts';
import { updatesASecond, updatesTable } from './updates.ts';
import type { World } from './world.ts';

const POOL = '20';
const LIFECYCLES = { atLeast: 100 };
/** A process just started compiles and prepares what one that has run for a minute has ready. */
const WARM_UP_SECONDS = 3;

export interface Bench {
  asked: RunArguments;
  database: BenchDatabase;
  world: World;
  cast: Cast;
}

export const programs: Record<(typeof onLarge)[number], (bench: Bench) => Promise<Table[]>> = {
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
      withHouse(bench, roles, async ({ url }) => {
        await live(bench, url, { seconds: WARM_UP_SECONDS, oneByOne });
        return live(bench, url, { seconds: bench.asked.seconds, oneByOne });
      });
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
        notes: [
          `${USERS} at once; the clerk waits for each card; every figure counts the time until the outbox is empty.`,
        ],
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
  async figures(bench) {
    return withHouse(bench, ['web'], async ({ url }) => [await measureFigures(bench.database, url)]);
  },
  async spikes(bench) {
    return withHouse(bench, ['web', 'worker'], async ({ url }) => {
      await live(bench, url, { seconds: WARM_UP_SECONDS, oneByOne: false });
      return [await measureSpikes(bench.cast, bench.world, url, bench.asked.phaseSeconds)];
    });
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
