/** 活动 in chat: the list, one of them, and the taps that sign up, give up and confirm a seat. */
import { say } from '../../../locales/index.ts';
import { activityList, oneActivity, wishes, wishTap } from '../activities.ts';
import type { Button, Message, Turn } from '../message.ts';
import type { TapOf } from '../taps.ts';
import { take, type Talk } from './talk.ts';

export async function listActivities(talk: Talk, from = 0): Promise<Message> {
  const [list, me] = await Promise.all([
    take(talk.api.api.activities.$get({ query: {} })),
    take(talk.api.api.me.$get()),
  ]);
  return activityList(talk.locale, list, me.people, from);
}

export async function showActivity(talk: Talk, id: string, before = '', undo: Button | null = null): Promise<Message> {
  const activity = await take(talk.api.api.activities[':id'].$get({ param: { id } }));
  return oneActivity(talk.locale, activity, talk.baseUrl, before, undo);
}

export async function signUp(talk: Talk, { activity, person }: TapOf<'signUp'>): Promise<Turn> {
  const json = { retireeId: person };
  const { id, state } = await take(talk.api.api.activities[':id']['sign-ups'].$post({ param: { id: activity }, json }));
  const seen = await take(talk.api.api.activities[':id'].$get({ param: { id: activity } }));
  const line = seen.people.find((one) => one.signUp?.id === id)?.signUp?.line ?? 1;
  const done = say(talk.locale, `activities:chat.${state === 'in' ? 'done' : 'waits'}`, { line });
  return { toast: done, say: [oneActivity(talk.locale, seen, talk.baseUrl, done)] };
}

/** What it was is not repeated in words: what somebody needs does not stand in a chat. A wrong tap is taken back with another. */
export async function changeWish(talk: Talk, { signUp: id, what, yes }: TapOf<'wish'>): Promise<Turn> {
  const wish = wishes.find((one) => one === what);
  const json = wish ? { [wish]: yes } : {};
  const { activity } = await take(talk.api.api['sign-ups'][':id'].wish.$put({ param: { id }, json }));
  const done = say(talk.locale, yes ? 'activities:noted' : 'activities:notedNot');
  const undo = wish && yes ? wishTap(say(talk.locale, 'activities:chat.undo'), id, wish, false) : null;
  return { toast: done, say: [await showActivity(talk, activity, done, undo)] };
}

/** Tapped twice it changes nothing more. */
export async function giveUp(talk: Talk, { signUp: id }: TapOf<'giveUp'>): Promise<Turn> {
  const { activity } = await take(talk.api.api['sign-ups'][':id'].cancel.$post({ param: { id } }));
  const done = say(talk.locale, 'activities:chat.givenUp');
  return { toast: done, say: [await showActivity(talk, activity, done)] };
}

export async function confirmSeat(talk: Talk, { signUp: id }: TapOf<'seat'>): Promise<Turn> {
  const { activity } = await take(talk.api.api['sign-ups'][':id'].confirm.$post({ param: { id } }));
  const done = say(talk.locale, 'activities:chat.done');
  return { toast: done, say: [await showActivity(talk, activity, done)] };
}

/** One tap says how it was; words may follow on the page. */
export async function rateActivity(talk: Talk, { signUp: id, stars }: TapOf<'rating'>): Promise<Turn> {
  const { activity } = await take(talk.api.api['sign-ups'][':id'].rating.$post({ param: { id }, json: { stars } }));
  const thanks = say(talk.locale, 'activities:chat.rated');
  return { toast: thanks, say: [await showActivity(talk, activity, thanks)] };
}
