/** Drafts live for 30 days after they were last touched; then they go, with their pictures. */
import { and, isNull, lt } from 'drizzle-orm';
import { drafts } from '../../../db/schema/engine.ts';
import type { Ctx } from '../../context.ts';

/** @returns how many went */
export async function forgetOldDrafts(ctx: Ctx): Promise<number> {
  const gone = await ctx.db
    .delete(drafts)
    .where(and(isNull(drafts.submittedAt), lt(drafts.expiresAt, ctx.clock())))
    .returning({ id: drafts.id });
  return gone.length;
}
