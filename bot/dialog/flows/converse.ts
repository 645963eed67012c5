/** One thing comes in, one turn goes out: the whole conversation, for any channel. Nothing is remembered but conveniences. */
import type { DraftView } from '../../../api/engine/drafts/view.ts';
import { say } from '../../../locales/index.ts';
import { message, type Message, type Turn } from '../message.ts';
import { aside } from '../navigation.ts';
import { invitationIn } from '../posts.ts';
import { places, readPayload, readTap, type Place, type Tap } from '../taps.ts';
import { sorry, type Unfit } from '../unfit.ts';
import { holdsIdNumber, isSlipCode, meaningOf } from '../words.ts';
import { changeWish, confirmSeat, giveUp, listActivities, rateActivity, showActivity, signUp } from './activities.ts';
import { answerTap, answerWords, old, openQuestion, tickTap } from './answering.ts';
import * as casework from './casework.ts';
import { understand } from './asking.ts';
import { submitTap } from './deciding.ts';
import { endSession } from './devices.ts';
import * as drafting from './drafting.ts';
import * as family from './family.ts';
import { listNotices, showNotice } from './notices.ts';
import { choosePendingKind, listPending, searchPending, takeInList } from './pending.ts';
import * as people from './people.ts';
import { picturesDone, takePicture, type FetchPicture } from './pictures.ts';
import { go } from './places.ts';
import { join, showInvitation, whyRefused } from './posting.ts';
import { backTo, chatDraft, standing } from './standing.ts';
import { Refused, type Talk } from './talk.ts';

/** What can come in from a chat. */
export type Incoming =
  | { is: 'words'; text: string }
  | { is: 'command'; name: string; payload: string }
  | { is: 'tap'; data: string }
  | { is: 'picture'; fetch: FetchPicture }
  | { is: 'contact'; phone: string; own: boolean }
  | { is: 'unfit'; what: Unfit };

/** The API is away for a moment: the adapter tries again instead of telling the person to. */
export const isAway = (error: unknown): boolean => error instanceof Refused && error.code === 'database-away';

/** Answers what came in. What the API refuses is said in its own words, and the open question is asked again. @throws when it is away */
export async function converse(talk: Talk, incoming: Incoming): Promise<Turn> {
  try {
    return await respond(talk, incoming);
  } catch (error) {
    if (!(error instanceof Refused) || isAway(error)) throw error;
    const waits = await whyRefused(talk, error);
    if (waits) return { say: [waits] };
    const draft = await chatDraft(talk);
    const again =
      draft && error.status < 500 ? await standing(talk, draft, error.title) : message(error.title, aside(talk.locale));
    return incoming.is === 'tap' ? { toast: error.title, say: [again] } : { say: [again] };
  }
}

function respond(talk: Talk, incoming: Incoming): Promise<Turn> {
  switch (incoming.is) {
    case 'words':
      return hear(talk, incoming.text);
    case 'command':
      return command(talk, incoming.name, incoming.payload);
    case 'tap':
      return onTap(talk, incoming.data);
    case 'picture':
      return takePicture(talk, incoming.fetch);
    case 'contact':
      return people.shareContact(talk, incoming.phone, incoming.own);
    case 'unfit':
      return unfit(talk, incoming.what);
  }
}

const atAnyPoint = ['back', 'cancel', 'human'] as const;
const elsewhere = [
  'menu',
  'services',
  'cases',
  'notices',
  'group',
  'activities',
  'drafts',
  'family',
  'pending',
  'languages',
  'help',
  'page',
  'me',
  'devices',
  'bind',
] as const;

/** Words: 返回, 取消, 找人 first; then an answer to the open question; then the menu's own words. */
async function hear(talk: Talk, typed: string): Promise<Turn> {
  const always = meaningOf(typed, atAnyPoint);
  if (always) return { say: await go(talk, always) };
  const invited = invitationIn(typed);
  if (invited) return showInvitation(talk, invited);
  const draft = await chatDraft(talk);
  const open = draft && (await openQuestion(talk, draft));
  if (draft && meaningOf(typed, ['done']) && open?.question.kind !== 'text') return picturesDone(talk, draft.id);
  if (draft && open) return answerWords(talk, draft, open, typed);
  if (draft && !draft.stopped && meaningOf(typed, ['yes'])) return submitNow(talk, draft);
  const answer = draft ? null : meaningOf(typed, ['agree', 'refuse']);
  const answered = answer && (await family.answerRequest(talk, answer));
  if (answered) return answered;
  const place = meaningOf(typed, elsewhere);
  if (place) return { say: await go(talk, place) };
  if (holdsIdNumber(typed))
    return { say: [await drafting.showMenu(talk, say(talk.locale, 'chat:complaints.no-id-numbers'))] };
  if (draft) return { say: [await standing(talk, draft)] };
  if (isSlipCode(typed)) return { say: [await people.offerBinding(talk, say(talk.locale, 'chat:bind.noSlips'))] };
  return { say: [await heard(talk, typed)] };
}

