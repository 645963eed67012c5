/** Setting up the second factor: a secret for an authenticator app, confirmed by its first code; and doing it again on another phone. */
import { sql } from 'drizzle-orm';
import { secondFactors } from '../../../db/schema/access.ts';
import type { Ctx } from '../../context.ts';
import { notAllowed } from '../../errors.ts';
import { ensureCan, ensurePerson } from '../can.ts';
import { forgetFactor } from './forget.ts';
import { proveSession, type Proven } from './prove.ts';
import { makeRecoveryCodes } from './recovery-codes.ts';
import { takeCode } from './take-code.ts';
import { addressOf, drawQr, newSecret, type QrDrawing } from './totp.ts';

export interface NewFactor {
  /** Base32, to be typed by whoever cannot scan. */
  secret: string;
  qr: QrDrawing;
}

/** Makes a secret. Asked again it makes another: what was shown before, to whomever, is worth nothing. @throws not-allowed */
export async function beginFactor(ctx: Ctx): Promise<NewFactor> {
  ensureCan(ctx.actor, 'factor.set-up', null);
  const { accountId, name } = ensurePerson(ctx.actor);
  const secret = newSecret();
  const [made] = await ctx.db
    .insert(secondFactors)
    .values({ accountId, secret, createdAt: ctx.clock() })
    .onConflictDoUpdate({
      target: secondFactors.accountId,
      set: { secret, createdAt: ctx.clock(), lastStep: null },
      // Never that of somebody who has one in force.
      setWhere: sql`${secondFactors.confirmedAt} is null`,
    })
    .returning({ accountId: secondFactors.accountId });
  if (!made) throw notAllowed();
  return { secret, qr: drawQr(addressOf(secret, name ?? '')) };
}

/** The first code of the new secret confirms it. @returns the recovery codes, for the only time @throws wrong-factor-code, not-allowed */
export async function confirmFactor(ctx: Ctx, code: string): Promise<Proven & { codes: string[] }> {
  const { accountId } = ensurePerson(ctx.actor);
  ensureCan(ctx.actor, 'factor.set-up', null);
  return takeCode(ctx, accountId, { code, of: 'pending' }, async (inside) => ({
    codes: await makeRecoveryCodes(inside, accountId),
    ...(await proveSession(inside)),
  }));
}

/**
 * Another phone will make the codes: a code of the old one, or one from paper, ends the old factor and every proof of it, so that a
 * new one can be begun. @throws wrong-factor-code, not-allowed
 */
export async function replaceFactor(ctx: Ctx, code: string): Promise<void> {
  const { accountId, secondFactor } = ensurePerson(ctx.actor);
  // Whoever has lost the phone does it before they could give its code.
  ensureCan(ctx.actor, secondFactor === 'give' ? 'factor.give' : 'factor.keep', null);
  await takeCode(ctx, accountId, { code, of: 'confirmed' }, (inside) => forgetFactor(inside, accountId));
}
