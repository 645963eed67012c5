/** The cases of one service that wait at a unit, with what they ask for, for a domain that shows them in its own words. */
import { and, asc, desc, eq, inArray } from 'drizzle-orm';
import { caseAnswers, cases } from '../../../db/schema/engine.ts';
import { retirees } from '../../../db/schema/registry.ts';
import type { Ctx } from '../../context.ts';
import { serviceOf } from '../catalogue.ts';
import { readingRoom } from '../drafts/load.ts';
import { asValues, OWN } from './answers.ts';

export interface OpenCase {
  number: string;
  version: number;
  subject: { id: string; name: string };
  applicantId: string | null;
  answers: Record<string, unknown>;
}

/** More than one kind has at a community at a time; the oldest first. */
const MOST = 100;

/** Two queries, however many. */
export async function openAt(ctx: Ctx, kind: string, unitId: string): Promise<OpenCase[]> {
  const rows = await ctx.db
    .select({
      id: cases.id,
      number: cases.number,
      version: cases.version,
      applicantId: cases.applicantId,
      subject: { id: retirees.id, name: retirees.name },
    })
    .from(cases)
    .innerJoin(retirees, eq(retirees.id, cases.subjectId))
    .where(and(eq(cases.unitId, unitId), eq(cases.kind, kind), eq(cases.status, 'open')))
    .orderBy(asc(cases.openedAt))
    .limit(MOST);
  if (rows.length === 0) return [];
  const kept = await ctx.db
    .selectDistinctOn([caseAnswers.caseId], { caseId: caseAnswers.caseId, answers: caseAnswers.answers })
    .from(caseAnswers)
    .where(
      and(
        inArray(
          caseAnswers.caseId,
          rows.map(({ id }) => id),
        ),
        eq(caseAnswers.step, OWN),
      ),
    )
    .orderBy(caseAnswers.caseId, desc(caseAnswers.round));
  const said = new Map(kept.map(({ caseId, answers }) => [caseId, answers]));
  const { entries } = serviceOf(kind).ask;
  return rows.map(({ id, ...row }) => ({ ...row, answers: asValues(entries, said.get(id) ?? [], readingRoom(ctx)) }));
}
