/** How each type of question is asked in chat: `(question, locale) → message`. A type without an entry here does not compile. */
import type { QuestionKind } from '../../api/engine/questions/index.ts';
import { say } from '../../locales/index.ts';
import { addDays, sayDay } from './days.ts';
import { named } from './heading.ts';
import { lines, message, paired, paragraphs, stacked, type Button, type Message } from './message.ts';
import { navigation } from './navigation.ts';
import { numberOption, questionMark, type Asking, type QuestionView } from './question.ts';
import { tap } from './taps.ts';

/** What a type adds to its label: how to answer in words, and buttons that answer. */
interface Prompt {
  how?: string;
  buttons: Button[][];
}
type Prompter = (question: QuestionView, asking: Asking) => Prompt;

const nothing: Prompter = () => ({ buttons: [] });

/** A button that answers the question with a value (see `answer-of-tap.ts`). */
function answerButton(question: QuestionView, { draft, change }: Asking, text: string, value: string): Button {
  return { text, data: tap('answer', { draft, question: questionMark(question), change, value }) };
}

const oneOf: Prompter = (question, asking) => ({
  buttons: stacked(question.choices.map(({ label }, at) => answerButton(question, asking, label, String(at)))),
});

const yesOrNo =
  (yes: string, no: string): Prompter =>
  (question, asking) => ({
    buttons: [
      [
        answerButton(question, asking, say(asking.locale, `chat:answers.${yes}`), 'yes'),
        answerButton(question, asking, say(asking.locale, `chat:answers.${no}`), 'no'),
      ],
    ],
  });

const day: Prompter = (question, asking) => {
  const { locale, today } = asking;
  const offered = (key: string, date: string) =>
    answerButton(question, asking, say(locale, `chat:answers.${key}`, { day: sayDay(locale, date) }), date);
  return {
    how: say(locale, 'chat:how.date'),
    buttons: [[offered('today', today), offered('yesterday', addDays(today, -1))]],
  };
};

/** Who is asked to choose several ticks them one by one; the ticks travel in the buttons. */
export function ticks(question: QuestionView, asking: Asking, chosen: number): Button[][] {
  const { draft, change, locale } = asking;
  const carried = { draft, question: questionMark(question), change };
  const boxes = question.choices.map(({ label }, at) => {
    const is = Math.floor(chosen / 2 ** at) % 2 === 1;
    return {
      text: `${is ? '☑' : '☐'} ${label}`,
      data: tap('tick', { ...carried, chosen: is ? chosen - 2 ** at : chosen + 2 ** at }),
    };
  });
  const done = {
    text: say(locale, 'chat:answers.done'),
    data: tap('answer', { ...carried, value: chosen.toString(36) }),
  };
  return stacked([...boxes, done]);
}

const prompts = {
  text: ({ options }, { locale }) => ({
    how: say(locale, 'chat:how.text', { max: typeof options['max'] === 'number' ? options['max'] : 500 }),
    buttons: [],
  }),
  choice: oneOf,
  choices: (question, asking) => ({ how: say(asking.locale, 'chat:how.choices'), buttons: ticks(question, asking, 0) }),
  yes: yesOrNo('yes', 'no'),
  consent: yesOrNo('agree', 'refuse'),
  notice: (question, asking) => ({
    buttons: [[answerButton(question, asking, say(asking.locale, 'chat:answers.understood'), 'yes')]],
  }),
  date: day,
  month: (_question, { locale }) => ({ how: say(locale, 'chat:how.month'), buttons: [] }),
  phone: (_question, { locale }) => ({ how: say(locale, 'chat:how.phone'), buttons: [] }),
  unit: (_question, { locale }) => ({ how: say(locale, 'chat:how.unit'), buttons: [] }),
  photos: (question, { locale }) => ({
    how: say(locale, 'chat:how.photos', { max: numberOption(question, 'max', 3) }),
    buttons: [],
  }),
  money: (_question, { locale }) => ({ how: say(locale, 'chat:how.money'), buttons: [] }),
  number: (question, { locale }) => ({
    how: say(locale, 'chat:how.number', { max: numberOption(question, 'max', 100) }),
    buttons: [],
  }),
  person: nothing,
  residence: nothing,
  idNumber: nothing,
  rows: nothing,
} satisfies Record<QuestionKind, Prompter>;

/** The message that asks. `before` stands above it: a complaint, or where in the form we are. */
export function askQuestion(question: QuestionView, asking: Asking, before = ''): Message {
  const { locale } = asking;
  if (question.chat === 'page-only') return askOnPage(question, asking, named(asking.whom, before));
  const { how, buttons } = (prompts as Record<QuestionKind, Prompter>)[question.kind](question, asking);
  const asked = lines(question.label, question.hint, known(question, asking), how && `（${how}）`);
  const text = paragraphs(named(asking.whom, before), asked);
  return message(text, ...buttons, shortcuts(question, asking), navigation(locale));
}

/** What is known already: said aloud only where the question may be. */
function known({ chat, shown, answered }: QuestionView, { locale }: Asking): string | null {
  if (shown === null) return null;
  if (chat !== 'ask') return say(locale, 'chat:known.hidden');
  return say(locale, answered ? 'chat:known.answered' : 'chat:known.held', { shown });
}

/** Taking what is known, passing over, not knowing. */
function shortcuts(question: QuestionView, asking: Asking): Button[] {
  const { locale } = asking;
  const button = (key: string, value: string) =>
    answerButton(question, asking, say(locale, `chat:answers.${key}`), value);
  const keep = question.answered && asking.change ? button('keep', 'known') : button('known', 'known');
  return [
    ...(question.shown !== null && (asking.change || !question.answered) ? [keep] : []),
    ...(question.optional ? [button(question.optional, 'none')] : []),
  ];
}

/** A question that may not be asked here: a link to exactly this question, and the chat goes on by itself. */
function askOnPage(question: QuestionView, asking: Asking, before: string): Message {
  const { locale, link, draft } = asking;
  const how = lines(say(locale, 'chat:onPage.why'), say(locale, 'chat:onPage.then'));
  const text = paragraphs(before, lines(question.label, question.hint), how);
  const open: Button[] = link ? [{ text: say(locale, 'chat:onPage.open'), url: link }] : [];
  const again: Button = { text: say(locale, 'chat:onPage.again'), data: tap('resume', { draft }) };
  // What the office knows of such a thing may be half of it (the community without the house): only an answer is kept as it is.
  const offered = asking.change ? question : { ...question, shown: null };
  return message(text, open, shortcuts(offered, asking), asking.change ? [] : [again], navigation(locale));
}

/** The found offices as buttons, for a question that wants one. */
export function askWhichUnit(
  question: QuestionView,
  asking: Asking,
  found: { id: string; fullName: string }[],
): Message {
  const { locale } = asking;
  const text = lines(
    asking.whom,
    question.label,
    say(locale, found.length > 0 ? 'chat:units.found' : 'chat:units.none'),
  );
  return message(
    text,
    ...stacked(found.map(({ id, fullName }) => answerButton(question, asking, fullName, id))),
    navigation(locale),
  );
}

/** A day is missing: the days that may be meant, as buttons. */
export function askWhichDay(question: QuestionView, asking: Asking, offer: readonly string[]): Message {
  const { locale } = asking;
  const days = offer.map((one) => answerButton(question, asking, sayDay(locale, one), one));
  return message(
    lines(asking.whom, say(locale, 'chat:complaints.day-missing'), question.label),
    ...paired(days),
    shortcuts(question, asking),
    navigation(locale),
  );
}
