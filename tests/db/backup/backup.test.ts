/** A backup made while people write, brought into an empty database: whole, as it was at one moment, and good to go on with. */
import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readConfig } from '../../../api/config.ts';
import { backUp } from '../../../db/backup/back-up.ts';
import type { Manifest } from '../../../db/backup/form.ts';
import { restore } from '../../../db/backup/restore.ts';
import { budget, STREET } from '../../api/care/fund.ts';
import { disagreements } from '../../tools/ledger.ts';
import { openStage, use, type Stage } from '../../api/engine/stage.ts';
import type { Browser } from '../../tools/browser.ts';
import { openTestHouse } from '../../tools/house-under-test.ts';
import { backup, bring, command, contents, emptyDatabase, using } from './tools.ts';
import { apply, DAUGHTER, LIU, newHome, OLD_CLERK } from '../../tools/story.ts';

// A database is made table by table, and flushed to the disk, a dozen times here.
vi.setConfig({ testTimeout: 90_000 });

const secret = readConfig({}).SECRET_KEY;
const move = { to: 'city', home: newHome, since: '2026-01-05', reason: 'other', proof: null, handOver: true };
let stage: Stage;
let folder: string;
beforeAll(async () => {
  stage = await openStage('2026-09-21 10:00');
  folder = await mkdtemp(join(tmpdir(), 'tuiguan-backup-'));
  await chmod(folder, 0o700);
  await fillLedger();
});
afterAll(async () => {
  await stage.stop();
  await rm(folder, { recursive: true });
});

/** Money reserved in the ledger: its guards write sums into other tables, and must not do so a second time. */
async function fillLedger(): Promise<void> {
  const lead = await stage.staff(STREET, 'lead');
  await budget(lead, STREET, { hardship: 2000 });
  const claim = { situation: 'noFamily', cause: 'graveIllness', difficult: true, what: '住院花了很多钱' };
  const number = await apply(await stage.person(LIU), 'hardship', { ...claim, phone: LIU, papers: null });
  const found = { visited: '2026-09-21', special: true, caused: true, poor: true, finding: '刚做完手术' };
  expect((await use(await stage.person(OLD_CLERK), number, 'approve', found)).status).toBe(200);
  expect((await use(lead, number, 'approve', { amount: '1000' })).status).toBe(200);
}

const manifestIn = (file: Buffer): Manifest =>
  JSON.parse(gunzipSync(file).toString().trimEnd().split('\n').at(-1)?.replace('-- tuiguan manifest ', '') ?? '');

/** Answers drafts, opens cases and takes them back until told to stop. @returns the numbers of the cases, as they were acknowledged */
async function keepWriting(who: Browser, acknowledged: string[], isOver: () => boolean): Promise<void> {
  for (let n = 0; n === 0 || !isOver(); n += 1) {
    const number = await apply(who, 'relocation', move);
    acknowledged.push(number);
    expect((await who.post(`/api/cases/${number}/withdraw`, { version: 1 })).status).toBe(200);
  }
}

test('made under traffic, restored into an empty server: timelines whole, rows as counted, people go on', async () => {
  const people = await Promise.all([LIU, DAUGHTER].map((phone) => stage.person(phone)));
  const acknowledged: string[] = [];
  let isOver = false;
  const writing = Promise.all(people.slice(0, 1).map((who) => keepWriting(who, acknowledged, () => isOver)));
  await expect.poll(() => acknowledged.length, { timeout: 20_000 }).toBeGreaterThan(3);

  const before = [...acknowledged];
  const file = join(folder, 'under-traffic');
  const made = await backup(stage.house.databaseUrl, file);
  const during = acknowledged.length - before.length;
  isOver = true;
  await writing;
  expect(made).toMatchObject({ code: 0, said: expect.stringMatching(/rows of \d+ tables, whole[\s\S]*SECRET_KEY/) });
  expect(during).toBeGreaterThan(0);
  expect((await stat(file)).mode & 0o777).toBe(0o600);

  const url = await emptyDatabase();
  const restored = await command('db/backup/restore-cli.ts', url, [file], { SECRET_KEY: secret });
  expect(restored).toMatchObject({ code: 0, said: expect.stringContaining('npm run audit') });

  const audited = await command('api/engine/audit-cli.ts', url);
  expect(audited).toMatchObject({ code: 0, said: expect.stringContaining('whole') });
  const counted = Object.entries(await contents(url)).map(([table, sum]) => ({
    table,
    rows: Number.parseInt(sum, 10),
  }));
  const byName = (a: { table: string }, b: { table: string }) => (a.table < b.table ? -1 : 1);
  expect(counted.toSorted(byName)).toEqual(manifestIn(await readFile(file)).tables.toSorted(byName));

  // Everything that was acknowledged before is there; nothing is that came after.
  const house = await openTestHouse({ env: { DATABASE_URL: url } });
  try {
    const numbers = (await house.connection.sql`select number from cases order by opened_at, number`).map(
      (row) => row['number'] as string,
    );
    expect(numbers).toEqual(expect.arrayContaining(before));
    expect(numbers).not.toContain(acknowledged.at(-1));
    expect(await disagreements(house.connection)).toEqual([]);
    const liu = await house.signIn(LIU);
    expect((await liu.get(`/api/cases/${before.at(-1)}`)).body.answers[1].shown).toContain('东方新城');
    // The moment may have lain between a case and its withdrawal.
    await use(liu, numbers.at(-1) ?? '', 'withdraw');
    expect(numbers).not.toContain(await apply(liu, 'relocation', move));
  } finally {
    await house.stop();
  }
});

