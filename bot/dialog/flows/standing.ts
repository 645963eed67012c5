/** Where a draft stands, as messages: its next question, or everything to be checked. */
import type { DraftView } from '../../../api/engine/drafts/view.ts';
import type { Verb } from '../../../api/engine/verbs.ts';
import { say } from '../../../locales/index.ts';
import { askQuestion } from '../ask.ts';
import { missingLines } from '../cases.ts';
import { checkList, stepLine } from '../check-list.ts';
import { headingOf } from '../heading.ts';
import { lines, type Message } from '../message.ts';
import { stoppedHere } from '../stopped.ts';
import type { QuestionView } from '../question.ts';
import { tellable, type Tellable } from '../telling.ts';
import { asking, take, type Talk } from './talk.ts';

/** The question to be answered now, asked; or the check list. `before` is said first. */
export async function standing(talk: Talk, draft: DraftView, before = ''): Promise<Message> {
  if (draft.stopped) return stoppedHere(talk.locale, draft, draft.stopped, before);
  if (!draft.next) return checking(talk, draft, before);
  const heading = draft.answers.length === 0 ? headingOf(talk.locale, draft) : stepLine(talk.locale, draft);
  return ask(talk, draft, draft.next, { change: false, before: lines(before, heading) });
}

/** One question of a draft; one that belongs on a page comes with a link to it. */
export async function ask(
  talk: Talk,
  draft: DraftView,
  question: QuestionView,
  { change, before = '' }: { change: boolean; before?: string },
): Promise<Message> {
  const { id } = draft;
  const place = asking(talk, draft, change);
  if (question.chat !== 'page-only') return askQuestion(question, place, before);
  const { token } = await take(talk.api.api.drafts[':id'].links[':key'].$post({ param: { id, key: question.key } }));
  return askQuestion(question, { ...place, link: `${talk.baseUrl}/q#${token}` }, before);
}

async function checking(talk: Talk, draft: DraftView, before: string): Promise<Message> {
  const { locale } = talk;
  if (!draft.verb || !draft.case)
    return checkList(draft, { locale, may: await ownTellable(talk, draft.kind), verbLabel: null, before });
  const details = await take(talk.api.api.cases[':number'].$get({ param: { number: draft.case.number } }));
  const verb = details.verbs.find((one) => one.verb === draft.verb);
  if (draft.verb === 'add')
    return checkList(draft, { locale, may: await ownTellable(talk, draft.kind), verbLabel: null, before });
  if (draft.verb === 'resubmit') {
    return checkList(draft, {
      locale,
      may: await ownTellable(talk, draft.kind),
      verbLabel: null,
      before: lines(before, missingLines(locale, details)),
    });
  }
  return checkList(draft, { locale, may: tellable(verb?.questions ?? []), verbLabel: verb?.label ?? null, before });
}

/** A service does not change while the product runs, and every card asks. */
const ownTellables = new Map<string, Tellable>();

/** Which answers of a service's own form may be said in chat. */
export async function ownTellable(talk: Talk, kind: string): Promise<Tellable> {
  const known = ownTellables.get(kind);
  if (known) return known;
  const { questions } = await take(talk.api.api.services[':kind'].$get({ param: { kind } }));
  const found = tellable(questions);
  ownTellables.set(kind, found);
  return found;
}

/** Where things stand in this chat: the draft that it talks about, else nothing. */
export async function chatDraft(talk: Talk): Promise<DraftView | null> {
  return (await take(talk.api.api.chat.draft.$get())).draft;
}

/** The decision's own verb, when its draft asks nothing more and needs no checking: a rating is sent as it is given. */
export const goesUnchecked = (draft: DraftView): boolean =>
  draft.next === null && draft.verb === ('rate' satisfies Verb);

/** Says that a question is asked again after something else was said. */
export const backTo = (talk: Talk): string => say(talk.locale, 'chat:draft.aside');
