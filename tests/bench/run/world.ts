/** The world outside: a Telegram that is never too slow, with the chats of everybody who plays. */
import type { AddressInfo } from 'node:net';
import { serve, type ServerType } from '@hono/node-server';
import { Hono } from 'hono';
import { spokenNumber } from '../../../api/engine/case-number.ts';
import { createSimulator, type Simulator } from '../../../bot/simulator/app.ts';
import { say } from '../../../locales/index.ts';
import type { Player } from './cast.ts';

export interface World {
  /** For SIMULATOR_URL. */
  url: string;
  /** The token of its bot. */
  token: string;
  simulator: Simulator;
  /** Puts these people's phones on, as having talked with the bot before. */
  connect(players: readonly Pick<Player, 'chatId' | 'name'>[]): void;
  /**
   * Waits for the card of a case in somebody's chat, one newer than `after`; whom more than three come to in a minute reads the message
   * that counts them, and goes to the list. @returns the message's id
   */
  card(player: Player, number: string, after?: number, patienceMs?: number): Promise<number>;
  close(): Promise<void>;
}

/** Opens the simulator in this process: it stands for what is not ours. */
const CARD_PATIENCE_MS = 60_000;

/** How the message begins that counts cards. */
const COUNTED = say('zh-CN', 'notices:cards.more', { count: '' }).split(' ')[0] ?? '';

/** The token of the simulator's bot, as `house.ts` has it. */
const SIMULATED_TOKEN = '4301:demo-bot-of-the-simulator-only';

export async function openWorld(clock = () => new Date()): Promise<World> {
  const simulator = createSimulator({ clock, token: SIMULATED_TOKEN, rates: 'off' });
  const app = new Hono()
    .post('/simulator/sms', async (c) => {
      simulator.sms.deliver(await c.req.json<{ to: string; text: string }>());
      return c.body(null, 204);
    })
    .route('/simulator', simulator.app);
  const server = await new Promise<ServerType>((resolve) => {
    const opening = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, () => resolve(opening));
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/simulator`,
    token: SIMULATED_TOKEN,
    simulator,
    connect(players) {
      for (const { chatId, name } of players) simulator.phone({ id: chatId, firstName: name, known: true });
    },
    async card({ chatId, name }, number, after = 0, patienceMs = CARD_PATIENCE_MS) {
      const shown = spokenNumber(number);
      const { id } = await simulator
        .phone({ id: chatId, firstName: name })
        .waitFor(
          ({ messages }) =>
            messages.findLast((one) => one.id > after && one.buttons.length > 0 && one.text.includes(shown)) ??
            messages.findLast((one) => one.text.startsWith(COUNTED)),
          patienceMs,
        );
      return id;
    },
    async close() {
      simulator.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}
