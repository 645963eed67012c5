/** What can be found without anybody bringing it in: the regulation's articles in plain words, the services, published notices. */
import { and, asc, eq, gt, notInArray, sql } from 'drizzle-orm';
import type { Db } from '../../db/connect.ts';
import { noticeRevisions, notices } from '../../db/schema/notices.ts';
import { askEntries, documentParts, documents } from '../../db/schema/policy.ts';
import { textKeys } from '../../locales/index.ts';
import { allServices } from '../engine/catalogue.ts';
import { regulation } from '../rulebook.ts';
import { articleEntry, noticeEntry, serviceEntry } from './entries.ts';
import { indexEntries } from './index-entries.ts';
import { FINDABLE } from './read-document.ts';

const PAGE = 200;
/** One process at a time; any number that nothing else uses. */
const LOCK = 43_012_026;

/** At every start. What has not changed since the last is not touched. */
export async function loadKnown(db: Db): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`);
    await loadRegulation(tx);
    await indexArticles(tx);
    await indexServices(tx);
    await indexNotices(tx);
  });
}

/** Services that somebody can begin; the others are nobody's errand. One that is offered no longer is found no longer. */
async function indexServices(db: Db): Promise<void> {
  const kinds = allServices()
    .filter(({ open }) => open.by?.some((one) => one !== 'counter'))
    .map(({ kind }) => kind);
  await db.delete(askEntries).where(and(eq(askEntries.kind, 'service'), notInArray(askEntries.ref, kinds)));
  await indexEntries(db, kinds.map(serviceEntry));
}

async function loadRegulation(db: Db): Promise<void> {
  const [made] = await db.insert(documents).values(regulation).onConflictDoNothing().returning({ id: documents.id });
  if (!made) return;
  const labels = textKeys('articles:parts').map((label) => ({ label, isItem: label.endsWith('）') }));
  await db.insert(documentParts).values(
    labels.map(({ label, isItem }, position) => ({
      documentId: made.id,
      position,
      kind: isItem ? ('item' as const) : ('article' as const),
      label,
    })),
  );
}

async function indexArticles(db: Db): Promise<void> {
  const rows = await db
    .select({ document: documents, part: documentParts })
    .from(documentParts)
    .innerJoin(documents, eq(documents.id, documentParts.documentId))
    .where(and(eq(documents.number, regulation.number), FINDABLE));
  await indexEntries(
    db,
    rows.map(({ document, part }) => articleEntry(document, part)),
  );
}

/** Those that were published before there was an index. */
async function indexNotices(db: Db): Promise<void> {
  for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
    const page = await db
      .select({ notice: notices, revision: noticeRevisions })
      .from(notices)
      .innerJoin(noticeRevisions, and(eq(noticeRevisions.noticeId, notices.id), eq(noticeRevisions.n, notices.current)))
      .where(
        and(
          eq(notices.state, 'published'),
          gt(notices.id, after),
          sql`not exists (select from ${askEntries} e where e.kind = 'notice' and e.ref = ${notices.id}::text)`,
        ),
      )
      .orderBy(asc(notices.id))
      .limit(PAGE);
    await indexEntries(
      db,
      page.map(({ notice, revision }) => noticeEntry(notice, revision)),
    );
    const last = page.at(-1);
    if (!last) return;
    after = last.notice.id;
  }
}
