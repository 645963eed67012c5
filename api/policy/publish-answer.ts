/** A good answer to a consultation, for everybody in the unit: staff write question and answer anew, without whoever asked. */
import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import { cases } from '../../db/schema/engine.ts';
import { publishedAnswers } from '../../db/schema/policy.ts';
import { ensureCan, ensurePerson } from '../access/can.ts';
import type { Ctx } from '../context.ts';
import { caseByNumber } from '../engine/cases/find.ts';
import { readCase } from '../engine/cases/view.ts';
import { notFound } from '../errors.ts';
import { answerEntry } from './entries.ts';
import { notToPublish } from './errors.ts';
import { dropEntry, indexEntries } from './index-entries.ts';

const CONSULTATION = 'consultation';
const MOST = 50;

export const answerList = z.object({
  /** Consultations that were answered and not published, the newest first. */
  open: z.array(z.object({ number: z.string(), at: z.iso.datetime() })),
  published: z.array(z.object({ id: z.uuid(), question: z.string(), answer: z.string(), at: z.iso.datetime() })),
});
export type AnswerList = z.infer<typeof answerList>;

export const consulted = z.object({ question: z.string(), answer: z.string() });
export type Consulted = z.infer<typeof consulted>;

/** A unit's answers. @throws not-signed-in, not-found */
export async function listAnswers(ctx: Ctx, unitId: string): Promise<AnswerList> {
  ensureCan(ctx.actor, 'answer.publish', { unitId });
  const [open, published] = await Promise.all([
    ctx.db
      .select({ number: cases.number, at: cases.openedAt })
      .from(cases)
      .where(
        and(
          eq(cases.unitId, unitId),
          sql`${cases.kind} = 'consultation' and ${cases.status} = 'approved'`,
          sql`not exists (select from published_answers a where a.case_id = ${cases.id})`,
        ),
      )
      .orderBy(desc(cases.id))
      .limit(MOST),
    ctx.db
      .select()
      .from(publishedAnswers)
      .where(and(eq(publishedAnswers.unitId, unitId), isNull(publishedAnswers.withdrawnAt)))
      .orderBy(desc(publishedAnswers.id))
      .limit(MOST),
  ]);
  return {
    open: open.map(({ number, at }) => ({ number, at: at.toISOString() })),
    published: published.map(({ id, question, answer, madeAt }) => ({
      id,
      question,
      answer,
      at: madeAt.toISOString(),
    })),
  };
}

/** What was asked and answered in a consultation, to be written anew. @throws not-signed-in, not-found */
export async function readConsultation(ctx: Ctx, number: string): Promise<Consulted> {
  const details = await readCase(ctx, number);
  if (details.kind !== CONSULTATION) throw notFound();
  const answered = details.timeline.findLast(({ verb }) => verb === 'approve');
  return { question: details.answers[0]?.shown ?? '', answer: answered?.said[0]?.shown ?? '' };
}

/** Publishes it; once for a consultation. @throws not-signed-in, not-found, policy-not-to-publish */
export async function publishAnswer(
  ctx: Ctx,
  { number, question, answer }: { number: string; question: string; answer: string },
): Promise<{ id: string }> {
  const row = await caseByNumber(ctx, number);
  ensureCan(ctx.actor, 'answer.publish', { unitId: row.unitId });
  const { accountId } = ensurePerson(ctx.actor);
  if (row.kind !== CONSULTATION || row.status !== 'approved') throw notToPublish();
  return ctx.db.transaction(async (tx) => {
    const [made] = await tx
      .insert(publishedAnswers)
      .values({ unitId: row.unitId, caseId: row.id, question, answer, madeBy: accountId, madeAt: ctx.clock() })
      .onConflictDoNothing()
      .returning();
    if (!made) throw notToPublish();
    await indexEntries(tx, [answerEntry(made)]);
    return { id: made.id };
  });
}

/** Takes an answer back: it is found no longer. @throws not-signed-in, not-found */
export async function withdrawAnswer(ctx: Ctx, id: string): Promise<void> {
  const [found] = await ctx.db.select().from(publishedAnswers).where(eq(publishedAnswers.id, id));
  if (!found) throw notFound();
  ensureCan(ctx.actor, 'answer.publish', { unitId: found.unitId });
  await ctx.db.transaction(async (tx) => {
    await tx
      .update(publishedAnswers)
      .set({ withdrawnAt: ctx.clock() })
      .where(and(eq(publishedAnswers.id, id), isNull(publishedAnswers.withdrawnAt)));
    await dropEntry(tx, 'answer', id);
  });
}
