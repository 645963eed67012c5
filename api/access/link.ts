/** Writes who may act for whom. Whether they may be given that is decided before. */
import { and, eq, isNull, sql } from 'drizzle-orm';
import { accounts, links, type LinkScope, type Relation } from '../../db/schema/access.ts';
import type { Ctx } from '../context.ts';
import { alreadyBound } from './errors.ts';

export interface NewLink {
  accountId: string;
  retireeId: string;
  relation: Relation;
  scope: LinkScope;
  /** The staff account that decided it; null when the person proved it alone. */
  boundBy: string | null;
  /** The case that made it. */
  caseId?: string | null;
}

/**
 * Links an account to a retiree, or changes how it is linked. `ctx.db` is a transaction: acts of one account come one after the other.
 * @throws already-bound for a record that is the account's own already: it is not bound twice, and not made less
 */
export async function link(ctx: Ctx, { caseId = null, ...given }: NewLink): Promise<void> {
  await ctx.db.select({ id: accounts.id }).from(accounts).where(eq(accounts.id, given.accountId)).for('update');
  const own = await ctx.db
    .select({ retireeId: links.retireeId })
    .from(links)
    .where(and(eq(links.accountId, given.accountId), eq(links.relation, 'self'), isNull(links.revokedAt)));
  if (own.some((one) => one.retireeId === given.retireeId)) throw alreadyBound();
  await ctx.db
    .insert(links)
    .values({ ...given, caseId, since: ctx.clock() })
    .onConflictDoUpdate({
      target: [links.accountId, links.retireeId],
      targetWhere: isNull(links.revokedAt),
      set: {
        relation: given.relation,
        scope: given.scope,
        boundBy: given.boundBy,
        until: null,
        caseId: sql`coalesce(${caseId}, ${links.caseId})`,
      },
    });
}

/** How far a link reaches when nobody said: one's own record whole, another's as far as applying. */
export const usualScope = (relation: Relation): LinkScope => (relation === 'self' ? 'everything' : 'apply');
