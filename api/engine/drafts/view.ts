/** A draft as its owner sees it: the next question, and what was answered so far. */
import { hasText, say } from '../../../locales/index.ts';
import { isActingFor } from '../../access/actor.ts';
import type { Ctx } from '../../context.ts';
import { FOLLOWED } from '../followed.ts';
import { type FormEntry, type Situation } from '../form.ts';
import { nameOf } from '../cases/name-of.ts';
import type { Tone } from '../service.ts';
import type { ChatManner } from '../question.ts';
import { chatManner, typeOf, type QuestionKind } from '../questions/index.ts';
import { columnsOf, optionKey, optionsOf, questionKey, serviceKey, type FormPlace } from '../texts.ts';
import { walkDraft, type LoadedDraft } from './load.ts';

/** A question ready to be asked, in the reader's language. */
export interface QuestionView {
  key: string;
  kind: QuestionKind;
  label: string;
  hint: string | null;
  /** What the service chose (limits, level); choices have their words beside. */
  options: Record<string, unknown>;
  choices: { value: string; label: string }[];
  optional: 'skip' | 'unknown' | null;
  /** Asked only after certain answers: a draft says when. */
  conditional: boolean;
  chat: ChatManner;
  /** What was answered, or what is known already and only to be confirmed; in the shape in which it is sent. */
  value: unknown;
  /** `value` in words. */
  shown: string | null;
  /** Whether `value` was answered; else it is what the office knows. */
  answered: boolean;
  /** To be named as `seen` when answering. 0 when never answered. */
  revision: number;
}

export interface AnsweredView {
  key: string;
  label: string;
  shown: string;
  revision: number;
}

export interface DraftView {
  id: string;
  kind: string;
  title: string;
  revision: number;
  /** Whom it is about. */
  subject: { id: string; name: string } | null;
  /** The reader does this for somebody else, as a relative: pages and chat say for whom. */
  actsFor: boolean;
  tone: Tone | null;
  capacity: string;
  case: { number: string; version: number } | null;
  verb: string | null;
  next: QuestionView | null;
  answers: AnsweredView[];
  expiresAt: string;
}

/** @see DraftView */
export function viewDraft(ctx: Ctx, draft: LoadedDraft): DraftView {
  const { row, service, subject, caseRow } = draft;
  const { asked, next, values } = walkDraft(draft);
  // Whoever asks something of a retiree whom they only named is not told who was found, nor that anything happened.
  const isAsker = service.subject === 'named' && caseRow !== null && caseRow.applicantId === row.accountId;
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
    next: next && viewQuestion(ctx, draft, next, values),
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

/** A question without any answer, as the guide and the OpenAPI document describe it. */
export function describeQuestion(ctx: Ctx, kind: string, place: FormPlace, { key, question, when }: FormEntry) {
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
    } as Record<string, unknown>,
    choices: optionsOf(question.options).map((option) => ({
      value: option,
      label: say(ctx.locale, optionKey(kind, place, key, option)),
    })),
    optional: question.optional ?? null,
    /** Asked only after certain answers: a draft says when. */
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
    (option) => say(ctx.locale, optionKey(draft.service.kind, draft.place, entry.key, option)),
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
