/**
 * Forms: questions in order, each with an optional condition on earlier answers. Where a person stands in a form is never
 * stored: it is found by walking the form over the answers, afresh each time.
 */
import type { SavedAnswer } from '../../db/schema/engine.ts';
import type { Retiree } from '../ports.ts';
import type { By, Question, ReadingRoom } from './question.ts';
import { typeOf } from './questions/index.ts';

/** What a condition or a prefill may look at: earlier answers, who answers, and whom it is about. */
export interface Situation<Answers = Record<string, unknown>, Subject = unknown> {
  answers: Answers;
  by: By;
  /** What whoever answers is called, when their account has a name. */
  me: string | null;
  subject: Subject;
  /** How often the case was returned before: 一次性告知 asks why when it happens again. */
  returns: number;
}

export interface FormEntry {
  key: string;
  question: Question<unknown>;
  when?: (situation: Situation<never, never>) => boolean;
  /** What is already known: shown as the answer to be confirmed, in the shape in which it would be sent. */
  known?: (situation: Situation<never, never>) => unknown;
}

interface Extra<A, Subject> {
  known?: (situation: Situation<Partial<A>, Subject>) => unknown;
}
interface When<A, Subject> extends Extra<A, Subject> {
  when: (situation: Situation<A, Subject>) => boolean;
}

/** A finished form, as a service holds it. `Answers` is what the service gets. */
export interface Asked<Answers> {
  readonly entries: readonly FormEntry[];
  readonly answers?: Answers;
}

/** A form being written. A question with a condition may be missing among the answers. */
export interface Form<Answers, Subject> extends Asked<Answers> {
  ask<K extends string, V>(
    key: K,
    question: Question<V>,
    extra: When<Answers, Subject>,
  ): Form<Answers & { [P in K]?: V }, Subject>;
  ask<K extends string, V>(
    key: K,
    question: Question<V>,
    extra?: Extra<Answers, Subject>,
  ): Form<Answers & { [P in K]: V }, Subject>;
}

function formOf<Subject>(entries: readonly FormEntry[]): Form<object, Subject> {
  return {
    entries,
    ask: (key: string, question: Question<unknown>, extra?: Partial<FormEntry>) =>
      formOf([...entries, { key, question, ...extra }]) as never,
  };
}

/** The form to begin from, about a retiree. */
export const form = formOf<Retiree>([]);

/** The form to begin from, about something else. */
export const formAbout = <Subject>() => formOf<Subject>([]);

export interface Walk {
  /** The entries that apply, answered ones first, up to and with the next open one. */
  asked: FormEntry[];
  /** The first open question; null when all that apply are answered. */
  next: FormEntry | null;
  /** The answers that apply, as the service works with them. */
  values: Record<string, unknown>;
}

/** Walks a form over saved answers. Answers to questions that no longer apply are left out, not lost. */
export function walk(
  entries: readonly FormEntry[],
  saved: Record<string, SavedAnswer>,
  who: Omit<Situation, 'answers'>,
  room: ReadingRoom,
): Walk {
  const asked: FormEntry[] = [];
  const values: Record<string, unknown> = {};
  for (const entry of entries) {
    if (entry.when && !entry.when({ ...who, answers: values } as unknown as Situation<never, never>)) continue;
    asked.push(entry);
    const answer = saved[entry.key];
    if (!answer) return { asked, next: entry, values };
    values[entry.key] = loadAnswer(entry.question, answer.value, room);
  }
  return { asked, next: null, values };
}

/** A stored answer as the service works with it; null stays null. */
export function loadAnswer(question: Question<unknown>, stored: unknown, room: ReadingRoom): unknown {
  return stored === null ? null : typeOf(question).load(stored, room, question.options);
}
