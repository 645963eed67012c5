/** Who looked at what was masked, and why: for the page of whoever was looked at. */
import { and, desc, eq, inArray, lt } from 'drizzle-orm';
import { accounts, unmaskings } from '../../db/schema/access.ts';
import { retirees } from '../../db/schema/registry.ts';
import { say } from '../../locales/index.ts';
import type { Ctx } from '../context.ts';
import { ownerOf } from './owner.ts';

const PAGE = 20;

export interface LookupLine {
  id: string;
  at: string;
  /** Whose number it was. */
  name: string;
  who: string | null;
  /** The office whose post allowed it. */
  unit: string | null;
  what: string;
  /** In the reader's language, with what they added in their own words. */
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
  const rows = await ctx.db
    .select({ look: unmaskings, name: retirees.name, who: accounts.name })
    .from(unmaskings)
    .innerJoin(retirees, eq(retirees.id, unmaskings.retireeId))
    .leftJoin(accounts, eq(accounts.id, unmaskings.accountId))
    .where(and(inArray(unmaskings.retireeId, [...retireeIds]), before ? lt(unmaskings.at, before) : undefined))
    .orderBy(desc(unmaskings.at))
    .limit(limit);
  return rows.map(({ look, name, who }) => ({
    id: look.id,
    at: look.at.toISOString(),
    name,
    who,
    unit: ctx.city.units.get(look.unitId)?.name ?? null,
    what: look.what,
    why: [say(ctx.locale, `staff-posts:unmask.reasons.${look.why}`), look.words ?? ''].filter(Boolean).join('：'),
  }));
}
