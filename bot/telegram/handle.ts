/** One update: who it is from, what it says, what the conversation answers, and that it is sent. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Api } from 'grammy';
import type { Update } from 'grammy/types';
import type { Logger } from 'pino';
import { localeFor, say } from '../../locales/index.ts';
import { dayAt } from '../dialog/days.ts';
import { converse, isAway, type Incoming } from '../dialog/flows/converse.ts';
import { localeOf } from '../dialog/flows/people.ts';
import { clientFor, type Doors, type Memory, type Talk } from '../dialog/flows/talk.ts';
import { message, type Turn } from '../dialog/message.ts';
import { aside } from '../dialog/navigation.ts';
import type { Download } from './download.ts';
import { receive, type Received } from './incoming.ts';
import { boundedMap } from './memory.ts';
import { perform } from './perform.ts';

export interface HandleParts {
  doors: Doors;
  api: Api;
  download: Download;
  baseUrl: string;
  appUrl: string | null;
  clock: () => Date;
  log: Logger;
  memoryOf: (chatId: number) => Memory;
}

/** Pauses before trying again while the API is away; after the last one the person is told to come back. */
const AWAY_PAUSES_MS = [500, 1000, 2000, 4000, 8000, 16_000, 16_000];
const REMEMBERED_UPDATES = 10_000;
const REMEMBERED_ALBUMS = 1000;

/** Handles updates. One that was handled in this process is not handled again; after a restart the act keys see to it. */
export function makeHandler(parts: HandleParts): (update: Update) => Promise<void> {
  const seen = boundedMap<number, true>(REMEMBERED_UPDATES);
  const albums = boundedMap<number, { album: string; messageId: number }>(REMEMBERED_ALBUMS);
  return async (update) => {
    const received = receive(update);
    if (!received || seen.get(update.update_id)) return;
    const turn = await patiently(parts, received);
    seen.set(update.update_id, true);
    const { album, chatId } = received;
    const last = albums.get(chatId);
    // Pictures sent together are answered once: the answer to the first is brought up to date.
    const over = album !== undefined && last?.album === album ? last.messageId : undefined;
    const sent = await perform(parts.api, parts.log, received, turn, over);
    if (album !== undefined && sent !== undefined) albums.set(chatId, { album, messageId: sent });
  };
}

/** Converses; while the API is away, says so once and tries again with the same act keys. */
async function patiently(parts: HandleParts, received: Received): Promise<Turn> {
  const memory = parts.memoryOf(received.chatId);
  const locale = memory.locale ?? localeFor(received.language);
  for (const [tried, pause] of AWAY_PAUSES_MS.entries()) {
    try {
      return await once(parts, received, memory);
    } catch (error) {
      if (!isAway(error)) {
        parts.log.error({ err: error, update: received.updateId }, 'handling an update');
        return { say: [message(say(locale, 'chat:broken'), aside(locale))] };
      }
      if (tried === 0) await perform(parts.api, parts.log, received, { say: [message(say(locale, 'chat:away'))] });
      await delay(pause);
    }
  }
  return { say: [message(say(locale, 'chat:awayLong'), aside(locale))] };
}

async function once(
  { doors, baseUrl, appUrl, clock, download }: HandleParts,
  received: Received,
  memory: Memory,
): Promise<Turn> {
  const { chatId, name, language, updateId, what } = received;
  const now = clock();
  const api = clientFor(doors, { kind: 'telegram', id: String(chatId), name, language }, `bot:${updateId}`);
  const locale = memory.locale ?? localeFor(language);
  const talk: Talk = { api, now, today: dayAt(now), baseUrl, appUrl, memory, locale };
  if (!memory.locale) talk.locale = memory.locale = await localeOf(talk);
  const incoming: Incoming = what.is === 'photo' ? { is: 'picture', fetch: () => download(what.fileId) } : what;
  return converse(talk, incoming);
}
