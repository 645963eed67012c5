/** All question types, and `q`: how a service asks. A type missing in a client's map does not compile there. */
import type { UnitLevel } from '../../../db/schema/registry.ts';
import type { ConsentPurpose } from '../../consent-purposes.ts';
import type { PlainDate } from '../../dates.ts';
import type { Home, Unit } from '../../ports.ts';
import type { Asked } from '../form.ts';
import type { ChatManner, Question, QuestionType } from '../question.ts';
import { choice, choices } from './choice.ts';
import { date, type DateOptions } from './date.ts';
import { month, type MonthOptions } from './month.ts';
import { money, type Fen, type MoneyOptions } from './money.ts';
import { number, type NumberOptions } from './number.ts';
import { idNumber, person, type NamedPerson } from './person.ts';
import { phone } from './phone.ts';
import { photos, type PhotoOptions } from './photos.ts';
import { residence } from './residence.ts';
import { rowsOf } from './rows.ts';
import { text, type TextOptions } from './text.ts';
import { unit } from './unit.ts';
import { consent, notice, yes } from './yes.ts';
import type { IdNumber } from '../../values/id-number.ts';
import type { PlainMonth } from '../../values/plain-month.ts';
import type { Phone } from '../../values/phone.ts';

// Each type has options and values of its own; the registry forgets them, the builders below do not.
type AnyType = QuestionType<object, unknown, unknown>;

export const questionTypes = {
  text,
  choice,
  choices,
  yes,
  date,
  month,
  phone,
  person,
  unit,
  residence,
  photos,
  idNumber,
  money,
  number,
  rows: rowsOf(typeOf),
  consent,
  notice,
};

export type QuestionKind = keyof typeof questionTypes;

export const questionKinds = Object.keys(questionTypes) as QuestionKind[];

/** The type of a question; a kind that nobody defined stops the caller with its name. */
export function typeOf(question: Question<unknown>): AnyType {
  const found = (questionTypes as unknown as Record<string, AnyType | undefined>)[question.kind];
  if (!found) throw new Error(`There is no question type "${question.kind}".`);
  return found;
}

/** How a question may be asked in chat, the service's wish included. */
export function chatManner(question: Question<unknown>): ChatManner {
  return question.pageOnly ? 'page-only' : typeOf(question).chat;
}

function ask<Value>(kind: QuestionKind, options: object = {}): Question<Value> {
  return { kind, options };
}

/** The questions a service can ask. */
export const q = {
  text: (options: TextOptions & { pageOnly?: boolean } = {}): Question<string> => {
    const { pageOnly = false, ...rest } = options;
    return { ...ask<string>('text', rest), pageOnly };
  },
  choice: <const Of extends string>(...of: Of[]): Question<Of> => ask('choice', { of }),
  choices: <const Of extends string>(...of: Of[]): Question<Of[]> => ask('choices', { of }),
  yes: (): Question<boolean> => ask('yes'),
  date: (options: DateOptions = {}): Question<PlainDate> => ask('date', options),
  month: (options: MonthOptions = {}): Question<PlainMonth> => ask('month', options),
  phone: (): Question<Phone> => ask('phone'),
  person: (): Question<NamedPerson> => ask('person'),
  unit: (level: UnitLevel): Question<Unit> => ask('unit', { level }),
  residence: (): Question<Home & { community: Unit }> => ask('residence'),
  photos: (options: PhotoOptions = {}): Question<string[]> => ask('photos', options),
  idNumber: (): Question<IdNumber> => ask('idNumber'),
  money: (options: MoneyOptions): Question<Fen> => ask('money', options),
  number: (options: NumberOptions): Question<number> => ask('number', options),
  rows: <R>(columns: Asked<R>, options: { max?: number } = {}): Question<R[]> =>
    ask('rows', { columns: columns.entries, ...options }),
  consent: (purpose: ConsentPurpose): Question<boolean> => ask('consent', { purpose }),
  notice: (): Question<true> => ask('notice'),
  /** What only those who handle the case may read (民族, 健康): on a page only, and hidden from everybody else who sees the case. */
  sensitive: <Value>(question: Question<Value>): Question<Value> => ({ ...question, pageOnly: true, sensitive: true }),
  /** Not to be asked or said in chat: illness, what a family lacks, certificates. */
  pageOnly: <Value>(question: Question<Value>): Question<Value> => ({ ...question, pageOnly: true }),
  /** The question may be passed over, or answered 不知道. */
  optional: <Value>(question: Question<Value>, how: 'skip' | 'unknown' = 'skip'): Question<Value | null> => ({
    ...question,
    optional: how,
  }),
};
