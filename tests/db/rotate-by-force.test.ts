/** The data key is rotated by a process of its own while people write; it is killed in the middle and started again. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../../api/config.ts';
import { sealedPlaces } from '../../db/columns.ts';
import { readKeys } from '../../db/vault-keys.ts';
import { openBytes } from '../../db/vault.ts';
import { bare } from '../tools/bare.ts';
import type { Browser } from '../tools/browser.ts';
import { openTestHouse, type HouseUnderTest } from '../tools/house-under-test.ts';
import { apply, DAUGHTER, LIU, newHome } from '../tools/story.ts';

const secret = readConfig({}).SECRET_KEY;
let house: HouseUnderTest;
let folder: string;
beforeAll(async () => {
  house = await openTestHouse();
  folder = await mkdtemp(join(tmpdir(), 'tuiguan-secret-'));
});
afterAll(async () => {
  await house.stop();
  await rm(folder, { recursive: true });
});

/** `npm run rotate-key`, with the secret from a file. `printed` grows while it runs. */
function rotation(secretFile: string) {
  const child = spawn(process.execPath, ['db/rotate-cli.ts'], {
    env: { ...bare, DATABASE_URL: house.databaseUrl, SECRET_KEY_FILE: secretFile },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
  const ended = once(child, 'close');
  onTestFinished(() => void child.kill('SIGKILL'));
  return {
    printed: () => text,
    kill: () => child.kill('SIGKILL'),
    end: async () => ((await ended) as [number | null])[0],
  };
}

/** What each sealed column holds: how many values a key sealed, and whether each of them opens. */
async function everything(): Promise<{ place: string; key: number; opens: boolean }[]> {
  const { sql } = house.connection;
  const all = await Promise.all(
    [...sealedPlaces].map(async (place) => {
      const [table = '', column = ''] = place.split('.');
      const rows = await sql`select ${sql(column)} as bytes from ${sql(table)} where ${sql(column)} is not null`;
      return rows.map((row) => {
        const bytes = row['bytes'] as Buffer;
        return { place, key: bytes[0] ?? -1, opens: opensAt(bytes, place) };
      });
    }),
  );
  return all.flat();
}

function opensAt(bytes: Buffer, place: string): boolean {
  try {
    openBytes(bytes, place);
    return true;
  } catch {
    return false;
  }
}

/** Answers a draft and moves cases again and again, until told to stop. @returns what must be readable in the end */
async function keepWriting(who: Browser, isOver: () => boolean): Promise<{ draft: string; estate: string }> {
  const subjectId = (await who.get('/api/me')).body.people[0].id;
  const started = await who.post('/api/drafts', { kind: 'address-change', subjectId });
  const draft: string = started.body.draft.id;
  let estate = '';
  for (let n = 0; !isOver(); n += 1) {
    estate = `第${n}栋小区`;
    const home = { communityId: '430102001001', estate, building: '1', room: '101' };
    const saved = await who.put(`/api/drafts/${draft}/answers`, { answers: { home: { value: home } } });
    expect(saved.status).toBe(200);
  }
  return { draft, estate };
}

async function keepMoving(who: Browser, isOver: () => boolean): Promise<string> {
  let number = '';
  for (let n = 0; n === 0 || !isOver(); n += 1) {
    if (number) expect((await who.post(`/api/cases/${number}/withdraw`, { version: 1 })).status).toBe(200);
    const answers = { to: 'city', home: newHome, since: '2026-01-05', reason: 'other', proof: null, handOver: true };
    number = await apply(who, 'relocation', answers);
  }
  return number;
}

/** Two places with rows in them, the one that comes first in a rotation first. */
const [early = '', late = ''] = [...sealedPlaces].filter((place) =>
  ['logins.address', 'retirees.id_number'].includes(place),
);

/** Runs a rotation that gets stuck at rows which the test holds, when others are done, and pulls its plug there. */
async function killInTheMiddle(secretFile: string): Promise<void> {
  const { sql } = house.connection;
  const run = rotation(secretFile);
  await sql.begin(async (tx) => {
    const table = late.split('.')[0] ?? '';
    // Others may go on pointing to these rows, which somebody who writes meanwhile does.
    await tx`select 1 from ${tx(table)} for no key update`;
    // Asked outside of the transaction, which sees one moment only; of this database, for others run beside it.
    const waiting = () => sql`
      select 1 from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock' and query like ${`%update "${table}" t set%`}`;
    await expect.poll(async () => (await waiting()).length, { timeout: 30_000 }).toBeGreaterThan(0);
    run.kill();
    await run.end();
    expect(run.printed()).toMatch(new RegExp(`^${early}: [1-9]\\d*$`, 'm'));
  });
}

test('rotated while people write, killed in the middle, started again: everything opens, and only with the new key', async () => {
  const secretFile = join(folder, 'secret');
  await writeFile(secretFile, `${secret}\n`, { mode: 0o600 });
  const [liu, daughter] = await Promise.all([house.signIn(LIU), house.signIn(DAUGHTER)]);
  let isOver = false;
  const writing = Promise.all([keepWriting(daughter, () => isOver), keepMoving(liu, () => isOver)]);
  const rotated = async () => {
    await killInTheMiddle(secretFile);
    const between = await everything();
    expect(between.every(({ opens }) => opens)).toBe(true);
    expect(new Set(between.map(({ key }) => key))).toEqual(new Set([0, 1]));
    const resumed = rotation(secretFile);
    expect(await resumed.end()).toBe(0);
    expect(resumed.printed()).toContain('values are sealed with the new key.');
  };
  await rotated().finally(() => {
    isOver = true;
  });
  const [{ draft, estate }, number] = await writing;

  const keys = await readKeys(house.connection.sql, secret);
  expect([keys?.data.length, keys?.current]).toEqual([2, 1]);
  expect((await everything()).filter(({ key, opens }) => key !== 1 || !opens)).toEqual([]);
  const shown = (await daughter.get(`/api/drafts/${draft}`)).body.answers[0].shown;
  expect(shown).toContain(estate);
  expect((await liu.get(`/api/cases/${number}`)).body.answers[1].shown).toContain('东方新城');
}, 120_000);

test('a secret file that others can read is named, and works', async () => {
  const secretFile = join(folder, 'open');
  await writeFile(secretFile, `${secret}\r\n`);
  await chmod(secretFile, 0o644);
  const run = rotation(secretFile);
  expect(await run.end()).toBe(0);
  expect(run.printed()).toContain('can be read by others');
}, 60_000);

test('every column of bytes is sealed, and so rotated, or a hash that nothing can be read back from', async () => {
  const columns = await house.connection.sql<{ place: string }[]>`
    select table_name || '.' || column_name as place from information_schema.columns
     where table_schema = 'public' and data_type = 'bytea'`;
  const hashes = /(^|[._])(hash|index|key|digest|previous|salt|wrapped)$/;
  expect(columns.map(({ place }) => place).filter((place) => !sealedPlaces.has(place) && !hashes.test(place))).toEqual(
    [],
  );
  expect(columns.map(({ place }) => place)).toEqual(
    expect.arrayContaining(['second_factors.secret', 'retirees.ethnicity']),
  );
  expect([...sealedPlaces]).toEqual(expect.arrayContaining(['second_factors.secret', 'retirees.ethnicity']));
});
