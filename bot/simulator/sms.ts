/**
 * The inbox of text messages: every SMS that the product would send lands here instead, so that whoever
 * tries it can read the sign-in code.
 */
import { MEMORY } from './limits.ts';

export type Sms = { id: number; to: string; text: string; at: string };

export type SmsInbox = {
  /** Puts a message into the inbox. `to` is a phone number as people write it. */
  deliver(message: { to: string; text: string }): void;
  /** Oldest first; with `to`, only those to that number. */
  list(to?: string): Sms[];
  /** The newest message to this number that satisfies `test`, now or when it comes. */
  waitFor(to: string, test?: (text: string) => boolean, timeoutMs?: number): Promise<Sms>;
  onChange(listener: () => void): () => void;
};

/** Digits without the country code: `+86 138-0013-8000` and `13800138000` are one number. */
export const plainNumber = (number: string): string => number.replaceAll(/\D/g, '').replace(/^86(?=1\d{10}$)/, '');

export function createSmsInbox(clock: () => Date): SmsInbox {
  const kept: Sms[] = [];
  const listeners = new Set<() => void>();
  let lastId = 0;

  const list = (to?: string): Sms[] =>
    to === undefined ? [...kept] : kept.filter((sms) => plainNumber(sms.to) === plainNumber(to));
  const onChange = (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };

  return {
    deliver({ to, text }) {
      lastId += 1;
      kept.push({ id: lastId, to, text, at: clock().toISOString() });
      if (kept.length > MEMORY.smsMessages) kept.shift();
      for (const listener of listeners) listener();
    },
    list,
    onChange,
    waitFor(to, test = () => true, timeoutMs = 5000) {
      const find = (): Sms | undefined => list(to).findLast((sms) => test(sms.text));
      const there = find();
      if (there) return Promise.resolve(there);
      return new Promise((resolve, reject) => {
        const stop = onChange(() => {
          const found = find();
          if (found) finish(() => resolve(found));
        });
        const timer = setTimeout(() => finish(() => reject(new Error(`no such SMS to ${to}`))), timeoutMs);
        const finish = (settle: () => void): void => {
          stop();
          clearTimeout(timer);
          settle();
        };
      });
    },
  };
}
