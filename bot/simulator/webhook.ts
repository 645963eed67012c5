/**
 * Delivers updates to the bot's webhook as Telegram does: one at a time in each chat, several chats at
 * once, again and again with growing pauses until the bot answers 2xx.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Update } from 'grammy/types';

export type WebhookTarget = { url: string; secret?: string | undefined; maxConnections: number };

/** Milliseconds before the second attempt; doubled each time up to the last figure. */
export type RetryPause = { first: number; most: number };

/** What a bot may write into its answer instead of calling the API: `{ method, ...parameters }`. */
export type ReplyCall = (body: Record<string, unknown>) => Promise<unknown>;

export class Webhook {
  readonly target: WebhookTarget;
  lastError: { at: Date; message: string } | undefined;
  readonly #lanes = new Map<number, Update[]>();
  readonly #stop = new AbortController();
  readonly #pause: RetryPause;
  readonly #clock: () => Date;
  readonly #reply: ReplyCall;
  #active = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(target: WebhookTarget, options: { pause: RetryPause; clock: () => Date; reply: ReplyCall }) {
    this.target = target;
    this.#pause = options.pause;
    this.#clock = options.clock;
    this.#reply = options.reply;
  }

  /** Updates that the bot has not taken yet. */
  get size(): number {
    return [...this.#lanes.values()].reduce((sum, lane) => sum + lane.length, 0);
  }

  push(update: Update): void {
    const chat = chatOf(update);
    const lane = this.#lanes.get(chat);
    if (lane) {
      lane.push(update);
    } else {
      this.#lanes.set(chat, [update]);
      void this.#run(chat);
    }
  }

  /** Stops delivering and hands back what was not taken, oldest first. */
  close(): Update[] {
    this.#stop.abort();
    const left = [...this.#lanes.values()].flat();
    this.#lanes.clear();
    return left.toSorted((one, other) => one.update_id - other.update_id);
  }

  async #run(chat: number): Promise<void> {
    const lane = this.#lanes.get(chat) ?? [];
    let pause = this.#pause.first;
    while (lane[0] && !this.#stop.signal.aborted) {
      await this.#slot();
      const taken = await this.#post(lane[0]);
      this.#free();
      if (taken) {
        lane.shift();
        pause = this.#pause.first;
      } else {
        await delay(pause, undefined, { signal: this.#stop.signal, ref: false }).catch(() => undefined);
        pause = Math.min(pause * 2, this.#pause.most);
      }
    }
    if (this.#lanes.get(chat) === lane) this.#lanes.delete(chat);
  }

  async #post(update: Update): Promise<boolean> {
    const headers = new Headers({ 'content-type': 'application/json' });
    if (this.target.secret) headers.set('x-telegram-bot-api-secret-token', this.target.secret);
    try {
      const response = await fetch(this.target.url, {
        method: 'POST',
        headers,
        body: JSON.stringify(update),
        redirect: 'manual',
        signal: AbortSignal.any([this.#stop.signal, AbortSignal.timeout(60_000)]),
      });
      const answer = await response.text();
      if (response.ok) {
        await this.#carryOut(answer);
        return true;
      }
      this.#fail(`Wrong response from the webhook: ${response.status} ${response.statusText}`.trim());
    } catch {
      if (!this.#stop.signal.aborted) this.#fail('Connection refused');
    }
    return false;
  }

  async #carryOut(answer: string): Promise<void> {
    if (!answer.startsWith('{')) return;
    try {
      const body = JSON.parse(answer) as Record<string, unknown>;
      if (typeof body['method'] === 'string') await this.#reply(body);
    } catch {
      // Telegram, too, says nothing about a reply that it cannot carry out
    }
  }

  #fail(message: string): void {
    this.lastError = { at: this.#clock(), message };
  }

  async #slot(): Promise<void> {
    while (this.#active >= this.target.maxConnections) {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    }
    this.#active += 1;
  }

  #free(): void {
    this.#active -= 1;
    this.#waiting.shift()?.();
  }
}

/** The chat whose order an update belongs to. */
const chatOf = (update: Update): number =>
  update.message?.chat.id ?? update.callback_query?.from.id ?? update.my_chat_member?.chat.id ?? 0;
