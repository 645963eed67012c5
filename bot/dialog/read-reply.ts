/** How a typed reply becomes an answer: `(question, reply) → answer | complaint`. A type without an entry here does not compile. */
import type { QuestionKind } from '../../api/engine/questions/index.ts';
import type { PlainDate } from '../../api/dates.ts';
import { hearDay } from './day-words.ts';
import { readNumber, readOrdinal } from './numbers.ts';
import type { QuestionView } from './question.ts';
import { holdsIdNumber, isWordless, means, plainWords } from './words.ts';

/** A complaint is a key under `chat:complaints` and what its words need. `search` wants an office found by these words. */
export type Reading =
  | { is: 'answer'; value: unknown }
  | { is: 'complaint'; key: string; params?: Record<string, string | number> }
  | { is: 'day-missing'; offer: PlainDate[] }
  | { is: 'search'; words: string };

type Reader = (question: QuestionView, typed: string, today: PlainDate) => Reading;

const answer = (value: unknown): Reading => ({ is: 'answer', value });
const complain = (key: string, params: Record<string, string | number> = {}): Reading => ({
  is: 'complaint',
  key,
  params,
});

/** The choice that is meant: its number in the list, its words, or words that only one begins with or holds. */
function choiceAt({ choices }: QuestionView, typed: string): number | null {
  const wanted = plainWords(typed);
  const same = choices.findIndex(({ value, label }) => value === typed.trim() || plainWords(label) === wanted);
  if (same >= 0) return same;
  const number = readOrdinal(typed);
  if (number !== null) return number >= 1 && number <= choices.length ? number - 1 : null;
  if (wanted === '') return null;
  const near = choices.flatMap(({ label }, at) =>
    plainWords(label).includes(wanted) || wanted.includes(plainWords(label)) ? [at] : [],
  );
  return near.length === 1 ? (near[0] ?? null) : null;
}

const choice: Reader = (question, typed) => {
  const at = choiceAt(question, typed);
  return at === null ? complain('choose-one', { count: question.choices.length }) : answer(question.choices[at]?.value);
};

/** 「1、3」, 「一和三」, or the words of the choices. */
const choices: Reader = (question, typed) => {
  const parts = typed
    .normalize('NFKC')
    .split(/[,，、;；/\s和与跟&+]+/)
    .filter(Boolean);
  const chosen = parts.map((part) => choiceAt(question, part));
  if (chosen.length === 0 || chosen.includes(null)) return complain('choose-some', { count: question.choices.length });
  return answer(chosen.map((at) => question.choices[at ?? 0]?.value));
};

/** 「同意」 means yes, 「不」 no; 1 is yes and 2 is no, as the buttons stand. */
const yes: Reader = (_question, typed) => {
  if (means(typed, 'no') || readNumber(plainWords(typed)) === 2) return answer(false);
  if (means(typed, 'yes') || readOrdinal(typed) === 1) return answer(true);
  return complain('yes-or-no');
};

const notice: Reader = (question, typed, today) => {
  const read = yes(question, typed, today);
  return read.is === 'answer' && read.value === true ? read : complain('confirm-first');
};

const text: Reader = (_question, typed) => (isWordless(typed) ? complain('wordless') : answer(typed));

const date: Reader = ({ options }, typed, today) => {
  const heard = hearDay(typed, today);
  if (heard.is === 'unread') return complain('not-a-day');
  if (heard.is === 'day-missing') return heard.offer.length > 0 ? heard : complain('in-the-future');
  return options['max'] === 'today' && heard.day > today ? complain('in-the-future') : answer(heard.day);
};

const phone: Reader = (_question, typed) =>
  /\d/.test(typed.normalize('NFKC')) ? answer(typed) : complain('not-a-phone');
const unit: Reader = (_question, typed) =>
  isWordless(typed) ? complain('wordless') : { is: 'search', words: typed.trim().slice(0, 60) };
const photos: Reader = () => complain('photo-please');
const onPage: Reader = () => complain('on-page');

const readers = {
  text,
  choice,
  choices,
  yes,
  consent: yes,
  notice,
  date,
  // Months are read by the server, which reads them in rosters too.
  month: text,
  phone,
  unit,
  photos,
  money: text,
  number: text,
  person: onPage,
  residence: onPage,
  idNumber: onPage,
  rows: onPage,
} satisfies Record<QuestionKind, Reader>;

/** Reads what was typed as an answer to the question. Passing over (跳过), not knowing (不知道) and taking what is known come first. */
export function readReply(question: QuestionView, typed: string, today: PlainDate): Reading {
  if (holdsIdNumber(typed)) return complain('no-id-numbers');
  if (question.optional && (means(typed, 'skip') || means(typed, 'unknown'))) return answer(null);
  if (question.chat === 'page-only') return complain('on-page');
  if (question.shown !== null && means(typed, 'known')) return answer(question.value);
  return (readers as Record<QuestionKind, Reader>)[question.kind](question, typed, today);
}
