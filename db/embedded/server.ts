/**
 * The database for those who have none: a real PostgreSQL from the npm registry, in the data folder.
 *
 * It runs detached. A process that is killed leaves it behind and the next start finds it, and several
 * processes of one checkout share it. Who stops it: of the processes that own it (mode `own`), the last
 * one to call `stop()`. Those that only adopted it never do.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { prepareBinaries } from './binaries.ts';
import { ensureCluster, startServer, stopServer } from './cluster.ts';
import { ensureDatabase, findLive, isRunning, urlOf } from './live.ts';
import { exclusive, tryExclusive, tryShared, type Release } from './lock.ts';
import { findPlace, lockFile, openDataDir, ownersFile, wasUsed, type Place } from './place.ts';

export type EmbeddedOptions = {
  /** The folder that holds everything of this checkout, such as `.data`. Made when it is not there. */
  dataDir: string;
  /** `own`: start the server if none runs, and stop it at the end. `adopt`: use one that runs, or refuse. */
  mode: 'own' | 'adopt';
  log?: (line: string) => void;
};

export type Embedded = {
  /** Address of the database `tuiguan`, with the superuser's password: never log it. */
  url: string;
  /** Lets go of the server; the last owner stops it, cleanly. Calling it again does nothing more. */
  stop: () => Promise<void>;
};

type Log = (line: string) => void;

const LOCK_LIMIT_MS = 180_000;
const START_ATTEMPTS = 20;

/**
 * Starts the embedded server of a data folder, or adopts the one that runs there already.
 *
 * @throws in mode `adopt` when none runs; when PostgreSQL cannot run on this machine; when the data
 *   folder is closed to this user
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const log = options.log ?? (() => undefined);
  // Looked at first, so that a refused process leaves no folder behind.
  if (options.mode === 'adopt' && !(await wasUsed(options.dataDir))) throw noServer(options.dataDir);
  const dataDir = await openDataDir(options.dataDir);
  return locked(dataDir, log, async () => {
    const place = await findPlace(dataDir, log);
    const live = await findLive(place);
    if (live !== undefined) log(`PostgreSQL runs already on 127.0.0.1:${live}`);
    else if (options.mode === 'adopt') throw noServer(dataDir);
    const port = live ?? (await start(place, log));
    await ensureDatabase(port, place.password);
    const letGo = options.mode === 'own' ? own(dataDir) : undefined;
    let stopping: Promise<void> | undefined;
    return {
      url: urlOf(port, place.password),
      stop: () => (stopping ??= letGo ? leave(dataDir, place, letGo, log) : Promise.resolve()),
    };
  });
}

/**
 * Starts the server, more than once if need be: its port may be taken in the last moment, the backends
 * of a killed server need a moment to go, and a process killed here may have left one just starting.
 */
async function start(place: Place, log: Log): Promise<number> {
  const began = performance.now();
  const binaries = await prepareBinaries(place.home, place.user);
  await ensureCluster(place, binaries);
  let reason = '';
  for (let attempt = 1; attempt <= START_ATTEMPTS; attempt++) {
    const started = await startServer(place, binaries);
    const port = await findLive(place);
    if (port !== undefined) {
      log(`PostgreSQL started on 127.0.0.1:${port} in ${((performance.now() - began) / 1000).toFixed(1)} s`);
      return port;
    }
    reason = started.reason;
    if (!/could not bind|could not create any TCP|still in use|lock file/.test(reason)) break;
    await wait(100);
  }
  throw new Error(`PostgreSQL did not start; the end of ${place.home}/server.log:\n${reason}`);
}

function own(dataDir: string): Release {
  const release = tryShared(ownersFile(dataDir));
  // It is taken alone only by one who stops the server, and who holds the other lock meanwhile.
  if (!release) throw new Error(`${ownersFile(dataDir)} is locked by a process that is no part of this program`);
  return release;
}

async function leave(dataDir: string, place: Place, letGo: Release, log: Log): Promise<void> {
  await locked(dataDir, log, async () => {
    letGo();
    const alone = tryExclusive(ownersFile(dataDir));
    if (!alone) return log('PostgreSQL stays for another process that uses it');
    try {
      if (!(await isRunning(place.cluster))) return log('PostgreSQL was gone already');
      await stopServer(place, await prepareBinaries(place.home, place.user));
      log('PostgreSQL stopped');
    } finally {
      alone();
    }
  });
}

async function locked<T>(dataDir: string, log: Log, work: () => Promise<T>): Promise<T> {
  const unlock = await exclusive(lockFile(dataDir), LOCK_LIMIT_MS, () =>
    log('waiting for another process that is starting or stopping PostgreSQL'),
  );
  try {
    return await work();
  } finally {
    unlock();
  }
}

function noServer(dataDir: string): Error {
  return new Error(`no PostgreSQL runs for ${dataDir}: run \`npm start\` first, or set DATABASE_URL`);
}
