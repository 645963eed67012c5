/** A draft as its owner sees it: the next question, and what was answered so far. */
import { z } from 'zod';
import { capacities } from '../../../db/schema/engine.ts';
import { hasText, say } from '../../../locales/index.ts';
import { isActingFor } from '../../access/actor.ts';
import type { Ctx } from '../../context.ts';
import { nameOf } from '../cases/name-of.ts';
import { FOLLOWED } from '../followed.ts';
import { type FormEntry, type Situation } from '../form.ts';
import { tones } from '../service.ts';
import { chatManners } from '../question.ts';
import { chatManner, questionKinds, typeOf, type QuestionKind } from '../questions/index.ts';
import { columnsOf, optionsOf, optionText, questionKey, serviceKey, type FormPlace } from '../texts.ts';
import { walkDraft, type LoadedDraft } from './load.ts';
import { stopOf, stoppedView } from './stopped.ts';

/** A question in the reader's language, without any answer. */
export const describedQuestion = z.object({
  key: z.string(),
  kind: z.enum(questionKinds),
  label: z.string(),
  hint: z.string().nullable(),
  /** What the service chose (limits, level); choices have their words beside. */
  options: z.record(z.string(), z.unknown()),
  choices: z.array(z.object({ value: z.string(), label: z.string() })),
  optional: z.enum(['skip', 'unknown']).nullable(),
  /** Asked only after certain answers: a draft says when. */
  conditional: z.boolean(),
  chat: z.enum(chatManners),
});
export type DescribedQuestion = z.infer<typeof describedQuestion>;

/** A question ready to be asked. */
export const questionView = describedQuestion.extend({
  /** What was answered, or what is known already and only to be confirmed; in the shape in which it is sent. */
  value: z.unknown(),
  /** `value` in words. */
  shown: z.string().nullable(),
  /** Whether `value` was answered; else it is what the office knows. */
  answered: z.boolean(),
  /** To be named as `seen` when answering. 0 when never answered. */
  revision: z.int(),
});
export type QuestionView = z.infer<typeof questionView>;

const answeredView = z.object({ key: z.string(), label: z.string(), shown: z.string(), revision: z.int() });
export type AnsweredView = z.infer<typeof answeredView>;

export const draftView = z.object({
  id: z.uuid(),
  kind: z.string(),
  title: z.string(),
  revision: z.int(),
  /** Whom it is about. */
  subject: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  /** The reader does this for somebody else, as a relative: pages and chat say for whom. */
  actsFor: z.boolean(),
  tone: z.enum(tones).nullable(),
  capacity: z.enum(capacities),
  case: z.object({ number: z.string(), version: z.int() }).nullable(),
  verb: z.string().nullable(),
  /** Null when everything is answered, or when the form stops before its end. */
  next: questionView.nullable(),
  stopped: stoppedView.nullable(),
  answers: z.array(answeredView),
  expiresAt: z.iso.datetime(),
});
export type DraftView = z.infer<typeof draftView>;

/** @see DraftView */
export function viewDraft(ctx: Ctx, draft: LoadedDraft): DraftView {
  const { row, service, subject, caseRow } = draft;
  // Whoever asks something of a retiree whom they only named is not told who was found, nor that anything happened.
  const isAsker = service.subject === 'named' && caseRow !== null && caseRow.applicantId === row.accountId;
  const walk = walkDraft(draft);
  const { asked, next, values } = walk;
  const stopped = stopOf(ctx, draft, walk);
  return {
    id: row.id,
    kind: row.kind,
    title: say(ctx.locale, serviceKey(service.kind, 'title')),
    revision: row.revision,
    subject: subject && !isAsker ? { id: subject.id, name: nameOf(ctx, subject) } : null,
    actsFor: isActingFor(ctx.actor, row.subjectId),
    tone: service.tone ?? null,
    capacity: row.capacity,
    case: caseRow && { number: caseRow.number, version: isAsker ? FOLLOWED : caseRow.version },
    verb: row.verb,
    next: next && !stopped ? viewQuestion(ctx, draft, next, values) : null,
    stopped,
    answers: asked.filter((entry) => entry !== next).map((entry) => viewAnswer(ctx, draft, entry)),
    expiresAt: row.expiresAt.toISOString(),
  };
}

/** One question of a draft, to be asked or changed. `values` are the answers before it. */
export function viewQuestion(
  ctx: Ctx,
  draft: LoadedDraft,
  entry: FormEntry,
  values: Record<string, unknown>,
): QuestionView {
  const { service, place, row } = draft;
  const saved = row.answers[entry.key];
  const known = saved
    ? null
    : (entry.known?.({ ...draft.who, answers: values } as unknown as Situation<never, never>) ?? null);
  const value = saved ? saved.value : known;
  return {
    ...describeQuestion(ctx, service.kind, place, entry),
    value,
    shown: value === null ? null : showAnswer(ctx, draft, entry, value),
    answered: Boolean(saved),
    revision: saved?.revision ?? 0,
  };
}

/** @see DescribedQuestion */
export function describeQuestion(
  ctx: Ctx,
  kind: string,
  place: FormPlace,
  { key, question, when }: FormEntry,
): DescribedQuestion {
  const hint = questionKey(kind, place, key, 'hint');
  return {
    key,
    kind: question.kind as QuestionKind,
    label: say(ctx.locale, questionKey(kind, place, key, 'label')),
    hint: hasText(hint) ? say(ctx.locale, hint) : null,
    options: {
      ...question.options,
      ...(columnsOf(question.options).length > 0 && {
        columns: columnsOf(question.options).map((column) => ({
          key: column,
          label: say(ctx.locale, questionKey(kind, place, key, `columns.${column}`)),
        })),
      }),
    },
    choices: optionsOf(question.options).map((option) => ({
      value: option,
      label: optionText(ctx.locale, kind, place, key, option),
    })),
    optional: question.optional ?? null,
    conditional: when !== undefined,
    chat: chatManner(question),
  };
}

/** An answer in words, masked where it must be. */
export function showAnswer(
  ctx: Ctx,
  draft: Pick<LoadedDraft, 'service' | 'place' | 'room'>,
  entry: FormEntry,
  value: unknown,
): string {
  if (value === null) return say(ctx.locale, `engine:answers.${entry.question.optional ?? 'skip'}`);
  return typeOf(entry.question).show(
    value,
    (key, params) => say(ctx.locale, key, params),
    draft.room,
    (option) => optionText(ctx.locale, draft.service.kind, draft.place, entry.key, option),
  );
}

function viewAnswer(ctx: Ctx, draft: LoadedDraft, entry: FormEntry): AnsweredView {
  const saved = draft.row.answers[entry.key];
  return {
    key: entry.key,
    label: say(ctx.locale, questionKey(draft.service.kind, draft.place, entry.key, 'label')),
    shown: showAnswer(ctx, draft, entry, saved?.value ?? null),
    revision: saved?.revision ?? 0,
  };
}
