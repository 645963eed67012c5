/** The town's PostgreSQL, and what may befall it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { connect, type Connection } from '../../../db/connect.ts';
import { startEmbedded } from '../../../db/embedded/server.ts';

/** So that a small disk is enough, and is full soon when it is to be. */
const SETTINGS = ["max_wal_size = '160MB'", "min_wal_size = '32MB'", 'wal_recycle = off'];
const TIDY_MS = 30_000;

export interface TownDatabase {
  url: string;
  connection: Connection;
  /** `kill -9` of the server and, through it, of every backend. */
  kill(): Promise<void>;
  /** Stops it as an operator would. */
  stop(): Promise<void>;
  /** Starts it unless it runs. */
  start(): Promise<void>;
  /** Stops every process of it in the middle of whatever it does; what is given back lets them go on. */
  freeze(): Promise<() => void>;
  close(): Promise<void>;
}

export async function openTownDatabase(dataDir: string): Promise<TownDatabase> {
  let server = await startEmbedded({ dataDir, mode: 'own' });
  const { url } = server;
  const connection = connect(url, { max: 4, name: 'faults' });
  const { sql } = connection;
  for (const setting of SETTINGS) await sql.unsafe(`alter system set ${setting}`);
  await sql`select pg_reload_conf()`;
  const [row] = await sql`show data_directory`;
  const pidFile = join(String(row?.['data_directory']), 'postmaster.pid');
  const postmaster = () => Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
  return {
    url,
    connection,
    async kill() {
      const pid = postmaster();
      process.kill(pid, 'SIGKILL');
      const until = performance.now() + TIDY_MS;
      while (isAlive(pid) && performance.now() < until) await wait(20);
    },
    stop: () => server.stop(),
    async start() {
      const isUp = await sql`select 1`.then(
        () => true,
        () => false,
      );
      if (isUp) return;
      await server.stop().catch(() => undefined);
      server = await startEmbedded({ dataDir, mode: 'own' });
      if (server.url !== url) throw new Error('PostgreSQL came back at another address.');
    },
    async freeze() {
      const rows = await sql<{ pid: number }[]>`select pid from pg_stat_activity`;
      const pids = [postmaster(), ...rows.map(({ pid }) => pid)];
      const signal = (name: NodeJS.Signals) => pids.filter(isAlive).forEach((pid) => process.kill(pid, name));
      signal('SIGSTOP');
      return () => signal('SIGCONT');
    },
    async close() {
      await connection.close();
      await server.stop();
    },
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
