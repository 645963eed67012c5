/** The whole town of the fault program: database, processes, Telegram, people, and the clock that all of them read. */
import { readConfig } from '../../../api/config.ts';
import { openWorld, type World } from '../../bench/run/world.ts';
import { gatherTown, type Cast } from './cast.ts';
import { openTownDatabase, type TownDatabase } from './database.ts';
import { openPostOffice, type PostOffice } from './post-office.ts';
import { startProcesses, type Processes } from './processes.ts';
import { openVolume, type Volume } from './volume.ts';

export interface Town {
  volume: Volume;
  database: TownDatabase;
  processes: Processes;
  world: World;
  post: PostOffice;
  cast: Cast;
  /** The environment of its processes. */
  env: Record<string, string>;
  /** What the product's clocks show. */
  clock(): Date;
  /** Sets every clock of the product ahead by this much more (or less). */
  jump(ms: number): void;
  close(): Promise<void>;
}

const POOL = '10';
const HOUR_MS = 3_600_000;

/** `flags` are for the Node of its processes; `ownDisk`: whether its database has a disk of its own, which can be filled. */
export async function openTown(flags: readonly string[] = [], ownDisk = true): Promise<Town> {
  const closing: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (let next = closing.pop(); next; next = closing.pop()) await next();
  };
  try {
    return { ...(await open(closing, flags, ownDisk)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function open(
  closing: (() => Promise<unknown>)[],
  flags: readonly string[],
  ownDisk: boolean,
): Promise<Omit<Town, 'close'>> {
  let ahead = untilMorning(new Date());
  const clock = () => new Date(Date.now() + ahead);
  const volume = await openVolume(ownDisk);
  closing.push(() => volume.clear());
  const database = await openTownDatabase(volume.path);
  closing.push(() => database.close());
  const cast = await gatherTown(database.url, database.connection, readConfig({}).SECRET_KEY, clock());
  const world = await openWorld(clock);
  closing.push(() => world.close());
  world.connect([...cast.people, ...cast.clerks]);
  const post = openPostOffice(world.simulator);
  const env = { DATABASE_URL: database.url, DATABASE_POOL: POOL, SIMULATOR_URL: world.url };
  const processes = await startProcesses(env, () => ahead, flags);
  closing.push(() => processes.stop());
  const jump = (ms: number) => {
    ahead += ms;
    processes.setAhead(ahead);
  };
  return { volume, database, processes, world, post, cast, env, clock, jump };
}

/** Milliseconds to the next nine o'clock in Changsha, when messages wake nobody and a day of faults lies ahead. */
function untilMorning(now: Date): number {
  const today = now.getTime() - (now.getTime() % (24 * HOUR_MS)) + HOUR_MS;
  return (today > now.getTime() ? today : today + 24 * HOUR_MS) - now.getTime();
}
