/**
 * What a question type is. Each type is one file in `questions/` and owns everything about its values: how they are read from
 * a person or a program, what they become for the service, and how they are shown. Clients have one map each from
 * type to prompt or widget, checked by the compiler against `QuestionKind`.
 */
import type { Capacity } from '../../db/schema/engine.ts';
import type { PlainDate } from '../dates.ts';
import type { Params } from '../errors.ts';
import type { Units } from '../ports.ts';

/** How a question may be asked in chat: aloud; aloud but never repeated; or only on a page. */
export const chatManners = ['ask', 'no-echo', 'page-only'] as const;
export type ChatManner = (typeof chatManners)[number];

/** What reading and showing may look at. */
export interface ReadingRoom {
  today: PlainDate;
  units: Units;
}

/** Why an answer cannot be taken: a text key in `questions.complaints` and what its words need. */
export interface Complaint {
  code: string;
  params?: Params;
}

export type Reading<Stored> = { ok: true; value: Stored } | { ok: false; complaint: Complaint };

export const read = <T>(value: T): Reading<T> => ({ ok: true, value });
export const complain = (code: string, params: Params = {}): Reading<never> => ({
  ok: false,
  complaint: { code, params },
});

/** Words in the reader's language: a text key and what it needs. */
export type Say = (key: string, params?: Params) => string;

/** One type of question. `Options` is what a service chooses; `Stored` is JSON; `Value` is what the service works with. */
export interface QuestionType<Options, Stored, Value = Stored> {
  chat: ChatManner;
  /** Takes what was typed or sent; normalises what is harmless (full-width digits, spaces), complains about the rest. */
  read(raw: unknown, options: Options, room: ReadingRoom): Reading<Stored>;
  /** The value as the service works with it (a unit instead of its id). */
  load(stored: Stored, room: ReadingRoom, options: Options): Value;
  /** As it is shown for checking and kept with the case; numbers are masked. `label` gives the words of a choice. */
  show(stored: Stored, say: Say, room: ReadingRoom, label: (value: string) => string): string;
  /** JSON schema of what may be sent, for the OpenAPI document. */
  schema(options: Options): Record<string, unknown>;
}

/** A question in a form: its type, what the service chose, and whether it may be passed over. */
export interface Question<Value> {
  kind: string;
  options: object;
  /** `skip`: it may stay empty. `unknown`: 不知道 is an answer. Both are kept as null. */
  optional?: 'skip' | 'unknown';
  /** The service wants it on a page although its type may be asked in chat (illness, a story of one's life). */
  pageOnly?: boolean;
  /** Shown to whoever gave it and to those who handle the case, to nobody else who sees the case. */
  sensitive?: boolean;
  readonly value?: Value;
}

/** Whoever answers: some questions are only for some (a stranger is asked for the community). */
export type By = Capacity;
