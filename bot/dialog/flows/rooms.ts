/** A command in a Telegram group, or news of the group itself: at most one message comes of it. */
import { say } from '../../../locales/index.ts';
import { message, type Message } from '../message.ts';
import { roomCommands, roomHelp, roomLinked, roomList } from '../rooms.ts';
import { Refused, take, type Client, type Talk } from './talk.ts';

export type RoomTalk = Pick<Talk, 'locale' | 'baseUrl'> & {
  /** The API as whoever sent the command. */
  api: Client;
  /** The API as nobody: who only reads leaves nothing behind. */
  nobody: Client;
  room: string;
};

export type InRoom = { is: 'command'; name: string } | { is: 'added' } | { is: 'gone' } | { is: 'moved'; to: string };

/** Null where nothing is said: what is no command of ours, too many of them, and a group that is no more. */
export async function inRoom(talk: RoomTalk, what: InRoom): Promise<Message | null> {
  const { nobody, room, locale } = talk;
  if (what.is === 'added') return roomHelp(locale);
  if (what.is === 'command') return command(talk, what.name);
  const to = what.is === 'moved' ? what.to : null;
  await take(nobody.api.chat.rooms.gone.$post({ json: { room, to } }));
  return null;
}

async function command(talk: RoomTalk, typed: string): Promise<Message | null> {
  const { nobody, room } = talk;
  const name = typed === 'start' ? 'help' : roomCommands.find((one) => one === typed);
  if (!name) return null;
  try {
    const { locale } = await take(nobody.api.chat.rooms.heard.$post({ json: { room } }));
    return await answer({ ...talk, locale }, name);
  } catch (error) {
    // Too many commands: whatever is said now would be one message too many.
    if (error instanceof Refused && error.status === 429) return null;
    throw error;
  }
}

async function answer(talk: RoomTalk, name: (typeof roomCommands)[number]): Promise<Message> {
  const { api, locale, room } = talk;
  try {
    switch (name) {
      case 'link': {
        const linked = await take(api.api.chat.rooms.link.$post({ json: { room } }));
        return roomLinked(linked.locale, linked);
      }
      case 'unlink':
        await take(api.api.chat.rooms.unlink.$post({ json: { room } }));
        return message(say(locale, 'groups:room.unlinked'));
      case 'notices':
      case 'activities':
        return await list(talk, name);
      case 'help':
        return roomHelp(locale);
    }
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return message(error.status === 404 ? say(locale, 'groups:room.notLinked') : error.title);
  }
}

async function list({ nobody, room, locale, baseUrl }: RoomTalk, topic: 'notices' | 'activities'): Promise<Message> {
  const view = await take(nobody.api.chat.rooms.read.$post({ json: { room, topic } }));
  return roomList(locale, topic, view, baseUrl);
}
