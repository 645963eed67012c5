/** Acts take effect once: whoever asks again with the same key is given the first answer, and nothing happens twice. */
import { eq, lt } from 'drizzle-orm';
import { doneActs } from '../../db/schema/engine.ts';
import { blindIndex } from '../../db/vault.ts';
import type { Ctx } from '../context.ts';

/** The key is the chat's own: a bot with a new token counts its updates afresh, and nobody is given somebody else's answer. */
const keyOf = ({ actKey, chatKey }: Ctx): string | undefined =>
  actKey && blindIndex('code', `act:${chatKey}:${actKey}`).toString('base64url');

/**
 * Runs a writing verb in one transaction. With `ctx.actKey` the key is inserted first, in that transaction: a second run
 * of the same key waits for the first and then gives its answer.
 */
export async function once<Answer>(ctx: Ctx, act: (ctx: Ctx) => Promise<Answer>): Promise<Answer> {
  return ctx.db.transaction(async (tx) => {
    const inside: Ctx = { ...ctx, db: tx };
    const key = keyOf(ctx);
    if (!key) return act(inside);
    const fresh = await tx
      .insert(doneActs)
      .values({ key, at: ctx.clock() })
      .onConflictDoNothing()
      .returning({ key: doneActs.key });
    if (fresh.length === 0) {
      const [done] = await tx.select().from(doneActs).where(eq(doneActs.key, key));
      return done?.answer as Answer;
    }
    const answer = await act(inside);
    await tx.update(doneActs).set({ answer }).where(eq(doneActs.key, key));
    return answer;
  });
}

/** Telegram gives an update again within a day; a key older than this is never asked for. */
const KEPT_MS = 7 * 24 * 60 * 60 * 1000;

export async function forgetOldActs(ctx: Ctx): Promise<void> {
  await ctx.db.delete(doneActs).where(lt(doneActs.at, new Date(ctx.clock().getTime() - KEPT_MS)));
}
