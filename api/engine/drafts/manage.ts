/** A person's unfinished drafts: the list, one question again, throwing one away, and which one a chat talks about. */
import { and, desc, eq, gt, isNull } from 'drizzle-orm';
import { drafts } from '../../../db/schema/engine.ts';
import { ensurePerson } from '../../access/can.ts';
import type { Ctx } from '../../context.ts';
import { alreadySubmitted, notAsked, noSuchQuestion } from '../errors.ts';
import { complete, findDraft, loadDraft, loadingOnce, owns, walkDraft } from './load.ts';
import { viewDraft, viewQuestion, type DraftView, type QuestionView } from './view.ts';

/** More unfinished forms than this nobody has; the list has no pages. */
const MOST_LISTED = 20;

export async function readDraft(ctx: Ctx, id: string): Promise<DraftView> {
  const draft = await loadDraft(ctx, id);
  if (draft.row.submittedAt) throw alreadySubmitted(draft.caseRow?.number ?? null);
  return viewDraft(ctx, draft);
}

/** A question of the draft, to be answered or changed. @throws not-asked, no-such-question */
export async function readQuestion(ctx: Ctx, id: string, key: string): Promise<QuestionView> {
  const draft = await loadDraft(ctx, id);
  const entry = draft.entries.find((one) => one.key === key);
  if (!entry) throw noSuchQuestion();
  const { asked, values } = walkDraft(draft);
  if (!asked.includes(entry)) throw notAsked(key);
  return viewQuestion(ctx, draft, entry, values);
}

/** What the actor began and did not finish, newest first. */
export async function listDrafts(ctx: Ctx): Promise<DraftView[]> {
  const { accountId } = ensurePerson(ctx.actor);
  const rows = await ctx.db
    .select()
    .from(drafts)
    .where(
      and(
        eq(drafts.accountId, accountId),
        isNull(drafts.submittedAt),
        isNull(drafts.caseId),
        gt(drafts.expiresAt, ctx.clock()),
      ),
    )
    .orderBy(desc(drafts.updatedAt))
    .limit(MOST_LISTED);
  const own = rows.filter((row) => owns(ctx, row));
  const load = loadingOnce();
  const loaded = await Promise.all(own.map((row) => complete(ctx, row, null, load)));
  return loaded.map((draft) => viewDraft(ctx, draft));
}

/** Throws an unfinished draft away, with its pictures. */
export async function discardDraft(ctx: Ctx, id: string): Promise<void> {
  const { row } = await loadDraft(ctx, id);
  if (row.submittedAt) throw alreadySubmitted(null);
  await ctx.db.delete(drafts).where(and(eq(drafts.id, id), isNull(drafts.submittedAt)));
}

/** The draft that the chat of this context talks about; null when it talks about none. */
export async function chatDraft(ctx: Ctx): Promise<DraftView | null> {
  if (!ctx.chatKey) return null;
  const [row] = await ctx.db
    .select({ id: drafts.id, subjectId: drafts.subjectId, caseId: drafts.caseId, capacity: drafts.capacity })
    .from(drafts)
    .where(and(eq(drafts.chatKey, ctx.chatKey), isNull(drafts.submittedAt)));
  const draft = row && (await findDraft(ctx, row.id));
  return draft ? viewDraft(ctx, draft) : null;
}

/** Makes the chat talk about a draft (or about none): how a draft begun on a page goes on in chat. */
export async function focusChat(ctx: Ctx, id: string | null): Promise<void> {
  if (!ctx.chatKey) return;
  if (id) await loadDraft(ctx, id);
  await ctx.db.update(drafts).set({ chatKey: null }).where(eq(drafts.chatKey, ctx.chatKey));
  if (id)
    await ctx.db
      .update(drafts)
      .set({ chatKey: ctx.chatKey })
      .where(and(eq(drafts.id, id), isNull(drafts.submittedAt)));
}
