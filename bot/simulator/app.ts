/**
 * The chat simulator: a Telegram for people without a token. It speaks the Bot API over HTTP, so that
 * grammY with its `apiRoot` pointed here cannot tell the difference, and it has a page where one person
 * holds several phones and reads the SMS that the product sends.
 *
 *     const simulator = createSimulator({ clock, token: '1:demo' });
 *     server.route('/simulator', simulator.app);
 *     new Bot('1:demo', { client: { apiRoot: 'http://127.0.0.1:3000/simulator' } });
 *
 * Start reading at `methods/` (what a bot can call), `person.ts` and `tap.ts` (what a person can do),
 * `phone.ts` (a phone in a test's hand) and `limits.ts`.
 */
import { Hono } from 'hono';
import { createBotApi } from './bot-api.ts';
import { createFaultList, type Fault } from './faults.ts';
import { TELEGRAM_RATES, type RateLimits } from './limits.ts';
import { createPageApi } from './page-api.ts';
import { createPageAssets } from './page-assets.ts';
import { Phone } from './phone.ts';
import { openPhone, type NewPhone } from './phones.ts';
import { createRateGate } from './rate.ts';
import { createSmsInbox, type SmsInbox } from './sms.ts';
import { World } from './state.ts';
import type { RetryPause } from './webhook.ts';

export type Preset = { firstName: string; phoneNumber: string; note: string };

export type SimulatorOptions = {
  clock: () => Date;
  /** The one bot's token, `<digits>:<letters>`. */
  token: string;
  bot?: { firstName: string; username: string };
  /** Phones that the page offers. They are taken to have talked with the bot before. */
  presets?: Preset[];
  /** How fast the bot may send; Telegram's own figures by default. */
  rates?: RateLimits | 'off';
  /** Milliseconds, never going back; for the rates only. */
  now?: () => number;
  /** Pauses between attempts to reach a webhook. */
  webhookPause?: RetryPause;
};

export type Simulator = {
  /** To be mounted at any path: page, page API, Bot API and file downloads. */
  app: Hono;
  sms: SmsInbox;
  /** The bot's name in `https://t.me/<username>?start=…`. */
  username: string;
  /** Opens a phone, or the one that is there with this id or number. */
  phone(phone: NewPhone): Phone;
  /** Calls back with every call of the bot, as it was sent: what a chat shows may be edited later. */
  onCall(listener: (method: string, values: Readonly<Record<string, unknown>>) => void): void;
  /** Calls back with every call that took effect and its result: what people have in their chats, also when the bot never hears so. */
  onDone(listener: (method: string, values: Readonly<Record<string, unknown>>, result: unknown) => void): void;
  /** Makes the next calls of the bot fail. */
  fail(fault: Fault): void;
  /** Forgets the faults that no call has met yet. */
  failNoMore(): void;
  /** Ends waiting polls, webhook deliveries and page streams. */
  close(): void;
};

export function createSimulator(options: SimulatorOptions): Simulator {
  const bot = options.bot ?? { firstName: 'Tuiguan', username: 'tuiguan_demo_bot' };
  const presets = options.presets ?? [];
  const world = new World({ token: options.token, clock: options.clock, bot });
  const sms = createSmsInbox(options.clock);
  const faults = createFaultList();
  const rates = createRateGate(options.rates ?? TELEGRAM_RATES, options.now ?? (() => performance.now()));
  const webhookPause = options.webhookPause ?? { first: 1000, most: 60_000 };
  const closing = new AbortController();
  for (const preset of presets) openPhone(world, { ...preset, known: true });

  const app = new Hono();
  const listeners: Parameters<Simulator['onCall']>[0][] = [];
  const heard: (typeof listeners)[number] = (...call) => listeners.forEach((listener) => listener(...call));
  const doneListeners: Parameters<Simulator['onDone']>[0][] = [];
  const done: (typeof doneListeners)[number] = (...call) => doneListeners.forEach((listener) => listener(...call));
  app.route('/', createBotApi({ world, rates, faults, webhookPause, heard, done }));
  app.route('/', createPageApi({ world, sms, presets, closing: closing.signal }));
  app.route('/', createPageAssets());

  return {
    app,
    sms,
    username: bot.username,
    phone: (phone) => new Phone(world, openPhone(world, phone)),
    onCall: (listener) => void listeners.push(listener),
    onDone: (listener) => void doneListeners.push(listener),
    fail: (fault) => faults.add(fault),
    failNoMore: () => faults.clear(),
    close() {
      closing.abort();
      world.webhook?.close();
      world.updates.close();
    },
  };
}
