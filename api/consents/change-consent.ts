/** Giving and withdrawing a consent. The rows are the record: when each was given, and when it was withdrawn. */
import { and, eq, isNull, sql } from 'drizzle-orm';
import { consents } from '../../db/schema/access.ts';
import type { ConsentAnswer, Ctx } from '../context.ts';
import { words } from '../delivery/message.ts';
import { enqueue } from '../delivery/outbox.ts';

/** Changes what an account agrees to; saying again what stands changes and tells nothing. `ctx.db` is a transaction. */
export async function changeConsent(ctx: Ctx, accountId: string, { purpose, agreed }: ConsentAnswer): Promise<void> {
  const changed = agreed ? await give(ctx, accountId, purpose) : await withdraw(ctx, accountId, purpose);
  if (!changed) return;
  await enqueue(ctx, [
    {
      to: { accountId },
      form: 'notice',
      template: agreed ? 'consent-given' : 'consent-withdrawn',
      params: { purpose: words(`consents:${purpose}.title`) },
      // Whoever taps in a chat is answered there.
      alreadySaid: true,
    },
  ]);
}

async function give(ctx: Ctx, accountId: string, purpose: string): Promise<boolean> {
  const rows = await ctx.db
    .insert(consents)
    .values({ accountId, purpose, givenAt: ctx.clock() })
    .onConflictDoNothing({
      target: [consents.accountId, consents.purpose],
      where: sql`${consents.withdrawnAt} is null`,
    })
    .returning({ id: consents.id });
  return rows.length > 0;
}

async function withdraw(ctx: Ctx, accountId: string, purpose: string): Promise<boolean> {
  const rows = await ctx.db
    .update(consents)
    .set({ withdrawnAt: ctx.clock() })
    .where(and(eq(consents.accountId, accountId), eq(consents.purpose, purpose), isNull(consents.withdrawnAt)))
    .returning({ id: consents.id });
  return rows.length > 0;
}
