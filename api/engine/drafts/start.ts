/** Begins a draft, or gives the unfinished one of the same purpose: nothing begun is begun twice. */
import { and, desc, eq, gt, isNull, lt, sql, type AnyColumn, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import { drafts, type Capacity, type SavedAnswer } from '../../../db/schema/engine.ts';
import type { Ctx } from '../../context.ts';
import { ensureCan } from '../../access/can.ts';
import { AppError, notAllowed, notFound, notSignedIn } from '../../errors.ts';
import { serviceOf } from '../catalogue.ts';
import { aliveCaseOf } from '../cases/find.ts';
import { ensureMust } from '../cases/must.ts';
import { answeredHere, withConsents } from '../consents.ts';
import type { Service, AnySubject } from '../service.ts';
import { subjectsOf } from '../subjects.ts';
import { DRAFT_LIFE_MS, saveAnswers, take, type GivenAnswer } from './answer.ts';
import { loaded, type CaseRow, type DraftRow } from './load.ts';
import { draftView, viewDraft } from './view.ts';

export interface StartInput {
  kind: string;
  /** Whom it is about; left out, the actor's own record, or nobody for services about nobody. */
  subjectId?: string | undefined;
  /** Answers known at once. */
  answers?: Record<string, GivenAnswer> | undefined;
}

export const started = z.union([
  z.object({ draft: draftView }),
  z.object({ existing: z.object({ number: z.string() }) }),
]);
export type Started = z.infer<typeof started>;

/**
 * Starts an application. When the service allows one at a time and there is one alive, that one is given instead.
 * @throws no-such-service, not-signed-in, not-allowed, cannot-open
 */
export async function startDraft(ctx: Ctx, input: StartInput): Promise<Started> {
  const service = serviceOf(input.kind);
  const subject = await subjectsOf(service.subject).choose(ctx, input.subjectId);
  const capacity = capacityOf(ctx, service, subject);
  if (subject && capacity === 'relative' && service.open.scope === 'everything')
    ensureCan(ctx.actor, 'retiree.manage', { retireeId: subject.id, carePath: null });
  const existing = service.open.one === 'show' && subject ? await aliveCaseOf(ctx, service.kind, subject.id) : null;
  if (existing) return { existing: { number: existing.number } };
  ensureMust(ctx, service, subject, {});
  const purpose = `open:${service.kind}:${subject?.id ?? ''}`;
  const row = await begin(ctx, {
    service,
    purpose,
    capacity,
    subject,
    caseRow: null,
    step: null,
    verb: null,
    answers: {},
  });
  const draft = loaded(ctx, await withConsents(ctx, service, row), { service, subject, caseRow: null });
  if (!input.answers) return { draft: viewDraft(ctx, draft) };
  const answers = await take(ctx, draft, input.answers);
  if (answers === draft.row.answers) return { draft: viewDraft(ctx, draft) };
  const [saved] = await ctx.db
    .update(drafts)
    .set({ answers: answeredHere(answers), revision: row.revision + 1 })
    .where(and(eq(drafts.id, row.id), eq(drafts.revision, row.revision), isNull(drafts.submittedAt)))
    .returning();
  if (saved) return { draft: viewDraft(ctx, { ...draft, row: { ...saved, answers } }) };
  // Another phone began the same meanwhile: the answers are merged into what it said; has it submitted, its case is shown.
  try {
    return { draft: await saveAnswers(ctx, row.id, input.answers) };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'already-submitted') throw error;
    return startDraft(ctx, input);
  }
}

interface Beginning {
  service: Service;
  purpose: string;
  capacity: Capacity;
  subject: AnySubject | null;
  caseRow: CaseRow | null;
  step: string | null;
  verb: string | null;
  answers: Record<string, SavedAnswer>;
}

/** Inserts the draft, or finds the unfinished one of the same purpose. In chat it becomes what the chat talks about. */
export async function begin(ctx: Ctx, beginning: Beginning): Promise<DraftRow> {
  const { service, subject, caseRow, answers, ...rest } = beginning;
  const now = ctx.clock();
  if (ctx.chatKey) await ctx.db.update(drafts).set({ chatKey: null }).where(eq(drafts.chatKey, ctx.chatKey));
  const chat = ctx.chatKey ? { chatKey: ctx.chatKey } : {};
  const expiresAt = new Date(now.getTime() + DRAFT_LIFE_MS);
  const begun = await guestsOwn(ctx, rest.purpose);
  if (begun) return begun;
  // What lay there beyond its thirty days is not taken up again.
  const renewed = (column: AnyColumn): SQL =>
    sql`case when ${lt(drafts.expiresAt, now)} then excluded.${sql.identifier(column.name)} else ${column} end`;
  const [row] = await ctx.db
    .insert(drafts)
    .values({
      ...rest,
      ...ownerOf(ctx),
      ...chat,
      kind: service.kind,
      serviceVersion: service.version,
      subjectId: subject?.id ?? caseRow?.subjectId ?? null,
      caseId: caseRow?.id ?? null,
      round: caseRow?.round ?? 0,
      revision: Object.keys(answers).length > 0 ? 1 : 0,
      answers,
      createdAt: now,
      updatedAt: now,
      expiresAt,
    })
    .onConflictDoUpdate({
      target: [drafts.accountId, drafts.purpose],
      targetWhere: isNull(drafts.submittedAt),
      set: {
        answers: renewed(drafts.answers),
        revision: renewed(drafts.revision),
        createdAt: renewed(drafts.createdAt),
        updatedAt: now,
        expiresAt,
        ...chat,
      },
    })
    .returning();
  if (!row) throw notFound();
  return row;
}

/** The unfinished draft that a guest's secret opens; accounts have theirs held apart by an index. */
async function guestsOwn({ actor, db, clock }: Ctx, purpose: string): Promise<DraftRow | undefined> {
  if (actor.is !== 'guest' || !actor.guestHash) return undefined;
  const [row] = await db
    .select()
    .from(drafts)
    .where(
      and(
        eq(drafts.guestHash, actor.guestHash),
        eq(drafts.purpose, purpose),
        isNull(drafts.submittedAt),
        gt(drafts.expiresAt, clock()),
      ),
    )
    .orderBy(desc(drafts.updatedAt))
    .limit(1);
  return row;
}

function ownerOf({ actor }: Ctx): { accountId: string } | { guestHash: Buffer } {
  if (actor.is === 'person') return { accountId: actor.accountId };
  if (actor.is === 'guest' && actor.guestHash) return { guestHash: actor.guestHash };
  throw notSignedIn();
}

/** In what capacity the actor may open this service. @throws not-signed-in, not-allowed */
function capacityOf(ctx: Ctx, service: Service, subject: AnySubject | null): Capacity {
  const allowed = service.open.by ?? [];
  const { actor } = ctx;
  const may = (capacity: (typeof allowed)[number]) => allowed.includes(capacity);
  if (actor.is === 'person') {
    if (may('asker')) return 'asker';
    const link = actor.links.find((one) => one.retireeId === subject?.id);
    if (link) {
      const capacity = link.relation === 'self' ? 'self' : 'relative';
      if (may(capacity)) return capacity;
    }
    if (actor.posts.length > 0 && may('counter')) return 'counter';
    if (subject && service.subject === 'enterprise' && may('enterprise')) return 'enterprise';
    if (!subject && may('self')) return 'self';
  }
  if (may('anyone')) return 'anyone';
  throw actor.is === 'guest' ? notSignedIn() : notAllowed();
}
