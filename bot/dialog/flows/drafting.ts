/** Beginning, going on, changing, going back and putting away: what happens to a draft around its answers. */
import type { DraftView } from '../../../api/engine/drafts/view.ts';
import type { ServiceLine } from '../../../api/engine/guide.ts';
import type { Me } from '../../../api/access/me.ts';
import { say } from '../../../locales/index.ts';
import { mark } from '../mark.ts';
import * as menus from '../menus.ts';
import type { Message, Turn } from '../message.ts';
import { serviceMeant } from '../service-words.ts';
import type { TapOf } from '../taps.ts';
import { openQuestion, old } from './answering.ts';
import { showCase } from './casework.ts';
import { readMe, signInLink } from './people.ts';
import { ask, chatDraft, standing } from './standing.ts';
import { take, type Talk } from './talk.ts';

/** Whoever chats opens a service in one of these capacities; the counter and enterprises have pages. */
const inChat = ['self', 'relative', 'asker', 'anyone'];

async function chatServices(talk: Talk): Promise<ServiceLine[]> {
  return (await take(talk.api.api.services.$get())).filter(({ by }) => by.some((who) => inChat.includes(who)));
}

/** The guide of the service that somebody asks for in their own words; null when none is meant. */
export async function guideFor(talk: Talk, typed: string): Promise<Message | null> {
  const service = serviceMeant(await chatServices(talk), typed);
  return service && showGuide(talk, service.kind);
}

/** The services, with what was begun and not finished on top. */
export async function listServices(talk: Talk): Promise<Message> {
  const list = await chatServices(talk);
  const drafts = await take(talk.api.api.drafts.$get());
  return menus.services(talk.locale, list, drafts);
}

/** The service whose kind has this mark (or is this). */
export async function findService(talk: Talk, wanted: string): Promise<ServiceLine | null> {
  const list = await take(talk.api.api.services.$get());
  return list.find(({ kind }) => kind === wanted || mark(kind) === wanted) ?? null;
}

export async function showGuide(talk: Talk, wanted: string): Promise<Message> {
  const service = await findService(talk, wanted);
  if (!service) return listServices(talk);
  return menus.guide(talk.locale, await take(talk.api.api.services[':kind'].$get({ param: { kind: service.kind } })));
}

/** Begins an application: for whom, when that is not clear; the case that stands in its way, when there is one. */
export async function begin(talk: Talk, wanted: string, person: string | null): Promise<Turn> {
  const service = await findService(talk, wanted);
  if (!service) return { say: [await listServices(talk)] };
  if (service.subject === 'reported') return { say: [await beginReport(talk, service, person)] };
  if (service.subject !== 'retiree') return { say: [await startDraft(talk, service.kind, null)] };
  const me = await readMe(talk);
  const reaches = ({ scope }: Me['people'][number]) =>
    service.scope === 'everything' ? scope === 'everything' : scope !== 'look';
  const people = me.people.filter((one) => one.alive !== service.afterDeath && reaches(one));
  if (person) return { say: [await startDraft(talk, service.kind, person)] };
  if (people.length > 1) return { say: [menus.forWhom(talk.locale, service, people)] };
  if (people[0]) return { say: [await startDraft(talk, service.kind, people[0].id)] };
  return { say: [await forNobody(talk, me)] };
}

/** Of whom? One of those whom the reporter may act for, or somebody whom they name. */
async function beginReport(talk: Talk, service: ServiceLine, person: string | null): Promise<Message> {
  const { people } = await readMe(talk);
  const others = people.filter((one) => one.relation !== 'self' && one.alive && one.scope !== 'look');
  if (person === null && others.length > 0) return menus.ofWhom(talk.locale, service, others);
  return startDraft(talk, service.kind, person === menus.SOMEBODY_ELSE ? null : person);
}

async function forNobody(talk: Talk, me: Me): Promise<Message> {
  if (me.posts.length > 0) return menus.atCounter(talk.locale, `${talk.baseUrl}/staff`);
  if (me.people.some((one) => one.alive)) return menus.notYours(talk.locale);
  return menus.notBound(talk.locale, me, await signInLink(talk, '/bind'));
}

async function startDraft(talk: Talk, kind: string, subjectId: string | null): Promise<Message> {
  delete talk.memory.changing;
  const started = await take(talk.api.api.drafts.$post({ json: { kind, ...(subjectId && { subjectId }) } }));
  if ('existing' in started) return showCase(talk, started.existing.number, say(talk.locale, 'chat:draft.existing'));
  return standing(talk, await withQuestion(talk, started.draft, kind));
}

/** What was asked a moment ago need not be typed again. */
async function withQuestion(talk: Talk, draft: DraftView, kind: string): Promise<DraftView> {
  const { asked } = talk.memory;
  if (kind !== 'consultation' || !asked || draft.next?.key !== 'question') return draft;
  delete talk.memory.asked;
  const json = { answers: { question: { value: asked } } };
  return take(talk.api.api.drafts[':id'].answers.$put({ param: { id: draft.id }, json }));
}

/** Makes the chat talk about a draft and says where it stands. */
export async function resume(talk: Talk, id: string): Promise<Turn> {
  delete talk.memory.changing;
  const { draft } = await take(talk.api.api.chat.draft.$put({ json: { id } }));
  return draft ? { say: [await standing(talk, draft)] } : old(talk, null);
}

export async function listUnfinished(talk: Talk): Promise<Message> {
  return menus.unfinished(talk.locale, await take(talk.api.api.drafts.$get()));
}

/** 修改: asks an answered question again. */
export async function change(talk: Talk, { draft: id, question: wanted }: TapOf<'change'>): Promise<Turn> {
  const draft = await chatDraft(talk);
  const found = draft?.id === id ? draft.answers.find(({ key }) => mark(key) === wanted) : undefined;
  if (!draft || !found) return old(talk, draft);
  return { say: [await askAgain(talk, draft, found.key)] };
}

async function askAgain(talk: Talk, draft: DraftView, key: string): Promise<Message> {
  const question = await take(talk.api.api.drafts[':id'].questions[':key'].$get({ param: { id: draft.id, key } }));
  talk.memory.changing = { draft: draft.id, key };
  return ask(talk, draft, question, { change: true });
}

/** 返回: the question before, to be changed; before the first question it is the services. */
export async function goBack(talk: Talk): Promise<Message> {
  const draft = await chatDraft(talk);
  if (!draft) return showMenu(talk);
  const open = await openQuestion(talk, draft);
  const at = open?.change ? draft.answers.findIndex(({ key }) => key === open.question.key) : draft.answers.length;
  const previous = draft.answers[at - 1];
  if (previous) return askAgain(talk, draft, previous.key);
  return draft.case ? showCase(talk, draft.case.number) : listServices(talk);
}

/** 取消: the chat talks about nothing; what was answered is kept. */
export async function cancel(talk: Talk): Promise<Message> {
  const draft = await chatDraft(talk);
  delete talk.memory.changing;
  const me = await readMe(talk);
  if (!draft) return menus.menu(talk.locale, me, say(talk.locale, 'chat:menu.nothing'));
  await take(talk.api.api.chat.draft.$put({ json: { id: null } }));
  return menus.menu(talk.locale, me, say(talk.locale, 'chat:menu.cancelled'));
}

export const showMenu = async (talk: Talk, before?: string): Promise<Message> =>
  menus.menu(talk.locale, await readMe(talk), before);
