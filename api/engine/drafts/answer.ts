/** Saves answers, one or several at once. Two phones on one draft merge; a different answer to a question unseen is shown, not lost. */
import { isDeepStrictEqual } from 'node:util';
import { and, eq, inArray, isNull, or, sql } from 'drizzle-orm';
import { asStored, prepared } from '../../../db/prepared.ts';
import { drafts, files, type SavedAnswer } from '../../../db/schema/engine.ts';
import type { Ctx } from '../../context.ts';
import { checkAgainst, wordsAgainst } from '../cases/must.ts';
import { answeredHere } from '../consents.ts';
import { say } from '../../../locales/index.ts';
import { alreadySubmitted, answeredMeanwhile, badAnswer, noSuchQuestion, notAllAnswered, notAsked } from '../errors.ts';
import type { FormEntry } from '../form.ts';
import type { Reading } from '../question.ts';
import { once } from '../once.ts';
import { typeOf } from '../questions/index.ts';
import { loadDraft, walkDraft, type LoadedDraft } from './load.ts';
import { showAnswer, viewDraft, type DraftView } from './view.ts';

/** An answer as it is sent: null passes an optional question over. `seen` is the revision of the answer that the person saw. */
export interface GivenAnswer {
  value: unknown;
  seen?: number | undefined;
}

/** Drafts live for 30 days after they were last touched (h5-standard row 7). */
export const DRAFT_LIFE_MS = 30 * 24 * 60 * 60 * 1000;
/** Two people on one draft write at once now and then; more tries than this is somebody's loop. */
const TRIES = 8;

/**
 * Saves answers in the order of the form, all or none, and gives the draft with its next question.
 * @throws bad-answer, not-asked, answered-meanwhile, already-submitted, not-found
 */
export async function saveAnswers(ctx: Ctx, draftId: string, given: Record<string, GivenAnswer>): Promise<DraftView> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    try {
      // A page saves the same answer twice without harm; in chat a redelivered message would answer the next question.
      return await (ctx.actKey
        ? once(ctx, (inside) => saveOnce(inside, draftId, given))
        : saveOnce(ctx, draftId, given));
    } catch (error) {
      if (!(error instanceof Overtaken)) throw error;
    }
  }
  throw answeredMeanwhile(Object.keys(given).join(), '', '', 0);
}

/** Somebody else wrote between reading and writing: to be tried again from the start. */
class Overtaken extends Error {}

async function saveOnce(ctx: Ctx, draftId: string, given: Record<string, GivenAnswer>): Promise<DraftView> {
  const draft = await loadDraft(ctx, draftId);
  if (draft.row.submittedAt) throw alreadySubmitted(draft.caseRow?.number ?? null);
  const answers = await take(ctx, draft, given);
  if (answers === draft.row.answers) return viewDraft(ctx, draft);
  if (!(await write(ctx, draft, answers))) throw new Overtaken();
  return viewDraft(ctx, { ...draft, row: { ...draft.row, answers, revision: draft.row.revision + 1 } });
}

/** The saved answers with the given ones taken in; the same object when nothing changes. */
export async function take(
  ctx: Ctx,
  draft: LoadedDraft,
  given: Record<string, GivenAnswer>,
): Promise<Record<string, SavedAnswer>> {
  const revision = draft.row.revision + 1;
  let answers = draft.row.answers;
  for (const key of Object.keys(given)) if (!draft.entries.some((entry) => entry.key === key)) throw noSuchQuestion();
  for (const entry of draft.entries) {
    const answer = given[entry.key];
    if (!answer) continue;
    const now = { ...draft, row: { ...draft.row, answers } };
    ensureAsked(now, entry);
    const value = await readAnswer(ctx, draft, entry, answer.value);
    const before = answers[entry.key];
    if (before && isDeepStrictEqual(before.value, value)) continue;
    if (before && answer.seen !== undefined && before.revision > answer.seen) {
      throw answeredMeanwhile(
        entry.key,
        showAnswer(ctx, draft, entry, value),
        showAnswer(ctx, draft, entry, before.value),
        before.revision,
      );
    }
    answers = { ...answers, [entry.key]: { value, revision } };
  }
  if (answers !== draft.row.answers) await ensureStands(ctx, { ...draft, row: { ...draft.row, answers } }, given);
  return answers;
}

