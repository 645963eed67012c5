/** 通知 in chat: the list, and reading one, which is noted as on the page. */
import type { Message } from '../message.ts';
import { noticeList, oneNotice } from '../notices.ts';
import type { TapOf } from '../taps.ts';
import { take, type Talk } from './talk.ts';

export async function listNotices(talk: Talk, from = 0): Promise<Message> {
  const [list, me] = await Promise.all([take(talk.api.api.notices.$get({ query: {} })), take(talk.api.api.me.$get())]);
  return noticeList(talk.locale, list, me.people.length > 0, from);
}

export async function showNotice(talk: Talk, { notice: id }: TapOf<'notice'>): Promise<Message> {
  const notice = await take(talk.api.api.notices[':id'].$get({ param: { id } }));
  await take(talk.api.api.notices[':id'].read.$post({ param: { id } }));
  return oneNotice(talk.locale, notice, `${talk.baseUrl}/n/${id}`);
}
