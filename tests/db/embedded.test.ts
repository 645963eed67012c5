/** The embedded PostgreSQL: started once, shared, found again after every kind of sudden death. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, readdir, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startEmbedded } from '../../db/embedded/server.ts';

type Child = ChildProcessByStdio<null, Readable, null>;

const SERVER = new URL('../../db/embedded/server.ts', import.meta.url).href;

let dataDir: string;
let cluster: string;
let cleanUps: (() => unknown)[];

beforeEach(async () => {
  dataDir = await mkdtemp(join(await realpath(tmpdir()), 'tuiguan-embedded-'));
  // mkdtemp makes it 700; the user that root lends PostgreSQL has to get in.
  await chmod(dataDir, 0o711);
  cluster = join(dataDir, 'postgres', 'cluster');
  cleanUps = [];
});

afterEach(async () => {
  for (const cleanUp of cleanUps.toReversed()) await cleanUp();
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
});

async function start(mode: 'own' | 'adopt' = 'own') {
  const server = await startEmbedded({ dataDir, mode });
  cleanUps.push(server.stop);
  return server;
}

/** A process of its own that starts the server, prints its address and stays until it is killed. */
function spawnOwner(): Child {
  const script = `
    import { startEmbedded } from ${JSON.stringify(SERVER)}
    const { url } = await startEmbedded({ dataDir: ${JSON.stringify(dataDir)}, mode: 'own' })
    console.log(url)
    setInterval(() => {}, 60_000)`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  cleanUps.push(() => child.kill('SIGKILL'));
  return child;
}

async function addressFrom(owner: Child): Promise<string> {
  const [printed] = (await once(owner.stdout, 'data')) as [Buffer];
  return printed.toString().trim();
}

async function killHard(child: Child): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

async function query<Row extends object>(url: string, text: string): Promise<Row[]> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    return (await sql.unsafe(text)) as unknown as Row[];
  } finally {
    await sql.end();
  }
}

async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await condition())) await pause(5);
}

async function serverPid(): Promise<number> {
  return Number((await readFile(join(cluster, 'postmaster.pid'), 'utf8')).split('\n')[0]);
}

async function killServer(url: string): Promise<void> {
  process.kill(await serverPid(), 'SIGKILL');
  await until(() => refuses(url));
}

function refuses(url: string): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.once('connect', () => resolve(false)).once('error', () => resolve(true));
  return promise.finally(() => socket.destroy());
}

describe('the first start', () => {
  test('makes the database, in UTF-8 and UTC, behind a password that only its owner can read', async () => {
    const { url } = await start();
    const [row] = await query(
      url,
      `SELECT current_database() AS name, current_setting('TimeZone') AS zone, current_setting('server_encoding') AS encoding,
        current_setting('listen_addresses') AS listens, current_setting('fsync') AS fsync, lower('ÉÜ') AS lower`,
    );
    expect(row).toEqual({
      name: 'tuiguan',
      zone: 'UTC',
      encoding: 'UTF8',
      listens: '127.0.0.1',
      fsync: 'on',
      lower: 'éü',
    });
    expect((await stat(join(dataDir, 'postgres-password'))).mode & 0o777).toBe(0o600);
    const wrong = url.replace(/:[^:@]+@/, ':guessed@');
    await expect(query(wrong, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
  });

  test('killed in the middle of setting up, it is begun afresh by the next', async () => {
    const home = join(dataDir, 'postgres');
    const owner = spawnOwner();
    await until(async () => existsSync(home) && (await readdir(home)).some((name) => name.startsWith('initdb-')));
    await killHard(owner);
    expect(existsSync(cluster)).toBe(false);
    const { url } = await start();
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  test('works in a folder that nobody else may enter, for root too', async () => {
    await chmod(dataDir, 0o700);
    const lines: string[] = [];
    const server = await startEmbedded({ dataDir, mode: 'own', log: (line) => lines.push(line) });
    cleanUps.push(server.stop);
    const elsewhere = /keeps its data in (.+?): /.exec(lines.join('\n'))?.[1];
    if (elsewhere) cleanUps.unshift(() => rm(elsewhere, { recursive: true }));
    expect(await query(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(elsewhere !== undefined).toBe(process.getuid?.() === 0);
  });

  test('two at once make one server', async () => {
    const owners = [spawnOwner(), spawnOwner()];
    const [one, two] = await Promise.all(owners.map(addressFrom));
    expect(one).toBe(two);
    await Promise.all(owners.map(killHard));
    await start();
  });
});

describe('several processes', () => {
  test('share the server, and the last owner stops it', async () => {
    const first = await start();
    const worker = await start('adopt');
    const second = await start();
    expect([worker.url, second.url]).toEqual([first.url, first.url]);
    await worker.stop();
    await first.stop();
    expect(await query(second.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await second.stop();
    expect(await refuses(second.url)).toBe(true);
    expect(existsSync(join(cluster, 'postmaster.pid'))).toBe(false);
  });

  test('a role without a server refuses and says what to do', async () => {
    const nowhere = join(dataDir, 'nowhere');
    await expect(startEmbedded({ dataDir: nowhere, mode: 'adopt' })).rejects.toThrow(/npm start.*DATABASE_URL/);
    expect(existsSync(nowhere)).toBe(false);
    const server = await start();
    await server.stop();
    await expect(start('adopt')).rejects.toThrow(/npm start.*DATABASE_URL/);
  });
});

describe('after a sudden death', () => {
  test('of the owner, the next start finds the orphan with its data, owns it and stops it', async () => {
    const owner = spawnOwner();
    const url = await addressFrom(owner);
    await query(url, 'CREATE TABLE kept AS SELECT 7 AS figure');
    await killHard(owner);
    const pid = await serverPid();
    const next = await start();
    expect(next.url).toBe(url);
    expect(await serverPid()).toBe(pid);
    expect(await query(next.url, 'SELECT figure FROM kept')).toEqual([{ figure: 7 }]);
    await next.stop();
    expect(await refuses(next.url)).toBe(true);
  });

  test('of the server, the next start recovers what was committed', async () => {
    const { url } = await start();
    await query(url, 'CREATE TABLE kept AS SELECT 7 AS figure');
    await killServer(url);
    const next = await start();
    expect(await query(next.url, 'SELECT figure FROM kept')).toEqual([{ figure: 7 }]);
  });

  test('of the server, whose process id is a stranger by now, the next start recovers too', async () => {
    const { url } = await start();
    await query(url, 'CREATE TABLE kept AS SELECT 7 AS figure');
    const pid = await serverPid();
    await killServer(url);
    const note = join(cluster, 'postmaster.pid');
    await writeFile(note, (await readFile(note, 'utf8')).replace(String(pid), String(process.pid)));
    const next = await start();
    expect(await query(next.url, 'SELECT figure FROM kept')).toEqual([{ figure: 7 }]);
  });
});
