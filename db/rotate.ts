/**
 * Rotation of the data key, while the product runs: a new key is made known to all processes, then it seals, then everything
 * sealed with an older one is sealed anew, page by page. It can be stopped at any moment; the next run goes on where it
 * stopped, since the first byte of sealed bytes says which key sealed them.
 */
import type postgres from 'postgres';
import { sealedPlaces } from './columns.ts';
// Every sealed column says so when its table is read: a new one is rotated without a word here.
import './schema/index.ts';
import { readKeys, writeKeys } from './vault-keys.ts';
import { openBytes, sealBytes, unlockVault, withNewDataKey, type DataKeys } from './vault.ts';

export interface RotateOptions {
  secret: string;
  /** Wraps the keys from now on; processes are started with it the next time. */
  newSecret?: string;
  /** Waits until every process has heard of the new key. */
  heard: () => Promise<void>;
  report: (place: string, resealed: number) => void;
}

const PAGE = 500;
/** Pictures are large: only a few are in memory at once. */
const PICTURES = 10;
/** A row that somebody changes while its page is sealed is left to the next pass; more passes than this is a process that did not hear. */
const MOST_PASSES = 20;
const pictures = ['files.content', 'care_sheets.content', 'notice_files.content', 'activity_photos.content'];

/** Rotates, or finishes a rotation that was stopped. @returns how many values were sealed anew */
export async function rotateKey(sql: postgres.Sql, options: RotateOptions): Promise<number> {
  const { secret, newSecret, heard, report } = options;
  const held = await readKeys(sql, secret);
  if (!held) throw new Error('This database has no keys yet: start the product once.');
  unlockVault(held);
  const keys = await useNewKey(sql, held, secret, heard);
  let total = 0;
  for (let pass = 1; pass === 1 || (await isUnfinished(sql, keys.current)); pass += 1) {
    if (pass > MOST_PASSES)
      throw new Error('A process still seals with an older key: start it anew, then run this again.');
    for (const place of sealedPlaces) {
      const resealed = await resealPlace(sql, place, keys.current);
      total += resealed;
      if (pass === 1 || resealed > 0) report(place, resealed);
    }
  }
  // Last, since running processes can read the keys only under the secret that they were started with.
  if (newSecret) await writeKeys(sql, keys, newSecret);
  return total;
}

/** Adds a key and makes it seal; goes on with the one that is there when an earlier run was stopped. */
async function useNewKey(
  sql: postgres.Sql,
  held: DataKeys,
  secret: string,
  heard: () => Promise<void>,
): Promise<DataKeys> {
  const newest = held.data.length - 1;
  if (held.current === newest && (await isUnfinished(sql, held.current))) return held;
  const added = held.current < newest ? held : withNewDataKey(held);
  await writeKeys(sql, added, secret);
  await heard();
  const used = { ...added, current: added.data.length - 1 };
  await writeKeys(sql, used, secret);
  return used;
}

async function isUnfinished(sql: postgres.Sql, current: number): Promise<boolean> {
  for (const place of sealedPlaces) {
    const [table = '', column = ''] = place.split('.');
    const [old] = await sql`
      select 1 from ${sql(table)} where ${sql(column)} is not null and get_byte(${sql(column)}, 0) <> ${current} limit 1`;
    if (old) return true;
  }
  return false;
}

/** Seals one column anew. A row that somebody changes meanwhile is sealed with the new key by that change. */
async function resealPlace(sql: postgres.Sql, place: string, current: number): Promise<number> {
  const [table = '', column = ''] = place.split('.');
  let resealed = 0;
  const pages = sql<{ at: string; old: Buffer }[]>`
    select ctid::text as at, ${sql(column)} as old from ${sql(table)}
     where ${sql(column)} is not null and get_byte(${sql(column)}, 0) <> ${current}`.cursor(
    pictures.includes(place) ? PICTURES : PAGE,
  );
  for await (const page of pages) {
    const rows = page.map(({ at, old }) => ({ at, old: hex(old), anew: hex(sealBytes(openBytes(old, place), place)) }));
    const done = await sql`
      update ${sql(table)} t set ${sql(column)} = decode(page.anew, 'hex')
        from json_to_recordset(${JSON.stringify(rows)}::text::json) as page(at tid, old text, anew text)
       where t.ctid = page.at and t.${sql(column)} = decode(page.old, 'hex')`;
    resealed += done.count;
  }
  return resealed;
}

const hex = (bytes: Buffer) => Buffer.from(bytes).toString('hex');