describe('what was restored', () => {
  let file: string;
  beforeAll(async () => {
    file = join(folder, 'quiet');
    await backup(stage.house.databaseUrl, file);
  });

  test('is every row and every rule of the database', async () => {
    const url = await emptyDatabase();
    await using(url, ({ sql }) => restore(sql, createReadStream(file), secret));
    expect(await contents(url)).toEqual(await contents(stage.house.databaseUrl));
    const rules = `select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) || convalidated::text as rule
        from pg_constraint where connamespace = 'public'::regnamespace
      union all select tgrelid::regclass || ' ' || tgname || tgenabled::text from pg_trigger where not tgisinternal
      union all select sequencename || last_value::text from pg_sequences where schemaname in ('public', 'drizzle') order by 1`;
    const all = (at: string) => using(at, async ({ sql }) => [...(await sql.unsafe(rules))]);
    expect(await all(url)).toEqual(await all(stage.house.databaseUrl));
  });

  test('was sealed in the file as well, and the secret is not there; rows stand as PostgreSQL writes them', async () => {
    const text = gunzipSync(await readFile(file)).toString();
    expect(text).toMatch(/^COPY public\.cases \(.*\) FROM stdin;$/m);
    expect(text).not.toContain(LIU);
    expect(text).not.toContain('东方新城\\t3栋');
    expect(text).not.toContain(secret);
  });

  test('never overwrites anything: neither a database with tables in it nor a file', async () => {
    const refused = await bring(stage.house.databaseUrl, file);
    expect(refused).toMatchObject({ code: 1, said: expect.stringContaining('not empty') });
    const again = await backup(stage.house.databaseUrl, file);
    expect(again).toMatchObject({ code: 1, said: expect.stringContaining('is there already') });
  });

  test('a damaged, cut or strange file brings nothing in, and says so', async () => {
    const whole = await readFile(file);
    const text = gunzipSync(whole).toString('latin1');
    const changed = Buffer.from(text.replace('\trelocation\t', '\trelocatiom\t'), 'latin1');
    const futureHead = text.replace(/"migration":\d+/, '"migration":4102444800000');
    const bad: [Buffer, RegExp][] = [
      [whole.subarray(0, whole.length / 2), /cut off or damaged/],
      [gzipSync(changed), /damaged/],
      [gzipSync('select 1;\n'), /no backup/],
      [Buffer.from('PGDMP'), /cut off or damaged/],
      [gzipSync(Buffer.from(futureHead, 'latin1')), /newer version/],
    ];
    const url = await emptyDatabase();
    for (const [bytes, says] of bad) {
      await expect(using(url, ({ sql }) => restore(sql, Readable.from([bytes]), secret))).rejects.toThrow(says);
    }
    expect(await contents(url)).toEqual({});
    const cut = join(folder, 'cut');
    await writeFile(cut, whole.subarray(0, -9));
    expect(await bring(url, '--check', cut)).toMatchObject({ code: 1, said: expect.stringContaining('cut off') });
    expect(await bring(url, '--check', file)).toMatchObject({ code: 0 });
    expect(await contents(url)).toEqual({});
  });

  test('another secret is told before anything is in', async () => {
    const url = await emptyDatabase();
    const other = await command('db/backup/restore-cli.ts', url, [file], {
      SECRET_KEY: 'a secret of somebody else, long',
    });
    expect(other).toMatchObject({ code: 1, said: expect.stringContaining('SECRET_KEY') });
    expect(await contents(url)).toEqual({});
  });
});

test('a row that the tables refuse at the very end is heard, and nothing stays', async () => {
  const made = join(folder, 'refused');
  await using(stage.house.databaseUrl, ({ sql }) => backUp(sql, createWriteStream(made), new Date()));
  const text = gunzipSync(await readFile(made)).toString('latin1');
  const twice = text.replace(/^(COPY public\.vault_keys [^\n]*\n)([^\n]*\n)/m, '$1$2$2');
  await writeFile(made, gzipSync(Buffer.from(twice, 'latin1')));
  const url = await emptyDatabase();
  expect(await bring(url, made)).toMatchObject({ code: 1, said: expect.stringContaining('vault_keys') });
  expect(await contents(url)).toEqual({});
});

test('an empty database is no backup', async () => {
  const file = join(folder, 'of-nothing');
  expect(await backup(await emptyDatabase(), file)).toMatchObject({
    code: 1,
    said: expect.stringContaining('nothing'),
  });
  await expect(stat(file)).rejects.toThrow('ENOENT');
});
