/** The answers of a case: kept per step and round with the questions as they were asked, read back as the service works with them. */
import { and, desc, eq, sql } from 'drizzle-orm';
import { placeholders, prepared } from '../../../db/prepared.ts';
import { caseAnswers, type AskedAnswer, type SavedAnswer } from '../../../db/schema/engine.ts';
import { say } from '../../../locales/index.ts';
import type { Ctx } from '../../context.ts';
import type { LoadedDraft } from '../drafts/load.ts';
import { showAnswer } from '../drafts/view.ts';
import { loadAnswer, type FormEntry } from '../form.ts';
import type { ReadingRoom } from '../question.ts';
import { questionKey } from '../texts.ts';

/** `case_answers.step` of the service's own questions. */
export const OWN = 'ask';
/** The same, by somebody who reported the same person as well. */
export const JOINED = 'ask:join';

/** The questions as they were asked and the answers as they were shown, in the language of whoever answered. */
export function asAsked(
  ctx: Ctx,
  draft: Pick<LoadedDraft, 'service' | 'place' | 'room'>,
  asked: readonly FormEntry[],
  saved: Record<string, SavedAnswer>,
): AskedAnswer[] {
  return asked.map((entry) => {
    const value = saved[entry.key]?.value ?? null;
    return {
      key: entry.key,
      question: say(ctx.locale, questionKey(draft.service.kind, draft.place, entry.key, 'label')),
      shown: showAnswer(ctx, draft, entry, value),
      value,
    };
  });
}

export async function keepAnswers(
  ctx: Ctx,
  caseId: string,
  step: string,
  round: number,
  answers: AskedAnswer[],
): Promise<void> {
  await keep(ctx.db, { caseId, step, round, answers, at: ctx.clock() });
}

const keep = prepared((db) =>
  db
    .insert(caseAnswers)
    .values(placeholders('caseId', 'step', 'round', 'answers', 'at'))
    .onConflictDoUpdate({
      target: [caseAnswers.caseId, caseAnswers.step, caseAnswers.round],
      set: { answers: sql`excluded.answers` },
    }),
);

const newestOwn = prepared((db) =>
  db
    .select({ answers: caseAnswers.answers })
    .from(caseAnswers)
    .where(and(eq(caseAnswers.caseId, sql.placeholder('caseId')), eq(caseAnswers.step, OWN)))
    .orderBy(desc(caseAnswers.round))
    .limit(1),
);

/** The newest answers to the service's own questions. */
export async function ownAnswers(ctx: Ctx, caseId: string): Promise<AskedAnswer[]> {
  const [row] = await newestOwn(ctx.db, { caseId });
  return row?.answers ?? [];
}

/** Answers as the service works with them. Questions it no longer asks stay as they were kept. */
export function asValues(
  entries: readonly FormEntry[],
  answers: readonly AskedAnswer[],
  room: ReadingRoom,
): Record<string, unknown> {
  return Object.fromEntries(
    answers.map(({ key, value }) => {
      const entry = entries.find((one) => one.key === key);
      return [key, entry ? loadAnswer(entry.question, value, room) : value];
    }),
  );
}

/** The same answers as a draft holds them, for a resubmission. */
export function asSaved(answers: readonly AskedAnswer[]): Record<string, SavedAnswer> {
  return Object.fromEntries(answers.map(({ key, value }) => [key, { value, revision: 1 }]));
}
