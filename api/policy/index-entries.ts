/** Keeps the index: what changed is segmented and weighed anew, what is gone leaves it. Part of the transaction that changes it. */
import { createHash } from 'node:crypto';
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Db } from '../../db/connect.ts';
import { askEntries, askPostings, type AskKind } from '../../db/schema/policy.ts';
import type { Findable } from './entries.ts';
import { weigh } from './rank.ts';
import { termsOf } from './segment.ts';
import { dictionary } from './words.ts';

/** Counts up when weighing changes, so that what was weighed before is weighed again at the next start. */
const WAY = 1;
const DICTIONARY = createHash('sha256')
  .update(JSON.stringify([WAY, ...dictionary.indexed, ...dictionary.silent]))
  .digest('hex');
const PAGE = 200;

const digestOf = ({ unitId, fields }: Findable): string =>
  createHash('sha256')
    .update(JSON.stringify([DICTIONARY, unitId, fields]))
    .digest('base64');

/** Puts these into the index, or puts them right there. What has not changed is not touched. @returns how many were weighed */
export async function indexEntries(db: Db, entries: readonly Findable[]): Promise<number> {
  let weighed = 0;
  for (let at = 0; at < entries.length; at += PAGE) weighed += await indexPage(db, entries.slice(at, at + PAGE));
  return weighed;
}

async function indexPage(db: Db, page: readonly Findable[]): Promise<number> {
  const rows = page.map((entry) => ({
    kind: entry.kind,
    ref: entry.ref,
    unitId: entry.unitId,
    digest: digestOf(entry),
  }));
  const changed = await db
    .insert(askEntries)
    .values(rows)
    .onConflictDoUpdate({
      target: [askEntries.kind, askEntries.ref],
      set: { unitId: sql`excluded.unit_id`, digest: sql`excluded.digest` },
      setWhere: sql`${askEntries.digest} <> excluded.digest`,
    })
    .returning({ id: askEntries.id, kind: askEntries.kind, ref: askEntries.ref });
  if (changed.length === 0) return 0;
  const ids = new Map(changed.map(({ id, kind, ref }) => [`${kind} ${ref}`, id]));
  await db.delete(askPostings).where(inArray(askPostings.entryId, [...ids.values()]));
  const postings = page.flatMap((entry) => {
    const entryId = ids.get(`${entry.kind} ${entry.ref}`);
    const fields = entry.fields.map(({ text, boost }) => ({ terms: termsOf(text), boost }));
    return entryId === undefined ? [] : weigh(fields).map(([term, weight]) => ({ term, entryId, weight }));
  });
  await db.execute(sql`
    insert into ask_postings (term, entry_id, weight)
    select p.term, p."entryId", p.weight from json_to_recordset(${JSON.stringify(postings)}::json)
      as p(term text, "entryId" bigint, weight real)`);
  return changed.length;
}

/** Takes one out of the index. */
export async function dropEntry(db: Db, kind: AskKind, ref: string): Promise<void> {
  await db.delete(askEntries).where(and(eq(askEntries.kind, kind), eq(askEntries.ref, ref)));
}
