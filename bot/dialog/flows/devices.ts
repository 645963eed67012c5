/** 登录的设备 in chat: the list, and signing one or all of them out. The chat itself stays. */
import { say } from '../../../locales/index.ts';
import { devices } from '../devices.ts';
import type { Message, Turn } from '../message.ts';
import type { TapOf } from '../taps.ts';
import { take, type Talk } from './talk.ts';

export async function listDevices(talk: Talk, before = ''): Promise<Message> {
  const { sessions } = await take(talk.api.api.me.sessions.$get());
  return devices(talk.locale, sessions, before);
}

/** Tapped twice it changes nothing more: what has ended stays ended. */
export async function endSession(talk: Talk, { session }: TapOf<'endSession'>): Promise<Turn> {
  const { me } = talk.api.api;
  await (session
    ? take(me.sessions[':id'].$delete({ param: { id: session } }))
    : take(me.sessions.end.$post({ json: { which: 'others' } })));
  const done = say(talk.locale, 'chat:devices.ended');
  return { toast: done, edit: await listDevices(talk, done) };
}
