/** Puts the bot together: the conversation, Telegram (or the simulator, which it cannot tell apart), and the channel that messages go out by. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Channel } from '../api/delivery/channel.ts';
import type { Doors, Memory } from './dialog/flows/talk.ts';
import { patientApi, quickApi } from './telegram/api.ts';
import { makeChannel } from './telegram/channel.ts';
import { makeDownload } from './telegram/download.ts';
import { makeRoomHandler } from './telegram/handle-room.ts';
import { makeHandler } from './telegram/handle.ts';
import { openLanes } from './telegram/lanes.ts';
import { boundedMap } from './telegram/memory.ts';
import { allowedUpdates, startPolling } from './telegram/polling.ts';
import { introduceBot } from './telegram/profile.ts';
import { receive } from './telegram/incoming.ts';
import { receiveInRoom } from './telegram/rooms.ts';
import { webhookHandler, webhookSecret } from './telegram/webhook.ts';

export interface BotOptions {
  /** The API's app; the bot calls it in this process. */
  app: Doors;
  token: string;
  /** Another Bot API server than Telegram's. */
  apiRoot?: string;
  /** Where the pages are, as people reach them. */
  baseUrl: string;
  /** Where Telegram is to post updates; without it the bot asks for them. */
  webhookUrl?: string;
  clock: () => Date;
  log: Logger;
}

export interface RunningBot {
  channel: Channel;
  /** Begins to take updates. */
  start(): Promise<void>;
  /** Takes no more, and finishes what it took. */
  stop(): Promise<void>;
  /** Answers the POSTs that come to `webhookUrl`. */
  webhook(request: Request): Promise<Response>;
}

const REMEMBERED_CHATS = 20_000;
/** Telegram opens pages inside itself over https only; its stand-in also those on this machine. */
const opensInside = (baseUrl: string, isStandIn: boolean): boolean =>
  baseUrl.startsWith('https:') || (isStandIn && /^http:\/\/(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:|$)/.test(baseUrl));
/** What is not done by then is left: a message that waits for Telegram's leave must not hold a deploy up. */
const LONGEST_GOODBYE_MS = 5000;

export function createBot({ app, token, apiRoot, baseUrl: given, webhookUrl, clock, log }: BotOptions): RunningBot {
  const options = { token, ...(apiRoot && { apiRoot }) };
  const api = patientApi(options);
  const memories = boundedMap<number, Memory>(REMEMBERED_CHATS);
  const memoryOf = (chatId: number) => memories.ensure(chatId, () => ({}));
  const baseUrl = given.replace(/\/$/, '');
  const appUrl = opensInside(baseUrl, apiRoot !== undefined) ? baseUrl : null;
  const shared = { doors: app, baseUrl, appUrl, clock, memoryOf };
  const handle = makeHandler({ ...shared, api, download: makeDownload(api, options), log });
  const lanes = openLanes((error) => log.error({ err: error }, 'handling an update'));
  const handleRoom = makeRoomHandler({ doors: app, api, baseUrl, log });
  const take = (update: Parameters<typeof handle>[0]) => {
    const inRoom = receiveInRoom(update);
    if (inRoom) return lanes.run(inRoom.room, () => handleRoom(inRoom));
    return lanes.run(receive(update)?.chatId ?? 0, () => handle(update));
  };

  let polling: ReturnType<typeof startPolling> | null = null;
  const introduce = async () => {
    await introduceBot(api, baseUrl);
    const allowed_updates = allowedUpdates;
    if (webhookUrl) await api.setWebhook(webhookUrl, { secret_token: webhookSecret(token), allowed_updates });
  };
  return {
    channel: makeChannel({ ...shared, api: quickApi(options) }),
    async start() {
      if (!webhookUrl) {
        await api
          .deleteWebhook()
          .catch((error: unknown) => log.warn({ error: (error as Error).message }, 'leaving the webhook'));
        polling = startPolling(quickApi(options), log, take);
      }
      // The bot answers before Telegram knows its commands, and also when it refuses them.
      void introduce().catch((error: unknown) => log.error({ error: (error as Error).message }, 'introducing the bot'));
    },
    async stop() {
      await polling?.stop();
      await Promise.race([lanes.idle(), delay(LONGEST_GOODBYE_MS, undefined, { ref: false })]);
    },
    webhook: webhookHandler(token, (update) => void take(update)),
  };
}
