/** Finds cases by what people have in hand. */
import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Db } from '../../../db/connect.ts';
import { prepared } from '../../../db/prepared.ts';
import { cases } from '../../../db/schema/engine.ts';
import type { Ctx } from '../../context.ts';
import { notFound, notSignedIn } from '../../errors.ts';
import { readCaseNumber } from '../case-number.ts';
import type { CaseRow } from '../drafts/load.ts';

const alive = prepared((db) =>
  db
    .select()
    .from(cases)
    .where(
      and(
        eq(cases.subjectId, sql.placeholder('subjectId')),
        eq(cases.kind, sql.placeholder('kind')),
        inArray(cases.status, ['open', 'returned']),
      ),
    )
    .orderBy(desc(cases.openedAt))
    .limit(1),
);

/** The case of a kind that is still alive for a subject. */
export async function aliveCaseOf(ctx: Ctx, kind: string, subjectId: string): Promise<CaseRow | null> {
  const [row] = await alive(ctx.db, { kind, subjectId });
  return row ?? null;
}

const withNumber = (db: Db) =>
  db
    .select()
    .from(cases)
    .where(eq(cases.number, sql.placeholder('number')));
const found = prepared(withNumber);
const locked = prepared((db) => withNumber(db).for('update'));

/** The case of a number, under its lock when a transaction will change it; null when there is none. */
export async function findCase(ctx: Ctx, typed: string, lock: 'lock' | 'read' = 'read'): Promise<CaseRow | null> {
  const number = readCaseNumber(typed);
  if (!number) return null;
  const [row] = await (lock === 'lock' ? locked : found)(ctx.db, { number });
  return row ?? null;
}

/** The same. @throws not-found; not-signed-in for a guest, who is answered so for every number: none is told apart from another */
export async function caseByNumber(ctx: Ctx, typed: string, lock: 'lock' | 'read' = 'read'): Promise<CaseRow> {
  const row = await findCase(ctx, typed, lock);
  if (row) return row;
  throw ctx.actor.is === 'guest' ? notSignedIn() : notFound();
}
