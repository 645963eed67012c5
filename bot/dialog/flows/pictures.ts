/** Pictures: kept for the photo question that is open, or added to the one just answered, until 「发完了」. */
import type { DraftView } from '../../../api/engine/drafts/view.ts';
import { say } from '../../../locales/index.ts';
import { named, whomLine } from '../heading.ts';
import { message, type Turn } from '../message.ts';
import { navigation } from '../navigation.ts';
import { numberOption, type QuestionView } from '../question.ts';
import { tap } from '../taps.ts';
import { sorry } from '../unfit.ts';
import { openQuestion, old } from './answering.ts';
import { ask, chatDraft, standing } from './standing.ts';
import { showMenu } from './drafting.ts';
import { Refused, take, type Talk } from './talk.ts';

/** A picture that came in: its bytes are fetched only when some question wants them; null when it is too large to fetch. */
export type FetchPicture = () => Promise<Uint8Array<ArrayBuffer> | null>;

/** @see FetchPicture */
export async function takePicture(talk: Talk, fetchPicture: FetchPicture): Promise<Turn> {
  const draft = await chatDraft(talk);
  if (!draft) return { say: [await showMenu(talk, sorry(talk.locale, 'picture'))] };
  const question = await wantedBy(talk, draft);
  if (!question) return { say: [await standing(talk, draft, sorry(talk.locale, 'picture'))] };
  const bytes = await fetchPicture();
  if (!bytes)
    return {
      say: [
        await ask(talk, draft, question, {
          change: false,
          before: say(talk.locale, 'chat:complaints.photo-too-large'),
        }),
      ],
    };
  try {
    return { say: [await keep(talk, draft, question, bytes)] };
  } catch (error) {
    if (!(error instanceof Refused) || error.status >= 500) throw error;
    const text = named(whomLine(talk.locale, draft), error.title);
    return { say: [message(text, [doneButton(talk, draft)], navigation(talk.locale))] };
  }
}

/** The photo question that is open (or being changed), or the one answered just before: more pictures may follow the first. */
async function wantedBy(talk: Talk, draft: DraftView): Promise<QuestionView | null> {
  const open = await openQuestion(talk, draft);
  if (open?.question.kind === 'photos') return open.question;
  const last = open?.change ? undefined : draft.answers.at(-1);
  if (!last) return null;
  const question = await take(
    talk.api.api.drafts[':id'].questions[':key'].$get({ param: { id: draft.id, key: last.key } }),
  );
  return question.kind === 'photos' && Array.isArray(question.value) ? question : null;
}

async function keep(talk: Talk, draft: DraftView, question: QuestionView, bytes: Uint8Array<ArrayBuffer>) {
  const { api, locale } = talk;
  const max = numberOption(question, 'max', 3);
  const held = Array.isArray(question.value) ? (question.value as string[]) : [];
  const place = { id: draft.id, key: question.key };
  const { id } = await take(api.api.drafts[':id'].files[':key'].$post({ param: place }, { init: { body: bytes } }));
  // Whoever sends one too many means the newer ones.
  const value = [...held, id].slice(-max);
  await take(
    api.api.drafts[':id'].answers.$put({
      param: { id: draft.id },
      json: { answers: { [question.key]: { value, seen: question.revision } } },
    }),
  );
  const text = say(locale, value.length < max ? 'chat:photos.got' : 'chat:photos.full', { count: value.length });
  return message(named(whomLine(locale, draft), text), [doneButton(talk, draft)], navigation(locale));
}

const doneButton = (talk: Talk, draft: DraftView) => ({
  text: say(talk.locale, 'chat:answers.photosDone'),
  data: tap('photosDone', { draft: draft.id }),
});

/** 发完了: goes on. */
export async function picturesDone(talk: Talk, id: string): Promise<Turn> {
  const draft = await chatDraft(talk);
  if (draft?.id !== id) return old(talk, draft);
  delete talk.memory.changing;
  return { say: [await standing(talk, draft)] };
}
