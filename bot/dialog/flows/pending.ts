/** What waits for staff: the list as it is narrowed, what is found by words, and what is taken on or handed back right in it. */
import { say } from '../../../locales/index.ts';
import type { Message, Turn } from '../message.ts';
import * as pending from '../pending.ts';
import type { TapOf } from '../taps.ts';
import { showCase } from './casework.ts';
import { findService, showMenu } from './drafting.ts';
import { Refused, take, type Talk } from './talk.ts';

type Wanted = Omit<TapOf<'pending'>, 'is'>;
const wholeUnit: Wanted = { view: 'unit', kind: '', takes: false, due: 0, id: null };

const viewNamed = (name: string): pending.View => pending.views.find((one) => one === name) ?? 'unit';

/** The pending list, of one's own unit when nothing else is wanted. */
export async function listPending(talk: Talk, wanted = wholeUnit): Promise<Message> {
  const { api } = talk.api;
  const view = viewNamed(wanted.view);
  const service = wanted.kind ? await findService(talk, wanted.kind) : null;
  const query = {
    view,
    ...(service && { kind: service.kind }),
    ...(wanted.id && { after: `${new Date(wanted.due).toISOString()},${wanted.id}` }),
  };
  const [page, counts] = await Promise.all([take(api.pending.$get({ query })), take(api.pending.counts.$get())]);
  return pending.pendingList(talk, { view, service, takes: wanted.takes }, page, counts);
}

/** Of which service? Whoever is no staff is refused as by the list. */
export async function choosePendingKind(talk: Talk, view: string): Promise<Message> {
  const [services] = await Promise.all([take(talk.api.api.services.$get()), take(talk.api.api.pending.counts.$get())]);
  return pending.pendingKinds(talk.locale, viewNamed(view), services);
}

/** Takes a case on, or hands it back, with one tap; the list is shown as it is then. */
export async function takeInList(talk: Talk, { number, version, verb, kind }: TapOf<'takeInList'>): Promise<Turn> {
  const view = pending.viewOfTaking(verb);
  if (!view) return { edit: await listPending(talk) };
  const toast = await useInList(talk, number, version, verb as pending.Taking);
  return { toast, edit: await listPending(talk, { ...wholeUnit, view, kind, takes: true }) };
}

/** What was done; or why not, in the API's words: somebody was quicker. */
async function useInList(
  { api, locale }: Talk,
  number: string,
  version: number,
  verb: pending.Taking,
): Promise<string> {
  try {
    await take(api.api.cases[':number'][':verb'].$post({ param: { number, verb }, json: { version } }));
    return say(locale, `engine:verbs.${verb}.done`);
  } catch (error) {
    if (!(error instanceof Refused) || error.status >= 500) throw error;
    return error.title;
  }
}

/** Nobody's to look for: neither signed in, nor with a post that can be used now. */
const isNoStaff = (error: unknown): boolean => error instanceof Refused && [401, 403].includes(error.status);

/**
 * Words that name somebody whose case waits, by the beginning of the name, its pinyin, the case's number or the last four digits of the
 * phone. `found` is the one case itself, or the list, and for a number in any case an answer; `none` is said when words mean nothing else
 * either. Null for whoever is no staff.
 */
export async function searchPending(
  talk: Talk,
  typed: string,
): Promise<{ found: Message | null; none: string } | null> {
  if (!pending.isSearch(typed)) return null;
  const { api, locale } = talk;
  const isLong = pending.isLongNumber(typed);
  const query = { view: 'below' as const, ...(!isLong && { words: typed.trim() }) };
  try {
    const page = await take(api.api.pending.$get({ query }));
    const [only, another] = isLong ? [] : page.cases;
    if (another) return { found: pending.foundCases(talk, page), none: '' };
    if (only) return { found: await showCase(talk, only.number), none: '' };
    const none = say(locale, isLong ? 'chat:pending.noNumbers' : 'chat:pending.notFound');
    return { found: pending.isNumber(typed) ? await showMenu(talk, none) : null, none };
  } catch (error) {
    if (isNoStaff(error)) return null;
    throw error;
  }
}
