/** Staff cancel a slip that was lost, or made by mistake: it is out of date from now on. */
import { and, eq, gt, isNull } from 'drizzle-orm';
import { slips } from '../../db/schema/access.ts';
import type { Ctx } from '../context.ts';
import { notFound } from '../errors.ts';
import { ensureTheirs } from './ensure-theirs.ts';
import { slipNotGood } from './errors.ts';

/** @throws not-found when it is not of a retiree in the care of the caller's unit, slip-not-good when it was used already */
export async function cancelSlip(ctx: Ctx, id: string): Promise<void> {
  const [slip] = await ctx.db.select({ retireeId: slips.retireeId }).from(slips).where(eq(slips.id, id));
  if (!slip) throw notFound();
  await ensureTheirs(ctx, slip.retireeId);
  const now = ctx.clock();
  const cancelled = await ctx.db
    .update(slips)
    .set({ expiresAt: now })
    .where(and(eq(slips.id, id), isNull(slips.usedAt), gt(slips.expiresAt, now)))
    .returning({ id: slips.id });
  if (cancelled.length === 0) throw slipNotGood();
}
