/**
 * One community with 100,000 retirees: brought in from a roster, looked through, counted, paid to, exported, backed up and restored, each
 * by a process of its own whose peak is taken.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashOf, newToken } from '../../api/access/secrets.ts';
import type { Connection } from '../../db/connect.ts';
import { withOwnDatabase } from '../bench/run/own-database.ts';
import { startProgram } from '../bench/run/process.ts';
import { Caller } from '../bench/run/caller.ts';
import type { Held } from './report.ts';
import { COMMUNITY, writeCsv, writeWorkbook } from './roster.ts';

const PEOPLE = 100_000;
const MOST_MB = 300;
const REPORT = ['--import', './tests/memory/report.ts'];

interface Line {
  what: string;
  seconds: number;
  peak: number;
}

/** @returns whether everything stayed below the limit */
export async function measureStreet(): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'tuiguan-memory-'));
  const roster = join(folder, 'roster.csv');
  const workbook = join(folder, 'roster.xlsx');
  const copy = join(folder, 'backup');
  const lines: Line[] = [];
  try {
    await writeCsv(roster, PEOPLE);
    await writeWorkbook(workbook, PEOPLE);
    await withOwnDatabase(async (connection, url) => {
      const another = async (name: string) => {
        await connection.sql`create database ${connection.sql(name)}`;
        return Object.assign(new URL(url), { pathname: `/${name}` }).href;
      };
      lines.push(await command('import of the roster (.csv)', 'import', url, ['retirees', roster]));
      lines.push(await command('the same again: all are there', 'import', url, ['retirees', roster]));
      const other = await another('workbook');
      lines.push(await command('import of the roster (.xlsx)', 'import', other, ['retirees', workbook]));
      await payEverybody(connection);
      lines.push(...(await asStaff(connection, url)));
      lines.push(await command(`backup`, 'backup', url, [copy]));
      lines.push(await command('restore of that backup', 'restore', await another('restored'), [copy]));
    });
    console.log(
      `\n${PEOPLE.toLocaleString('en')} retirees of one community; backup of ${Math.round((await stat(copy)).size / 1e6)} MB\n`,
    );
    console.log('| | seconds | peak, MB |\n| --- | ---: | ---: |');
    for (const { what, seconds, peak } of lines)
      console.log(`| ${what} | ${seconds.toFixed(1)} | ${peak}${peak > MOST_MB ? ' **TOO MUCH**' : ''} |`);
    return lines.every(({ peak }) => peak <= MOST_MB);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function expectTooMany(error: unknown): void {
  if (!String(error).includes('groups-too-many')) throw error;
}

/** A command of the operator as package.json has it. @throws with what it said when it fails */
async function command(what: string, script: string, url: string, args: readonly string[]): Promise<Line> {
  const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as { scripts: Record<string, string> };
  const [, ...words] = (scripts[script] ?? '').split(' ');
  const began = performance.now();
  const child = spawn(process.execPath, [...REPORT, ...words, ...args], {
    env: { ...process.env, DATABASE_URL: url },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => (said += piece.toString()));
  const [code] = (await once(child, 'close')) as [number];
  const peak = Number(/peak ([\d.]+) MB/.exec(said)?.[1]);
  if (code !== 0 || !peak) throw new Error(`${script} ended with ${code}: ${said.slice(-2000)}`);
  return { what, seconds: (performance.now() - began) / 1000, peak };
}

/** A payment of this year for each. The ledger's triggers are passed by: what they hold is not measured here. */
async function payEverybody({ sql }: Connection): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`insert into care_payments
        (id, payment_id, entry, retiree_id, unit_id, year, kind, ceiling, period, form, fen, day, at)
      select gen_random_uuid(), gen_random_uuid(), 'pay', id, ${COMMUNITY}, extract(year from now()), 'festival', 'festival',
        extract(year from now())::text, 'money', 30000, current_date, now() from retirees`;
  });
}

/** What the people of the community's office do with so many, in one web process. */
async function asStaff({ sql }: Connection, url: string): Promise<Line[]> {
  const token = newToken();
  const [lead] = await sql<
    { id: string }[]
  >`insert into accounts (id, name) values (gen_random_uuid(), '主任') returning id`;
  await sql`insert into posts (id, account_id, unit_id, role) values (gen_random_uuid(), ${lead?.id ?? ''}, ${COMMUNITY}, 'lead')`;
  await sql`insert into sessions (id, account_id, token_hash, created_at, expires_at)
    values (gen_random_uuid(), ${lead?.id ?? ''}, ${hashOf(token)}, now(), now() + interval '1 day')`;
  const env = { ROLE: 'web', PORT: '0', DATABASE_URL: url, LOG_LEVEL: 'fatal', DATABASE_POOL: '5' };
  const web = await startProgram('main.ts', env, undefined, ['--max-semi-space-size=1', '--expose-gc', ...REPORT]);
  const caller = new Caller(web.url, token);
  const year = new Date().getFullYear();
  const lines: Line[] = [];
  const take = async (what: string, ask: () => Promise<unknown>) => {
    const began = performance.now();
    await ask();
    lines.push({ what, seconds: (performance.now() - began) / 1000, peak: (await web.ask<Held>()).peak });
  };
  try {
    await take('web process, started', () => caller.call('GET', '/api/me'));
    await take('… search among them', () => caller.call('POST', '/api/retirees/search', { words: 'w' }));
    await take('… their figures', () =>
      caller.call('GET', `/api/figures?unit=${COMMUNITY}&from=${year}-01-01&to=${year}-12-31`),
    );
    await take('… figures as a workbook', () =>
      caller.fetch(`/api/figures.xlsx?unit=${COMMUNITY}&from=${year}-01-01&to=${year}-12-31`),
    );
    await take('… their ledger on a screen', () =>
      caller.call('GET', `/api/care/ledger?unit=${COMMUNITY}&year=${year}`),
    );
    await take('… their ledger as a workbook, a payment for each', () =>
      caller.fetch(`/api/care/ledger.xlsx?unit=${COMMUNITY}&year=${year}`),
    );
    const others = [1, 2, 3].map(() => new Caller(web.url, token));
    await take('… three of those asked for at once', () =>
      Promise.all(others.map((other) => other.fetch(`/api/care/ledger.xlsx?unit=${COMMUNITY}&year=${year}`))),
    );
    await Promise.all(others.map((other) => other.close()));
    // Above 6,000 it is refused; until then it has read who they are.
    await take('… dividing them into groups, refused', () =>
      caller.call('POST', '/api/staff/groups/proposals', { unit: COMMUNITY }).catch(expectTooMany),
    );
  } finally {
    await caller.close();
    await web.stop();
  }
  return lines;
}
