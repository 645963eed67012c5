/** Posts in chat: taking an invitation, and being sent to the page where the second factor is given. */
import { say } from '../../../locales/index.ts';
import * as menus from '../menus.ts';
import { lines, message, type Message, type Turn } from '../message.ts';
import { factorFirst, invitation } from '../posts.ts';
import { readMe } from './people.ts';
import { Refused, take, type Talk } from './talk.ts';

/**
 * What helps whoever was refused: a post of theirs waits for the second factor, or nobody knows yet who they are, as of a clerk who has
 * not shared their number. Null when neither is so.
 */
export async function whyRefused(talk: Talk, error: Refused): Promise<Message | null> {
  // A case that an unproven clerk may not see looks like one that is not there.
  if (error.status !== 403 && error.status !== 404) return null;
  const factor = await sendToFactor(talk);
  if (factor || error.status === 404 || !menus.isStranger(await readMe(talk))) return factor;
  const { locale } = talk;
  const share = { sharePhone: say(locale, 'chat:answers.sharePhone') };
  return { ...message(lines(error.title, say(locale, 'chat:greeting.share'))), ...share };
}

/** Leads to the page for the code; null when no post waits for it. */
export async function sendToFactor(talk: Talk, why: string | null = null): Promise<Message | null> {
  const { secondFactor } = await readMe(talk);
  if (!secondFactor) return null;
  const url = secondFactor === 'give' ? await proofLink(talk) : `${talk.baseUrl}/staff`;
  return factorFirst(talk.locale, secondFactor, url, why);
}

async function proofLink(talk: Talk): Promise<string> {
  const { token } = await take(talk.api.api['second-factor']['chat-link'].$post());
  return `${talk.baseUrl}/staff/prove#${token}`;
}

export async function showInvitation(talk: Talk, token: string): Promise<Turn> {
  const found = await take(talk.api.api.staff.invites.open.$post({ json: { token } }));
  return { say: [invitation(talk.locale, found, token)] };
}

/** 加入: the post is theirs. Whoever's number is not known yet shares it first, and taps again. */
export async function join(talk: Talk, { token }: { token: string }): Promise<Turn> {
  const { locale } = talk;
  try {
    const { unit, role } = await take(talk.api.api.staff.invites.join.$post({ json: { token } }));
    const done = say(locale, 'chat:invite.joined', { unit, role: say(locale, `notices:roles.${role}`) });
    const next = (await sendToFactor(talk)) ?? menus.menu(locale, await readMe(talk));
    return { mark: done, say: [next] };
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== 'phone-first') throw error;
    const share = say(locale, 'chat:answers.sharePhone');
    return { say: [{ ...message(say(locale, 'chat:invite.phone')), sharePhone: share }] };
  }
}
