/** One update from a Telegram group: what comes of it is said there, once, or nothing is. */
import type { Api } from 'grammy';
import type { Logger } from 'pino';
import { sourceLocale } from '../../locales/index.ts';
import { inRoom, type InRoom } from '../dialog/flows/rooms.ts';
import { clientFor, type Doors } from '../dialog/flows/talk.ts';
import { isGone } from './api.ts';
import { boundedMap } from './memory.ts';
import { send } from './perform.ts';
import type { RoomUpdate } from './rooms.ts';

export interface RoomParts {
  doors: Doors;
  api: Api;
  baseUrl: string;
  log: Logger;
}

const REMEMBERED_UPDATES = 10_000;

export function makeRoomHandler({ doors, api, baseUrl, log }: RoomParts): (update: RoomUpdate) => Promise<void> {
  const seen = boundedMap<number, true>(REMEMBERED_UPDATES);
  let username: Promise<string> | undefined;
  /** Commands for another bot of the same group are that bot's. */
  const isOurs = async (to: string | undefined): Promise<boolean> => {
    if (to === undefined) return true;
    username ??= api.getMe().then((me) => me.username);
    return (await username).toLowerCase() === to.toLowerCase();
  };
  return async ({ updateId, room, from, what }) => {
    if (seen.get(updateId)) return;
    if (what.is === 'command' && !(await isOurs(what.to))) return;
    const chat = { kind: 'telegram' as const, id: String(from.id), name: from.name, language: from.language };
    const key = `bot:${updateId}`;
    const talk = {
      api: clientFor(doors, chat, key),
      nobody: clientFor(doors, undefined, key),
      room: String(room),
      locale: sourceLocale,
      baseUrl,
    };
    const said = await inRoom(talk, asSaid(what));
    seen.set(updateId, true);
    if (!said) return;
    await send(api, room, said).catch((error: unknown) => {
      if (!isGone(error)) log.warn({ error: (error as Error).message }, 'sending to a group');
    });
  };
}

const asSaid = (what: RoomUpdate['what']): InRoom =>
  what.is === 'moved' ? { is: 'moved', to: String(what.to) } : what;
