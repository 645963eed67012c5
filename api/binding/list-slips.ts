/** The slips of a retiree that can still be used, newest first. Their digits are not known to anybody but the paper. */
import { and, desc, eq, gt, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { accounts, linkScopes, relations, slips } from '../../db/schema/access.ts';
import type { Ctx } from '../context.ts';
import { ensureTheirs } from './ensure-theirs.ts';

const MOST_LISTED = 20;

export const slipLine = z.object({
  id: z.uuid(),
  relation: z.enum(relations),
  scope: z.enum(linkScopes),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  madeBy: z.string().nullable(),
});
export type SlipLine = z.infer<typeof slipLine>;

/** @throws not-found when the retiree is not in the care of the caller's unit */
export async function listSlips(ctx: Ctx, retireeId: string): Promise<SlipLine[]> {
  await ensureTheirs(ctx, retireeId);
  const rows = await ctx.db
    .select({ slip: slips, madeBy: accounts.name })
    .from(slips)
    .leftJoin(accounts, eq(accounts.id, slips.madeBy))
    .where(and(eq(slips.retireeId, retireeId), isNull(slips.usedAt), gt(slips.expiresAt, ctx.clock())))
    .orderBy(desc(slips.createdAt))
    .limit(MOST_LISTED);
  return rows.map(({ slip, madeBy }) => ({
    id: slip.id,
    relation: slip.relation,
    scope: slip.scope,
    createdAt: slip.createdAt.toISOString(),
    expiresAt: slip.expiresAt.toISOString(),
    madeBy,
  }));
}