/** An answer that the registry speaks against is refused when it is given, like one that cannot be read. @throws bad-answer */
async function ensureStands(ctx: Ctx, draft: LoadedDraft, given: Record<string, GivenAnswer>): Promise<void> {
  const { service, subject, place } = draft;
  if (place.verb || !service.open.check) return;
  const found = await checkAgainst(ctx, service, subject, walkDraft(draft).values);
  if (!found || !(found.at in given)) return;
  throw badAnswer(found.at, { code: found.reason }, wordsAgainst(ctx, service, found.reason));
}

/** @throws not-all-answered naming an earlier question still open, not-asked when the answers before rule it out */
function ensureAsked(draft: LoadedDraft, entry: FormEntry): void {
  const { asked, next } = walkDraft(draft);
  if (asked.includes(entry)) return;
  const { entries } = draft;
  throw next && entries.indexOf(next) < entries.indexOf(entry) ? notAllAnswered(next.key) : notAsked(entry.key);
}

/** Reads one answer by its question's type. @throws bad-answer with words that say how to mend it */
async function readAnswer(ctx: Ctx, draft: LoadedDraft, entry: FormEntry, raw: unknown): Promise<unknown> {
  const { question, key } = entry;
  if (raw === null && question.optional) return null;
  const reading: Reading<unknown> = typeOf(question).read(raw, question.options, draft.room);
  if (!reading.ok) {
    const { code, params } = reading.complaint;
    throw badAnswer(key, reading.complaint, say(ctx.locale, `questions:complaints.${code}`, params));
  }
  if (question.kind === 'photos') await ensureOwnFiles(ctx, draft, entry, reading.value as string[]);
  return reading.value;
}

async function ensureOwnFiles(ctx: Ctx, draft: LoadedDraft, entry: FormEntry, ids: string[]): Promise<void> {
  const wellFormed = ids.filter((id) => /^[0-9a-f-]{36}$/i.test(id));
  const earlier =
    draft.caseRow && or(eq(drafts.caseId, draft.caseRow.id), eq(drafts.id, draft.caseRow.draftId ?? draft.row.id));
  const found = await ctx.db
    .select({ id: files.id })
    .from(files)
    .innerJoin(drafts, eq(drafts.id, files.draftId))
    .where(
      and(
        inArray(files.id, wellFormed),
        eq(files.question, entry.key),
        or(eq(drafts.id, draft.row.id), earlier ?? undefined),
      ),
    );
  if (found.length === ids.length) return;
  throw badAnswer(entry.key, { code: 'no-photos' }, say(ctx.locale, 'questions:complaints.no-photos'));
}

const save = prepared((db) =>
  db
    .update(drafts)
    .set({
      answers: asStored(drafts.answers, 'answers'),
      revision: sql`${drafts.revision} + 1`,
      updatedAt: asStored(drafts.updatedAt, 'now'),
      expiresAt: asStored(drafts.expiresAt, 'expiresAt'),
    })
    .where(
      and(
        eq(drafts.id, sql.placeholder('id')),
        eq(drafts.revision, sql.placeholder('revision')),
        isNull(drafts.submittedAt),
      ),
    )
    .returning({ id: drafts.id }),
);

/** Writes if nobody else did since the draft was read. */
async function write(ctx: Ctx, draft: LoadedDraft, answers: Record<string, SavedAnswer>): Promise<boolean> {
  const now = ctx.clock();
  const written = await save(ctx.db, {
    id: draft.row.id,
    revision: draft.row.revision,
    answers: answeredHere(answers),
    now,
    expiresAt: new Date(now.getTime() + DRAFT_LIFE_MS),
  });
  return written.length > 0;
}
