/** Takes a code of the second factor, from the app or from paper: the one way in which it is checked. */
import { and, eq, isNotNull, isNull, lt, or } from 'drizzle-orm';
import { secondFactors } from '../../../db/schema/access.ts';
import type { Ctx } from '../../context.ts';
import { wrongFactorCode } from '../errors.ts';
import { attempt, wrongFactorCodes } from '../limits.ts';
import { readRecoveryCode, useRecoveryCode } from './recovery-codes.ts';
import { stepOfCode } from './totp.ts';

/**
 * Takes a code and then does, in the same transaction, what it is for. `counting` is the account's own state: a code that is being
 * set up (`pending`) or the one in force. A time step is never taken twice, whoever asks first.
 * @throws wrong-factor-code, too-many-attempts
 */
export async function takeCode<Answer>(
  ctx: Ctx,
  accountId: string,
  given: { code: string; of: 'pending' | 'confirmed' },
  act: (inside: Ctx) => Promise<Answer>,
): Promise<Answer> {
  const forget = await attempt(ctx, wrongFactorCodes, accountId);
  const answer = await ctx.db.transaction(async (tx) => {
    const inside = { ...ctx, db: tx };
    if (!(await isGood(inside, accountId, given))) throw wrongFactorCode();
    return act(inside);
  });
  await forget();
  return answer;
}

async function isGood(ctx: Ctx, accountId: string, { code, of }: { code: string; of: string }): Promise<boolean> {
  const digits = code.normalize('NFKC').replace(/\s/g, '');
  if (/^\d{6}$/.test(digits)) return useStep(ctx, accountId, digits, of === 'confirmed');
  const onPaper = readRecoveryCode(code);
  return of === 'confirmed' && onPaper !== null && useRecoveryCode(ctx, accountId, onPaper);
}

/** Marks the code's time step as taken, and confirms the factor with its first code; false when the step was taken before. */
async function useStep(ctx: Ctx, accountId: string, code: string, confirmed: boolean): Promise<boolean> {
  const state = confirmed ? isNotNull(secondFactors.confirmedAt) : isNull(secondFactors.confirmedAt);
  const [factor] = await ctx.db
    .select({ secret: secondFactors.secret })
    .from(secondFactors)
    .where(and(eq(secondFactors.accountId, accountId), state))
    // A secret made anew in another tab is another secret: nobody confirms it by a code of the old one.
    .for('update');
  const step = factor ? stepOfCode(factor.secret, code, ctx.clock()) : null;
  if (step === null) return false;
  const taken = await ctx.db
    .update(secondFactors)
    .set({ lastStep: step, ...(!confirmed && { confirmedAt: ctx.clock() }) })
    .where(
      and(
        eq(secondFactors.accountId, accountId),
        state,
        or(isNull(secondFactors.lastStep), lt(secondFactors.lastStep, step)),
      ),
    )
    .returning({ step: secondFactors.lastStep });
  return taken.length > 0;
}
