/** Answers: words or a tapped button become an answer that is saved, and the next question is asked. */
import type { DraftView } from '../../../api/engine/drafts/view.ts';
import { say } from '../../../locales/index.ts';
import { answerOfTap } from '../answer-of-tap.ts';
import { askWhichDay, askWhichUnit, ticks } from '../ask.ts';
import { named } from '../heading.ts';
import { lines, message, type Turn } from '../message.ts';
import { navigation } from '../navigation.ts';
import { questionMark, type QuestionView } from '../question.ts';
import { readReply } from '../read-reply.ts';
import type { TapOf } from '../taps.ts';
import { submit } from './deciding.ts';
import { ask, chatDraft, goesUnchecked, standing } from './standing.ts';
import { asking, Refused, take, type Talk } from './talk.ts';

/** The question that words typed now are taken to answer: the one being changed, else the next. */
export async function openQuestion(
  talk: Talk,
  draft: DraftView,
): Promise<{ question: QuestionView; change: boolean } | null> {
  const { changing } = talk.memory;
  if (changing?.draft !== draft.id) return draft.next && { question: draft.next, change: false };
  const question = await take(
    talk.api.api.drafts[':id'].questions[':key'].$get({ param: { id: draft.id, key: changing.key } }),
  );
  return { question, change: true };
}

/** Words, taken for an answer to the question that is open. */
export async function answerWords(
  talk: Talk,
  draft: DraftView,
  { question, change }: { question: QuestionView; change: boolean },
  typed: string,
): Promise<Turn> {
  const place = asking(talk, draft, change);
  const reading = readReply(question, typed, talk.today);
  switch (reading.is) {
    case 'answer':
      return { say: [await save(talk, draft, question, reading.value, change)] };
    case 'search': {
      const level = question.options['level'] as 'community';
      const found = await take(talk.api.api.units.search.$get({ query: { words: reading.words, level } }));
      return { say: [askWhichUnit(question, place, found)] };
    }
    case 'day-missing':
      return { say: [askWhichDay(question, place, reading.offer)] };
    case 'complaint':
      return {
        say: [
          await ask(talk, draft, question, {
            change,
            before: say(talk.locale, `chat:complaints.${reading.key}`, reading.params),
          }),
        ],
      };
  }
}

/** Saves one answer and says what comes next. What the API complains about is said, and the question is asked again. */
async function save(talk: Talk, draft: DraftView, question: QuestionView, value: unknown, change: boolean) {
  try {
    const answers = { [question.key]: { value, seen: question.revision } };
    const saved = await take(talk.api.api.drafts[':id'].answers.$put({ param: { id: draft.id }, json: { answers } }));
    delete talk.memory.changing;
    return goesUnchecked(saved) ? await submit(talk, saved) : await standing(talk, saved);
  } catch (error) {
    if (!(error instanceof Refused) || ![409, 422].includes(error.status)) throw error;
    if (error.code === 'bad-answer') return ask(talk, draft, question, { change, before: error.title });
    const now = await chatDraft(talk);
    return now ? standing(talk, now, error.title) : message(error.title, navigation(talk.locale));
  }
}

/** A button that answers. One of another draft, or of a question that is no longer open, is old: it answers nothing. */
export async function answerTap(talk: Talk, tapped: TapOf<'answer'>): Promise<Turn> {
  const found = await tappedQuestion(talk, tapped);
  if ('turn' in found) return found.turn;
  const { draft, question } = found;
  const next = await save(talk, draft, question, answerOfTap(question, tapped.value), tapped.change);
  const chosen = question.chat === 'ask' ? chosenWords(talk, question, tapped.value) : null;
  return { mark: say(talk.locale, 'chat:answers.chosen', { shown: chosen ?? '' }).trim(), say: [next] };
}

/** Ticks and unticks: the same message with other boxes. */
export async function tickTap(talk: Talk, tapped: TapOf<'tick'>): Promise<Turn> {
  const found = await tappedQuestion(talk, tapped);
  if ('turn' in found) return found.turn;
  const { draft, question } = found;
  const place = asking(talk, draft, tapped.change);
  const again = message(
    named(place.whom, lines(question.label, question.hint, `（${say(talk.locale, 'chat:how.choices')}）`)),
    ...ticks(question, place, tapped.chosen),
    navigation(talk.locale),
  );
  return { edit: again };
}

async function tappedQuestion(
  talk: Talk,
  tapped: TapOf<'answer'> | TapOf<'tick'>,
): Promise<{ draft: DraftView; question: QuestionView } | { turn: Turn }> {
  const draft = await chatDraft(talk);
  if (!draft || draft.id !== tapped.draft) return { turn: await old(talk, draft) };
  if (draft.next && questionMark(draft.next) === tapped.question) return { draft, question: draft.next };
  // An answered question: only a button of its being changed may answer it; any other was tapped twice, or is old.
  const { api } = talk;
  for (const { key } of draft.answers) {
    if (!tapped.change && key !== draft.answers.at(-1)?.key) continue;
    const question = await take(api.api.drafts[':id'].questions[':key'].$get({ param: { id: draft.id, key } }));
    if (questionMark(question) !== tapped.question) continue;
    return tapped.change ? { draft, question } : { turn: { toast: say(talk.locale, 'chat:stale.answered') } };
  }
  return { turn: await old(talk, draft) };
}

/** An old button: says so, and where things stand now. */
export async function old(talk: Talk, draft: DraftView | null): Promise<Turn> {
  const toast = say(talk.locale, 'chat:stale.toast');
  if (!draft) return { toast, say: [message(say(talk.locale, 'chat:menu.nothing'), navigation(talk.locale))] };
  return { toast, say: [await standing(talk, draft, say(talk.locale, 'chat:stale.here'))] };
}

/** What a tapped button said, to be kept above; null when it is not for saying. */
function chosenWords(talk: Talk, question: QuestionView, value: string): string | null {
  if (value === 'none') return say(talk.locale, `chat:answers.${question.optional ?? 'skip'}`);
  if (value === 'known') return question.shown;
  const chosen = answerOfTap(question, value);
  if (typeof chosen === 'boolean')
    return say(talk.locale, `engine:answers.${question.kind === 'notice' ? 'understood' : chosen ? 'yes' : 'no'}`);
  const labels = [chosen].flat().flatMap((one) => question.choices.find((choice) => choice.value === one)?.label ?? []);
  return labels.length > 0 ? labels.join(say(talk.locale, 'engine:list.and')) : question.kind === 'date' ? value : null;
}
