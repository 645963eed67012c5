/** Writes the head of every case's timeline to a file outside the database: whoever rewrote a whole chain would be found by it. */
import { sql } from 'drizzle-orm';
import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Db } from '../../db/connect.ts';
import type { PlainDate } from '../dates.ts';

const PAGE = 5000;

interface Head extends Record<string, unknown> {
  id: string;
  seq: number;
  hash: string;
}

/**
 * Writes `FOLDER/YYYY-MM-DD.txt`, a line a case: id, number of its last event, that event's hash. The file appears when it is
 * complete; written again on the same day it is replaced.
 * @returns where it is, and how many heads it holds
 */
export async function writeHeads(db: Db, folder: string, day: PlainDate): Promise<{ file: string; heads: number }> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, `${day}.txt`);
  const unfinished = `${file}.unfinished`;
  const out = await open(unfinished, 'w', 0o600);
  let heads = 0;
  try {
    for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
      const page = await headsAfter(db, after);
      await out.write(page.map(({ id, seq, hash }) => `${id} ${seq} ${hash}\n`).join(''));
      heads += page.length;
      after = page.at(-1)?.id ?? after;
      if (page.length < PAGE) break;
    }
  } finally {
    await out.close();
  }
  await rename(unfinished, file);
  return { file, heads };
}

async function headsAfter(db: Db, after: string): Promise<Head[]> {
  const rows = await db.execute<Head>(sql`
    select c.id, e.seq, encode(e.hash, 'hex') as hash
      from (select id from cases where id > ${after}::uuid order by id limit ${PAGE}) c
      cross join lateral (select seq, hash from case_events where case_id = c.id order by seq desc limit 1) e
     order by c.id`);
  return [...rows];
}
