/** Who looked at what only some may see, numbers and special-care flags, and why: for the page of whoever was looked at. */
import { and, desc, eq, inArray, lt } from 'drizzle-orm';
import { z } from 'zod';
import { accounts, maskedFacts, unmaskings } from '../../db/schema/access.ts';
import { careFlagReadings } from '../../db/schema/care.ts';
import { retirees } from '../../db/schema/registry.ts';
import { say } from '../../locales/index.ts';
import type { Ctx } from '../context.ts';
import { ownerOf } from './owner.ts';

const PAGE = 20;

export const lookupLine = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  /** Whose it was. */
  name: z.string(),
  who: z.string().nullable(),
  /** The office whose post allowed it. */
  unit: z.string().nullable(),
  what: z.enum([...maskedFacts, 'flags']),
  /** In the reader's language, with what they added in their own words. */
  why: z.string(),
});
export type LookupLine = z.infer<typeof lookupLine>;

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
  const [numbers, flags] = await Promise.all([
    numbersSeen(ctx, retireeIds, before, limit),
    flagsSeen(ctx, retireeIds, before, limit),
  ]);
  return [...numbers, ...flags].toSorted((one, other) => (one.at < other.at ? 1 : -1)).slice(0, limit);
}

type Looks = (ctx: Ctx, retireeIds: readonly string[], before: Date | null, limit: number) => Promise<LookupLine[]>;

const numbersSeen: Looks = async (ctx, retireeIds, before, limit) => {
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
};

/** Only the serving community and its street may open them, and only for visits: that is the reason. */
const flagsSeen: Looks = async (ctx, retireeIds, before, limit) => {
  const rows = await ctx.db
    .select({ look: careFlagReadings, name: retirees.name, who: accounts.name })
    .from(careFlagReadings)
    .innerJoin(retirees, eq(retirees.id, careFlagReadings.retireeId))
    .leftJoin(accounts, eq(accounts.id, careFlagReadings.accountId))
    .where(
      and(inArray(careFlagReadings.retireeId, [...retireeIds]), before ? lt(careFlagReadings.at, before) : undefined),
    )
    .orderBy(desc(careFlagReadings.at))
    .limit(limit);
  return rows.map(({ look, name, who }) => ({
    id: `flags-${look.n}`,
    at: look.at.toISOString(),
    name,
    who,
    unit: null,
    what: 'flags' as const,
    why: say(ctx.locale, `care:flags.looked.${look.what}`),
  }));
};
