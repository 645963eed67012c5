/** Ends a second factor: its secret, its recovery codes, and every proof that was given by it. */
import { and, eq, isNotNull } from 'drizzle-orm';
import { logins, recoveryCodes, secondFactors, sessions } from '../../../db/schema/access.ts';
import type { Ctx } from '../../context.ts';

/** `ctx.db` is the causing transaction. @returns whether there was one */
export async function forgetFactor(ctx: Ctx, accountId: string): Promise<boolean> {
  const gone = await ctx.db
    .delete(secondFactors)
    .where(eq(secondFactors.accountId, accountId))
    .returning({ confirmedAt: secondFactors.confirmedAt });
  await ctx.db.delete(recoveryCodes).where(eq(recoveryCodes.accountId, accountId));
  await ctx.db
    .update(sessions)
    .set({ provenAt: null })
    .where(and(eq(sessions.accountId, accountId), isNotNull(sessions.provenAt)));
  await ctx.db
    .update(logins)
    .set({ provenUntil: null })
    .where(and(eq(logins.accountId, accountId), isNotNull(logins.provenUntil)));
  return gone.length > 0;
}
