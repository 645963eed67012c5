/** Using a slip: whoever has its ten digits is bound to the retiree, once. */
import { and, eq, gt, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { linkScopes, relations, slips } from '../../db/schema/access.ts';
import { setName } from '../access/accounts.ts';
import { ensurePerson } from '../access/can.ts';
import { tooManyAttempts } from '../access/errors.ts';
import { noteTry, slipsByAccount, slipsFromAddress, triesUnder, type Tries } from '../access/limits.ts';
import { link } from '../access/link.ts';
import type { Ctx } from '../context.ts';
import { badSlipCode, slipNotGood } from './errors.ts';
import { readSlipCode, slipIndex } from './slip-code.ts';
import { tellBound } from './tell-bound.ts';

export const usedSlip = z.object({
  retireeId: z.uuid(),
  name: z.string(),
  relation: z.enum(relations),
  scope: z.enum(linkScopes),
});
export type UsedSlip = z.infer<typeof usedSlip>;

/**
 * Binds the caller's account by a slip. Of two phones at once one is bound: a single statement uses the slip up.
 * @throws bad-slip-code for digits that do not check, slip-not-good, already-bound (the slip stays good), too-many-attempts
 */
export async function useSlip(ctx: Ctx, typed: string, address: string): Promise<UsedSlip> {
  const { accountId } = ensurePerson(ctx.actor);
  const code = readSlipCode(typed);
  if (!code) throw badSlipCode();
  const used = await ctx.db.transaction(async (tx) => {
    const inside = { ...ctx, db: tx };
    const tries: Tries = [
      [slipsByAccount, accountId],
      [slipsFromAddress, address],
    ];
    if ((await triesUnder(inside, tries)).isOver) throw tooManyAttempts(slipsByAccount.minutes);
    const slip = await useUp(inside, accountId, code);
    // A failure is noted, so it does not throw here.
    if (!slip) await noteTry(inside, tries, false);
    return slip && bind(inside, accountId, slip);
  });
  if (!used) throw slipNotGood();
  return used;
}

type Slip = typeof slips.$inferSelect;

async function useUp(ctx: Ctx, accountId: string, code: string): Promise<Slip | null> {
  const now = ctx.clock();
  const [slip] = await ctx.db
    .update(slips)
    .set({ usedAt: now, usedBy: accountId })
    .where(and(eq(slips.codeIndex, slipIndex(code)), isNull(slips.usedAt), gt(slips.expiresAt, now)))
    .returning();
  return slip ?? null;
}

async function bind(ctx: Ctx, accountId: string, slip: Slip): Promise<UsedSlip | null> {
  const { relation, scope, madeBy } = slip;
  const retiree = await ctx.city.people.retiree(ctx.db, slip.retireeId);
  if (!retiree?.alive) return null;
  await link(ctx, { accountId, retireeId: retiree.id, relation, scope, boundBy: madeBy });
  if (relation === 'self') await setName(ctx, accountId, retiree.name);
  await tellBound(ctx, retiree, { accountId, relation });
  return { retireeId: retiree.id, name: retiree.name, relation, scope };
}
