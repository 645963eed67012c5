/** Who looked at what was masked, and why: for the page of whoever was looked at. */
import { and, desc, eq, inArray, lt, lte, sql } from 'drizzle-orm';
import { accounts, posts, unmaskings } from '../../db/schema/access.ts';
import { retirees } from '../../db/schema/registry.ts';
import type { Ctx } from '../context.ts';
import { ownerOf } from './owner.ts';

const PAGE = 20;

export interface LookupLine {
  at: string;
  /** Whose number it was. */
  name: string;
  who: string | null;
  /** Where they worked at that time. */
  unit: string | null;
  what: string;
  why: string;
}

/** The newest first; `before` is the time of the last line seen. */
export async function listLookups(ctx: Ctx, before?: string): Promise<LookupLine[]> {
  const { whole } = ownerOf(ctx);
  return whole.length === 0 ? [] : lookupsOf(ctx, whole, before ? new Date(before) : null, PAGE);
}

/** @see listLookups, for the retirees named; `before` a moment. */
export async function lookupsOf(
  ctx: Ctx,
  retireeIds: readonly string[],
  before: Date | null,
  limit: number,
): Promise<LookupLine[]> {
  const postThen = ctx.db
    .select({ unitId: posts.unitId })
    .from(posts)
    .where(
      and(
        eq(posts.accountId, unmaskings.accountId),
        lte(posts.since, unmaskings.at),
        sql`(${posts.endedAt} is null or ${posts.endedAt} > ${unmaskings.at})`,
      ),
    )
    .orderBy(desc(posts.since))
    .limit(1);
  const rows = await ctx.db
    .select({
      look: unmaskings,
      name: retirees.name,
      who: accounts.name,
      unitId: sql<string | null>`(${postThen})`,
    })
    .from(unmaskings)
    .innerJoin(retirees, eq(retirees.id, unmaskings.retireeId))
    .leftJoin(accounts, eq(accounts.id, unmaskings.accountId))
    .where(and(inArray(unmaskings.retireeId, [...retireeIds]), before ? lt(unmaskings.at, before) : undefined))
    .orderBy(desc(unmaskings.at))
    .limit(limit);
  return rows.map(({ look, name, who, unitId }) => ({
    at: look.at.toISOString(),
    name,
    who,
    unit: unitId ? (ctx.city.units.get(unitId)?.name ?? null) : null,
    what: look.what,
    why: look.why,
  }));
}
