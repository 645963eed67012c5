/** Empties the outbox, again and again: what a transaction committed is on its way a moment later. Any number may run. */
import { setTimeout as wait } from 'node:timers/promises';
import { deliverDue, TOGETHER, type Post } from './deliver.ts';

/** An empty outbox is looked into this often. Looking is one walk over an index that holds only what waits. */
const LOOK_MS = 100;
/** The database is away: it is not asked more often than this. */
const AFTER_FAILURE_MS = 2000;
/** While some claim or mark, others send: with two, staff waited for their cards while the processor was idle (bench, lifecycles). */
const ROUNDS_AT_ONCE = 4;

export interface Postman {
  /** Lets the rounds under way come to their end. */
  stop(): Promise<void>;
}

export function startPostman(post: Post, report: (error: unknown) => void): Postman {
  const stopping = new AbortController();
  const { signal } = stopping;
  const round = async (part: number) => {
    while (!signal.aborted) {
      const sent = await deliverDue(post, { part, of: ROUNDS_AT_ONCE }).catch((error: unknown) => {
        report(error);
        return null;
      });
      if (sent === TOGETHER) continue;
      await wait(sent === null ? AFTER_FAILURE_MS : LOOK_MS, undefined, { signal }).catch(() => undefined);
    }
  };
  const rounds = Array.from({ length: ROUNDS_AT_ONCE }, (_, part) => round(part));
  return {
    async stop() {
      stopping.abort();
      await Promise.all(rounds);
    },
  };
}
