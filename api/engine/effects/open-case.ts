/**
 * A case opened by another one: a condolence after a death, a newcomer after a handover. Undoing the parent withdraws a child
 * that is still on its way, opens a recovery for one that has been paid out, and is refused otherwise.
 */
import { eq } from 'drizzle-orm';
import { cases, type AskedAnswer } from '../../../db/schema/engine.ts';
import { system } from '../../access/actor.ts';
import type { Ctx } from '../../context.ts';
import { AppError } from '../../errors.ts';
import { actOn } from '../cases/act.ts';
import { asAsked } from '../cases/answers.ts';
import { openCase as open } from '../cases/open.ts';
import { serviceOf } from '../catalogue.ts';
import { take } from '../drafts/answer.ts';
import { newDraft, walkDraft, type CaseRow } from '../drafts/load.ts';
import { defineEffect, laterFacts } from '../effect.ts';
import { notAllAnswered } from '../errors.ts';
import type { Service, AnySubject } from '../service.ts';
import { loadSubject } from '../subjects.ts';

interface OpenCase {
  kind: string;
  subjectId?: string | null;
  /** In the shape in which they would be sent: a unit by its id. */
  answers?: Record<string, unknown>;
  /** The service that recovers what the child paid, should the parent be undone after that. */
  recover?: string;
}

interface Receipt {
  caseId: string;
  /** Whether it was made; one that stood in its way already is not ours to withdraw. */
  fresh: boolean;
  recover: string | null;
}

/** Opens a case as the system, in the decision's transaction. One a row: give the row's key as second argument. */
export const openCase = defineEffect<OpenCase, Receipt>({
  name: 'open-case',
  async apply(ctx, input, cause) {
    const { row, fresh } = await openChild(ctx, input, cause.caseId);
    return { caseId: row.id, fresh, recover: input.recover ?? null };
  },
  async undo(ctx, { caseId, fresh, recover }, cause) {
    const [child] = await ctx.db.select().from(cases).where(eq(cases.id, caseId)).for('update');
    if (!fresh || !child || ['rejected', 'withdrawn', 'undone'].includes(child.status)) return;
    if (await couldWithdraw(ctx, child)) return;
    if (!recover) throw laterFacts('child-case');
    await openChild(ctx, { kind: recover, subjectId: child.subjectId }, cause.caseId);
  },
});

async function openChild(ctx: Ctx, input: OpenCase, parentId: string): Promise<{ row: CaseRow; fresh: boolean }> {
  const inside: Ctx = { ...ctx, actor: system };
  const service = serviceOf(input.kind);
  const subject = await loadSubject(inside, service.subject, input.subjectId ?? null);
  const answers = await answersOf(inside, service, subject, input.answers ?? {});
  return open(inside, { service, subject, capacity: 'system', answers, parentId });
}

/** Reads the answers as if somebody had sent them. @throws bad-answer, not-asked, not-all-answered */
async function answersOf(
  ctx: Ctx,
  service: Service,
  subject: AnySubject | null,
  given: Record<string, unknown>,
): Promise<AskedAnswer[]> {
  const draft = newDraft(ctx, service, subject);
  const values = Object.fromEntries(Object.entries(given).map(([key, value]) => [key, { value }]));
  const saved = await take(ctx, draft, values);
  const { asked, next } = walkDraft({ ...draft, row: { ...draft.row, answers: saved } });
  if (next) throw notAllAnswered(next.key);
  return asAsked(ctx, draft, asked, saved);
}

/** Withdraws the child with what it did, or leaves it untouched when it has gone too far. */
async function couldWithdraw(ctx: Ctx, child: CaseRow): Promise<boolean> {
  if (child.status !== 'open' && child.status !== 'returned') return false;
  try {
    await ctx.db.transaction((tx) => actOn({ ...ctx, db: tx, actor: system }, child, { verb: 'withdraw' }));
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'later-facts') return false;
    throw error;
  }
}
