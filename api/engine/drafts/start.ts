/** Begins a draft, or gives the unfinished one of the same purpose: nothing begun is begun twice. */
import { and, eq, isNull } from 'drizzle-orm';
import { drafts, type Capacity, type SavedAnswer } from '../../../db/schema/engine.ts';
import { ensureCan, ensurePerson } from '../../access/can.ts';
import type { Ctx } from '../../context.ts';
import { notAllowed, notFound, notSignedIn } from '../../errors.ts';
import type { Retiree } from '../../ports.ts';
import { serviceOf } from '../catalogue.ts';
import { aliveCaseOf } from '../cases/find.ts';
import { cannotOpen } from '../errors.ts';
import type { Service } from '../service.ts';
import { serviceKey } from '../texts.ts';
import { say } from '../../../locales/index.ts';
import { DRAFT_LIFE_MS, take, type GivenAnswer } from './answer.ts';
import { complete, type CaseRow, type DraftRow } from './load.ts';
import { viewDraft, type DraftView } from './view.ts';

export interface StartInput {
  kind: string;
  /** Whom it is about; left out, the actor's own record, or nobody for services about nobody. */
  subjectId?: string | undefined;
  /** Answers known at once. */
  answers?: Record<string, GivenAnswer> | undefined;
}

export type Started = { draft: DraftView } | { existing: { number: string } };

/**
 * Starts an application. When the service allows one at a time and there is one alive, that one is given instead.
 * @throws no-such-service, not-signed-in, not-allowed, cannot-open
 */
export async function startDraft(ctx: Ctx, input: StartInput): Promise<Started> {
  const service = serviceOf(input.kind);
  const subject = await findSubject(ctx, service, input.subjectId);
  const capacity = capacityOf(ctx, service, subject);
  const existing = service.open.one === 'show' && subject ? await aliveCaseOf(ctx, service.kind, subject.id) : null;
  if (existing) return { existing: { number: existing.number } };
  const early = service.open.must?.({ subject, answers: {}, units: ctx.city.units } as never);
  if (early) throw cannotOpen(early, say(ctx.locale, serviceKey(service.kind, `must.${early}`)));
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
  const draft = await complete(ctx, row, null);
  if (!input.answers) return { draft: viewDraft(ctx, draft) };
  const answers = await take(ctx, draft, input.answers);
  const [saved] = await ctx.db
    .update(drafts)
    .set({ answers, revision: row.revision + 1 })
    .where(and(eq(drafts.id, row.id), eq(drafts.revision, row.revision)))
    .returning();
  return { draft: viewDraft(ctx, { ...draft, row: saved ?? row }) };
}

interface Beginning {
  service: Service;
  purpose: string;
  capacity: Capacity;
  subject: Retiree | null;
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
      set: { updatedAt: now, expiresAt, ...chat },
    })
    .returning();
  if (!row) throw notFound();
  return row;
}

function ownerOf({ actor }: Ctx): { accountId: string } | { guestHash: Buffer } {
  if (actor.is === 'person') return { accountId: actor.accountId };
  if (actor.is === 'guest' && actor.guestHash) return { guestHash: actor.guestHash };
  throw notSignedIn();
}

async function findSubject(ctx: Ctx, service: Service, subjectId: string | undefined): Promise<Retiree | null> {
  if (service.subject !== 'retiree') return null;
  const { actor } = ctx;
  const own = actor.is === 'person' ? actor.links.find((link) => link.relation === 'self')?.retireeId : undefined;
  const id = subjectId ?? own;
  if (!id) {
    ensurePerson(actor);
    throw cannotOpen('whom', say(ctx.locale, 'errors:whom'));
  }
  const subject = await ctx.city.people.retiree(ctx.db, id);
  if (!subject) throw notFound();
  ensureCan(actor, 'retiree.apply', { retireeId: subject.id, carePath: subject.care?.path ?? null });
  return subject;
}

/** In what capacity the actor may open this service. @throws not-signed-in, not-allowed */
function capacityOf(ctx: Ctx, service: Service, subject: Retiree | null): Capacity {
  const allowed = service.open.by ?? [];
  const { actor } = ctx;
  const may = (capacity: (typeof allowed)[number]) => allowed.includes(capacity);
  if (actor.is === 'person') {
    const link = actor.links.find((one) => one.retireeId === subject?.id);
    if (link) {
      const capacity = link.relation === 'self' ? 'self' : 'relative';
      if (may(capacity)) return capacity;
    }
    if (actor.posts.length > 0 && may('counter')) return 'counter';
    if (may('enterprise')) return 'enterprise';
    if (!subject && may('self')) return 'self';
  }
  if (may('anyone')) return 'anyone';
  throw actor.is === 'guest' ? notSignedIn() : notAllowed();
}
