/** Finds out whether a server runs on a cluster, whoever started it. */
import { readFile, realpath, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import postgres from 'postgres';
import type { Place } from './place.ts';
import { run } from './run.ts';

const DATABASE = 'tuiguan';

/** Above every system's largest process id, so surely nobody's. */
const NOBODYS_PID = 2_147_483_646;

/** The address of a database of the server on `port`, password included: never log it. */
export function urlOf(port: number, password: string, database = DATABASE): string {
  return `postgres://postgres:${password}@127.0.0.1:${port}/${database}`;
}

/**
 * The port of the live server on this cluster, or undefined when there is none. Waits for one that is
 * still starting, recovering or stopping. Whether it is the right one is asked of itself
 * (`data_directory`), for a process id and a port may both be somebody else's by now.
 *
 * @throws when it does not come up within two minutes, or does not take our password
 */
export async function findLive(place: Place): Promise<number | undefined> {
  const deadline = performance.now() + 120_000;
  for (;;) {
    const claim = await readPidFile(place.cluster);
    if (!claim || !isAlive(claim.pid)) return undefined;
    const answer = await ask(place, claim.port);
    if (answer === 'ours') return claim.port;
    if (!(await isServerOf(place.cluster, claim.pid))) {
      await disown(place.cluster, claim.pid);
      return undefined;
    }
    if (answer === 'wrong password') {
      throw new Error(
        `the server in ${place.cluster} does not take the password kept for it: restore that file, or stop the server (process ${claim.pid})`,
      );
    }
    if (performance.now() > deadline) {
      throw new Error(`the server in ${place.cluster} (process ${claim.pid}) does not answer`);
    }
    await wait(50);
  }
}

/** Whether a server process is there to be stopped, without asking it anything. */
export async function isRunning(cluster: string): Promise<boolean> {
  const claim = await readPidFile(cluster);
  return claim !== undefined && isAlive(claim.pid) && isServerOf(cluster, claim.pid);
}

/** Creates our database in the server on `port` unless it is there. */
export async function ensureDatabase(port: number, password: string): Promise<void> {
  const sql = connect(port, password);
  try {
    const [found] = await sql`SELECT 1 FROM pg_database WHERE datname = ${DATABASE}`;
    if (!found) await sql`CREATE DATABASE ${sql(DATABASE)}`;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function ask(place: Place, port: number): Promise<'ours' | 'other' | 'wrong password'> {
  const sql = connect(port, place.password);
  try {
    const [row] = await sql`SHOW data_directory`;
    const directory = await realpath(String(row?.['data_directory'])).catch(() => undefined);
    return directory === (await realpath(place.cluster)) ? 'ours' : 'other';
  } catch (error) {
    return error instanceof postgres.PostgresError && error.code === '28P01' ? 'wrong password' : 'other';
  } finally {
    await sql.end({ timeout: 1 });
  }
}

function connect(port: number, password: string) {
  return postgres(urlOf(port, password, 'postgres'), { max: 1, connect_timeout: 5, onnotice: () => undefined });
}

const pidFile = (cluster: string) => join(cluster, 'postmaster.pid');

/** PostgreSQL's own note: process id in line 1, port in line 4. */
async function readPidFile(cluster: string): Promise<{ pid: number; port: number } | undefined> {
  const lines = (await readFile(pidFile(cluster), 'utf8').catch(() => '')).split('\n');
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  return pid > 0 && port > 0 ? { pid, port } : undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Whether process `pid` is a server on this cluster: not a stranger with its old id, nor a zombie. */
async function isServerOf(cluster: string, pid: number): Promise<boolean> {
  if (process.platform === 'linux') {
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).includes(cluster);
  }
  if (process.platform === 'win32') {
    return (await run('tasklist', ['/FI', `PID eq ${pid}`])).output.includes('postgres');
  }
  return (await run('ps', ['-ww', '-o', 'args=', '-p', String(pid)])).output.includes(cluster);
}

/**
 * Makes the note of a dead server say so, when its process id belongs to a stranger by now: PostgreSQL
 * would refuse to start. The file stays, because from the rest of it PostgreSQL learns whether backends
 * of the dead server still use its memory.
 */
async function disown(cluster: string, pid: number): Promise<void> {
  const note = await readFile(pidFile(cluster), 'utf8');
  if (note.startsWith(`${pid}\n`)) await writeFile(pidFile(cluster), note.replace(String(pid), String(NOBODYS_PID)));
}
