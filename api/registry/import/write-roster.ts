/** Writes checked rows of a roster into the registry, once: whoever is there already is compared and never overwritten. */
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { PlainDate } from '../../dates.ts';
import type { Db } from '../../../db/connect.ts';
import { care, contacts, residences, retirees, searchKeys } from '../../../db/schema/registry.ts';
import { blindIndex } from '../../../db/vault.ts';
import type { RetireeRecord } from './check-row.ts';
import { differences } from './compare.ts';
import type { KnownRetiree } from './compare.ts';
import type { Column } from './headings.ts';
import { pagesOf } from './pages.ts';
import { careRow, residenceRow, retireeRow, searchKeyRows } from './retiree-rows.ts';
import type { RetireeFacts } from './retiree-rows.ts';

export interface WriteOptions {
  /** Care and residence of a row without a date begin on this day. */
  today: PlainDate;
  /** Compare only. */
  dryRun: boolean;
  /** Write the new people although others differ from the registry. */
  skipConflicts: boolean;
  /** Rows done, of how many, while it runs. */
  onProgress?: (done: number, of: number) => void;
}

export interface WriteOutcome {
  /** People who came into the registry, or would in a dry run. */
  added: number;
  /** People who were there with the same facts. */
  unchanged: number;
  /** People who were there with other facts; nothing of theirs was changed. */
  conflicts: (Pick<RetireeRecord, 'sheet' | 'line'> & { columns: Column[] })[];
  /** Whether anything was written. */
  written: boolean;
}

const IMPORT_LOCK = 4301_0003;

/**
 * All in one transaction, in pages of 500 rows a statement; two imports wait for each other. Without `skipConflicts` a single
 * conflict means that nothing is written: so all are compared first, and read once more to be written. `rows` gives the same
 * each time, and nobody twice.
 */
export async function writeRoster(
  db: Db,
  rows: () => AsyncIterable<RetireeRecord>,
  options: WriteOptions,
): Promise<WriteOutcome> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${IMPORT_LOCK})`);
    const { added, there, conflicts } = await compareAll(tx, rows());
    const write = !options.dryRun && added > 0 && (conflicts.length === 0 || options.skipConflicts);
    if (write) await insertAll(tx, withoutThose(there, rows()), added, options);
    return { added, unchanged: there.size - conflicts.length, conflicts, written: write };
  });
}

/** How many are new, the keys of those who are there, and which of them are known otherwise. */
async function compareAll(tx: Db, rows: AsyncIterable<RetireeRecord>) {
  const there = new Set<string>();
  const conflicts: WriteOutcome['conflicts'] = [];
  let added = 0;
  for await (const page of pagesOf(rows)) {
    const known = await findKnown(tx, page);
    for (const row of page) {
      const key = keyOf(row);
      const held = known.get(key);
      if (!held) added += 1;
      else {
        there.add(key);
        const columns = differences(held, row);
        if (columns.length > 0) conflicts.push({ sheet: row.sheet, line: row.line, columns });
      }
    }
  }
  return { added, there, conflicts };
}

async function* withoutThose(
  there: ReadonlySet<string>,
  rows: AsyncIterable<RetireeRecord>,
): AsyncGenerator<RetireeRecord> {
  for await (const row of rows) if (!there.has(keyOf(row))) yield row;
}

async function findKnown(tx: Db, page: readonly RetireeRecord[]): Promise<Map<string, KnownRetiree>> {
  const rows = await tx
    .select({
      key: retirees.idNumberIndex,
      id: retirees.id,
      name: retirees.name,
      phone: retirees.phone,
      retiredOn: retirees.retiredOn,
      employer: retirees.employer,
      employerKind: retirees.employerKind,
      insuredAt: retirees.insuredAt,
      communityId: care.unitId,
      place: residences.place,
    })
    .from(retirees)
    .leftJoin(care, and(eq(care.retireeId, retirees.id), isNull(care.until)))
    .leftJoin(residences, and(eq(residences.retireeId, retirees.id), isNull(residences.until)))
    .where(
      inArray(
        retirees.idNumberIndex,
        page.map(({ idNumber }) => blindIndex('id', idNumber)),
      ),
    );
  return new Map(rows.map(({ key, ...known }) => [key.toString('hex'), known]));
}

async function insertAll(
  tx: Db,
  rows: AsyncIterable<RetireeRecord>,
  of: number,
  { today, onProgress }: WriteOptions,
): Promise<void> {
  let done = 0;
  for await (const page of pagesOf(rows)) {
    const people = page.map((row) => ({ row, facts: factsOf(row, today) }));
    const inserted = await tx
      .insert(retirees)
      .values(people.map(({ facts }) => retireeRow(facts)))
      .returning({ id: retirees.id, key: retirees.idNumberIndex });
    const ids = new Map(inserted.map(({ id, key }) => [key.toString('hex'), id]));
    const withIds = people.map(({ row, facts }) => ({ row, facts, id: ids.get(keyOf(row)) ?? '' }));
    await tx.insert(care).values(withIds.map(({ id, facts }) => careRow(id, facts)));
    await tx.insert(residences).values(withIds.map(({ id, facts }) => residenceRow(id, facts)));
    await tx.insert(searchKeys).values(withIds.flatMap(({ id, facts }) => searchKeyRows(facts.communityId, id, facts)));
    const others = withIds.flatMap(({ id, row }) =>
      row.contacts.map((contact, at) => ({ retireeId: id, emergency: at === 0, ...contact })),
    );
    if (others.length > 0) await tx.insert(contacts).values(others);
    done += page.length;
    onProgress?.(done, of);
  }
}

function factsOf(row: RetireeRecord, today: PlainDate): RetireeFacts {
  const since = row.careSince ?? today;
  return { ...row, careSince: since, livesSince: since };
}

function keyOf({ idNumber }: RetireeRecord): string {
  return blindIndex('id', idNumber).toString('hex');
}
