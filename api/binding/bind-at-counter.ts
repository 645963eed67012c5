/** Staff bind a phone number to a retiree in their care, having seen the papers: the retiree's own, or that of a relative. */
import { and, eq, isNull } from 'drizzle-orm';
import { accounts, type Relation } from '../../db/schema/access.ts';
import { accountFor } from '../access/accounts.ts';
import { ensurePerson } from '../access/can.ts';
import { link, usualScope } from '../access/link.ts';
import { mobile } from '../access/sign-in.ts';
import type { Ctx } from '../context.ts';
import { ensureTheirs } from './ensure-theirs.ts';
import { tellBound } from './tell-bound.ts';

/** @throws not-found when the retiree is not theirs to see, not-a-mobile, already-bound */
export async function bindAtCounter(
  ctx: Ctx,
  input: { retireeId: string; phone: string; relation: Relation; name?: string | undefined },
): Promise<void> {
  const staff = ensurePerson(ctx.actor);
  const { retireeId, relation } = input;
  const retiree = await ensureTheirs(ctx, retireeId);
  const phone = mobile(input.phone);
  await ctx.db.transaction(async (tx) => {
    const inside = { ...ctx, db: tx };
    const accountId = await accountFor(inside, 'phone', phone);
    await link(inside, { accountId, retireeId, relation, scope: usualScope(relation), boundBy: staff.accountId });
    const name = input.name ?? (relation === 'self' ? retiree.name : undefined);
    if (name)
      await tx
        .update(accounts)
        .set({ name })
        .where(and(eq(accounts.id, accountId), isNull(accounts.name)));
    await tellBound(inside, retiree, { accountId, relation });
  });
}