/** Nothing is being asked, and no word of the menu was said: whose case waits, what answers a question, or the menu. */
async function heard(talk: Talk, typed: string): Promise<Message> {
  const search = await searchPending(talk, typed);
  if (search?.found) return search.found;
  const understood = await understand(talk, typed);
  return understood ?? drafting.showMenu(talk, search?.none ?? say(talk.locale, 'chat:menu.unsure'));
}

/** 「提交」 typed under a check list. */
const submitNow = (talk: Talk, { id, revision, verb, ...rest }: DraftView): Promise<Turn> =>
  submitTap(talk, { is: 'submit', draft: id, revision, verb: verb ?? '', version: rest.case?.version ?? 0 });

/** Commands name places; what is not one leads to the menu. */
async function command(talk: Talk, name: string, payload: string): Promise<Turn> {
  if (name === 'start') return start(talk, payload);
  const place: Place = name === 'language' ? 'languages' : (places.find((one) => one === name) ?? 'menu');
  return { say: await go(talk, place) };
}

/** /start, plain or from a link: a draft to go on with, a service to begin, a case to see. */
async function start(talk: Talk, payload: string): Promise<Turn> {
  const wanted = readPayload(payload);
  if (wanted?.is === 'draft') return drafting.resume(talk, wanted.of);
  if (wanted?.is === 'service') return { say: [await drafting.showGuide(talk, wanted.of)] };
  if (wanted?.is === 'case') return { say: [await casework.showCase(talk, wanted.of)] };
  if (wanted?.is === 'invitation') return showInvitation(talk, wanted.of);
  const greeting = await people.greet(talk);
  const draft = await chatDraft(talk);
  return { say: draft ? [...greeting, await standing(talk, draft, backTo(talk))] : greeting };
}

async function onTap(talk: Talk, data: string): Promise<Turn> {
  const tapped = readTap(data);
  if (!tapped) return old(talk, await chatDraft(talk));
  return carryOut(talk, tapped);
}

async function carryOut(talk: Talk, tapped: Tap): Promise<Turn> {
  switch (tapped.is) {
    case 'go':
      return { say: await go(talk, places.find((one) => one === tapped.to) ?? 'menu') };
    case 'language':
      return people.chooseLanguage(talk, tapped.locale);
    case 'guide':
      return { say: [await drafting.showGuide(talk, tapped.service)] };
    case 'begin':
      return drafting.begin(talk, tapped.service, tapped.person);
    case 'resume':
      return drafting.resume(talk, tapped.draft);
    case 'answer':
      return answerTap(talk, tapped);
    case 'tick':
      return tickTap(talk, tapped);
    case 'change':
      return drafting.change(talk, tapped);
    case 'photosDone':
      return picturesDone(talk, tapped.draft);
    case 'submit':
      return submitTap(talk, tapped);
    case 'case':
      return { say: [await casework.showCase(talk, tapped.number)] };
    case 'background':
      return { say: [await casework.showBackground(talk, tapped.number)] };
    case 'cases':
      return { edit: await casework.listCases(talk, tapped.before) };
    case 'pending':
      return { edit: await listPending(talk, tapped) };
    case 'pendingKinds':
      return { edit: await choosePendingKind(talk, tapped.view) };
    case 'takeInList':
      return takeInList(talk, tapped);
    case 'notices':
      return { edit: await listNotices(talk, tapped.from) };
    case 'notice':
      return { say: [await showNotice(talk, tapped)] };
    case 'activities':
      return { edit: await listActivities(talk, tapped.from) };
    case 'activity':
      return { say: [await showActivity(talk, tapped.activity)] };
    case 'signUp':
      return signUp(talk, tapped);
    case 'wish':
      return changeWish(talk, tapped);
    case 'giveUp':
      return giveUp(talk, tapped);
    case 'rating':
      return rateActivity(talk, tapped);
    case 'seat':
      return confirmSeat(talk, tapped);
    case 'verb':
      return casework.useVerb(talk, tapped);
    case 'colleagues':
      return casework.pageColleagues(talk, tapped);
    case 'assign':
      return casework.assignTo(talk, tapped);
    case 'together':
      return casework.lookTogether(talk, tapped);
    case 'decide':
      return casework.decideTogether(talk, tapped);
    case 'endSession':
      return endSession(talk, tapped);
    case 'join':
      return join(talk, tapped);
    case 'unlink':
      return family.endLink(talk, tapped);
    case 'signIn':
      return people.confirmSignIn(talk, tapped);
  }
}

/** What no form can take: said kindly, and the question is asked again. */
async function unfit(talk: Talk, what: Unfit): Promise<Turn> {
  const sorryFor = sorry(talk.locale, what);
  const draft = await chatDraft(talk);
  if (draft) return { say: [await standing(talk, draft, sorryFor)] };
  return { say: [await drafting.showMenu(talk, sorryFor)] };
}
