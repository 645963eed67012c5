/** What the value in an answer button stands for, by the type of its question. A type without an entry here does not compile. */
import type { QuestionKind } from '../../api/engine/questions/index.ts';
import type { QuestionView } from './question.ts';

type OfTap = (question: QuestionView, value: string) => unknown;

const byWord: OfTap = (_question, value) => value;
const byYes: OfTap = (_question, value) => value === 'yes';

const values = {
  text: byWord,
  choice: ({ choices }, value) => choices[Number(value)]?.value,
  choices: ({ choices }, value) => {
    const chosen = Number.parseInt(value, 36);
    return choices.flatMap((choice, at) => (Math.floor(chosen / 2 ** at) % 2 === 1 ? [choice.value] : []));
  },
  yes: byYes,
  consent: byYes,
  notice: byYes,
  date: byWord,
  month: byWord,
  phone: byWord,
  unit: byWord,
  photos: byWord,
  money: byWord,
  number: byWord,
  person: byWord,
  residence: byWord,
  idNumber: byWord,
  rows: byWord,
} satisfies Record<QuestionKind, OfTap>;

/** The answer that a button gives: `none` passes the question over, `known` takes what is known. */
export function answerOfTap(question: QuestionView, value: string): unknown {
  if (value === 'none') return null;
  if (value === 'known') return question.value;
  return (values as Record<QuestionKind, OfTap>)[question.kind](question, value);
}
