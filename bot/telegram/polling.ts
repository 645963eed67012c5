/** Long polling: asks for updates until it is stopped. */
import { setTimeout as delay } from 'node:timers/promises';
import { GrammyError, type Api } from 'grammy';
import type { Update } from 'grammy/types';
import type { Logger } from 'pino';

export const allowedUpdates = ['message', 'callback_query', 'my_chat_member'] as const;

const POLL_SECONDS = 25;
/** Updates are confirmed when they are done; one that takes longer than this does not hold the others up. */
const SETTLE_MS = 3000;
const PAUSES_MS = { first: 500, most: 15_000 };

/** Starts asking. `take` hands an update on and settles when it is done. */
export function startPolling(
  api: Api,
  log: Logger,
  take: (update: Update) => Promise<void>,
): { stop(): Promise<void> } {
  const ending = new AbortController();
  const done = poll(api, log, take, ending.signal);
  return {
    async stop() {
      ending.abort();
      await done;
    },
  };
}

async function poll(
  api: Api,
  log: Logger,
  take: (update: Update) => Promise<void>,
  ending: AbortSignal,
): Promise<void> {
  let offset = 0;
  let pause = PAUSES_MS.first;
  while (!ending.aborted) {
    try {
      const updates = await api.getUpdates(
        { offset, timeout: POLL_SECONDS, allowed_updates: allowedUpdates },
        ending as never,
      );
      pause = PAUSES_MS.first;
      await Promise.race([
        Promise.all(updates.map(take)),
        delay(updates.length > 0 ? SETTLE_MS : 0, undefined, { ref: false }),
      ]);
      offset = (updates.at(-1)?.update_id ?? offset - 1) + 1;
    } catch (error) {
      if (ending.aborted) break;
      const asked = error instanceof GrammyError ? (error.parameters.retry_after ?? 0) * 1000 : 0;
      log.warn({ error: (error as Error).message }, 'asking for updates');
      await delay(Math.max(pause, asked), undefined, { signal: ending }).catch(() => undefined);
      pause = Math.min(pause * 2, PAUSES_MS.most);
    }
  }
  // What was taken is confirmed, or the next start would be given it again.
  if (offset > 0)
    await api.getUpdates({ offset, timeout: 0, limit: 1 }, AbortSignal.timeout(2000) as never).catch(() => undefined);
}
