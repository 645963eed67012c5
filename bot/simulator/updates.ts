/**
 * What the bot has not yet fetched. Updates wait here in order until the bot acknowledges them by asking
 * for a higher offset (`getUpdates`), or until its webhook has taken them.
 */
import type { Update } from 'grammy/types';
import { BotApiError } from './errors.ts';
import { LIMITS, MEMORY } from './limits.ts';

export type PollQuery = {
  offset?: number | undefined;
  limit?: number | undefined;
  /** Seconds to wait for the first update. */
  timeout?: number | undefined;
  /** The bot went away. */
  signal: AbortSignal;
};

type WakeReason = 'update' | 'time' | 'gone' | 'otherPoller' | 'webhook';

export class UpdateQueue {
  #pending: Update[] = [];
  #again: Update[] = [];
  #allowed: ReadonlySet<string> | undefined;
  #wake: ((reason: WakeReason) => void) | undefined;

  get size(): number {
    return this.#pending.length + this.#again.length;
  }

  get allowed(): string[] | undefined {
    return this.#allowed && [...this.#allowed];
  }

  /** Which kinds the bot wants from now on; an empty list means the default, undefined changes nothing. */
  allow(kinds: readonly string[] | undefined): void {
    if (kinds) this.#allowed = kinds.length > 0 ? new Set(kinds) : undefined;
  }

  accepts(update: Update): boolean {
    const kind = Object.keys(update).find((key) => key !== 'update_id') ?? '';
    return this.#allowed?.has(kind) ?? true;
  }

  push(update: Update): void {
    this.#pending.push(update);
    if (this.#pending.length > MEMORY.pendingUpdates) this.#pending.shift();
    this.#wake?.('update');
  }

  /** The next `getUpdates` gets this update once more, whatever it has acknowledged. */
  pushAgain(update: Update): void {
    this.#again.push(update);
    this.#wake?.('update');
  }

  /** Empties the queue, for a webhook to take over. */
  takeAll(): Update[] {
    const all = [...this.#again.splice(0), ...this.#pending.splice(0)];
    this.#wake?.('webhook');
    return all;
  }

  /** Forgets what is waiting (`drop_pending_updates`). */
  drop(): void {
    this.#pending = [];
    this.#again = [];
  }

  /** Answers one `getUpdates`. A second poller ends the first one with Telegram's 409. */
  async poll({ offset, limit, timeout, signal }: PollQuery): Promise<Update[]> {
    this.#wake?.('otherPoller');
    this.#acknowledge(offset ?? 0);
    const most = Math.min(Math.max(limit ?? LIMITS.updatesAtOnce, 1), LIMITS.updatesAtOnce);
    if (this.size === 0 && timeout) {
      const reason = await this.#sleep(Math.min(timeout, LIMITS.pollSeconds), signal);
      if (reason === 'otherPoller') {
        throw conflict('terminated by other getUpdates request; make sure that only one bot instance is running');
      }
      if (reason === 'webhook') throw conflict('terminated by setWebhook request');
      if (reason === 'gone') return [];
    }
    const again = this.#again.splice(0, most);
    return [...again, ...this.#pending.slice(0, most - again.length)];
  }

  /** Ends a waiting poll without updates. */
  close(): void {
    this.#wake?.('time');
  }

  #acknowledge(offset: number): void {
    if (offset < 0) {
      this.#pending = this.#pending.slice(offset);
    } else {
      const firstKept = this.#pending.findIndex((update) => update.update_id >= offset);
      this.#pending.splice(0, firstKept === -1 ? this.#pending.length : firstKept);
    }
  }

  #sleep(seconds: number, signal: AbortSignal): Promise<WakeReason> {
    return new Promise((resolve) => {
      const wake = (reason: WakeReason): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', gone);
        if (this.#wake === wake) this.#wake = undefined;
        resolve(reason);
      };
      const gone = (): void => wake('gone');
      const timer = setTimeout(() => wake('time'), seconds * 1000);
      signal.addEventListener('abort', gone);
      this.#wake = wake;
    });
  }
}

export const conflict = (what: string): BotApiError => new BotApiError(409, `Conflict: ${what}`);
