/** Family links in chat: the list, ending one, and yes or no in words to what somebody asks. */
import type { Family } from '../../../api/families/read-family.ts';
import { say } from '../../../locales/index.ts';
import { endings, familyList, linkEnded, sureToEnd } from '../family.ts';
import type { Message, Turn } from '../message.ts';
import type { TapOf } from '../taps.ts';
import { showCase, useVerb } from './casework.ts';
import { take, type Talk } from './talk.ts';

const ASKING = 'family-link';

const readFamily = async (talk: Talk): Promise<Family> => take(talk.api.api.family.$get());

export async function listFamily(talk: Talk): Promise<Message> {
  const [family, services] = await Promise.all([readFamily(talk), take(talk.api.api.services.$get())]);
  return familyList(talk.locale, family, services.find(({ kind }) => kind === ASKING) ?? null);
}

/** 收回 or 不再替…办: asked once more, then done. */
export async function endLink(talk: Talk, { link, sure }: TapOf<'unlink'>): Promise<Turn> {
  const { locale, api } = talk;
  if (sure) {
    await take(api.api.links[':id'].end.$post({ param: { id: link }, json: {} }));
    return { edit: linkEnded(locale) };
  }
  const ending = endings(locale, await readFamily(talk)).find(({ id }) => id === link);
  if (ending) return { say: [sureToEnd(locale, ending)] };
  return { toast: say(locale, 'chat:stale.toast'), say: [await listFamily(talk)] };
}

/** 「同意」 or 「不同意」 typed where nothing is open: it answers the one request there is; of several each is shown. */
export async function answerRequest(talk: Talk, answer: 'agree' | 'refuse'): Promise<Turn | null> {
  const { requests } = await readFamily(talk);
  const [request, another] = requests;
  if (!request) return null;
  if (another) return { say: [await listFamily(talk)] };
  const { number, version } = request;
  const verb = answer === 'agree' ? 'approve' : 'reject';
  const { edit, toast } = await useVerb(talk, { is: 'verb', number, version, verb, sure: true });
  return { say: [edit ?? (await showCase(talk, number, toast))] };
}
