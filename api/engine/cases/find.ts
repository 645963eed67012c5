/** Finds cases by what people have in hand. */
import { and, desc, eq, inArray } from 'drizzle-orm';
import { cases } from '../../../db/schema/engine.ts';
import type { Ctx } from '../../context.ts';
import { notFound } from '../../errors.ts';
import { readCaseNumber } from '../case-number.ts';
import type { CaseRow } from '../drafts/load.ts';

/** The case of a kind that is still alive for a subject. */
export async function aliveCaseOf(ctx: Ctx, kind: string, subjectId: string): Promise<CaseRow | null> {
  const [row] = await ctx.db
    .select()
    .from(cases)
    .where(and(eq(cases.subjectId, subjectId), eq(cases.kind, kind), inArray(cases.status, ['open', 'returned'])))
    .orderBy(desc(cases.openedAt))
    .limit(1);
  return row ?? null;
}

/** The case of a number, under its lock when a transaction will change it. @throws not-found */
export async function caseByNumber(ctx: Ctx, typed: string, lock: 'lock' | 'read' = 'read'): Promise<CaseRow> {
  const number = readCaseNumber(typed);
  if (!number) throw notFound();
  const query = ctx.db.select().from(cases).where(eq(cases.number, number));
  const [row] = await (lock === 'lock' ? query.for('update') : query);
  if (!row) throw notFound();
  return row;
}
