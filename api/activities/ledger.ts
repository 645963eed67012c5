/** 活动台账: who had a seat, who came, when, and who checked them in; with totals for the activity and for each unit. */
import { and, asc, eq, isNotNull, isNull, or, sql } from 'drizzle-orm';
import { z } from 'zod';
import { accounts } from '../../db/schema/access.ts';
import { signUps } from '../../db/schema/activities.ts';
import { care, retirees } from '../../db/schema/registry.ts';
import { ensureCanSee } from '../access/can.ts';
import type { Ctx } from '../context.ts';
import { sayMoment } from '../when.ts';
import { findActivity } from './activity.ts';
import { MOST_SEATS } from './rules.ts';
import { activityLine, lineOf } from './view.ts';

const sums = z.object({
  /** People with a seat, and those who came without one. */
  signedUp: z.int(),
  came: z.int(),
  /** Whom those who came brought along. */
  companions: z.int(),
});

export const activityLedger = activityLine.extend({
  total: sums,
  units: z.array(sums.extend({ unit: z.string() })),
  rows: z.array(
    z.object({
      signUp: z.uuid(),
      name: z.string(),
      /** In whose care they are; empty for whom nobody serves any more. */
      unit: z.string(),
      companion: z.boolean(),
      /** Who signed them up: themself, their family, or staff. */
      by: z.enum(['self', 'family', 'staff']),
      /** When they came, in words, and who checked them in; null for whoever did not come. */
      came: z.object({ at: z.string(), by: z.string() }).nullable(),
    }),
  ),
});
export type ActivityLedger = z.infer<typeof activityLedger>;

/** A link that has ended says as well who they were to each other then. */
const by = sql<'self' | 'family' | 'staff'>`coalesce((
  select case l.relation when 'self' then 'self' else 'family' end from links l
   where l.account_id = ${signUps.accountId} and l.retiree_id = ${signUps.retireeId}
   order by l.relation = 'self' desc limit 1), 'staff')`;

/** In the order in which they signed up. @throws not-signed-in, not-found */
export async function readActivityLedger(ctx: Ctx, id: string): Promise<ActivityLedger> {
  const activity = await findActivity(ctx, id);
  ensureCanSee(ctx.actor, 'activity.hold', { unitId: activity.unitId });
  const found = await ctx.db
    .select({ signUp: signUps, by, name: retirees.name, unitId: care.unitId, checker: accounts.name })
    .from(signUps)
    .innerJoin(retirees, eq(retirees.id, signUps.retireeId))
    .leftJoin(care, and(eq(care.retireeId, signUps.retireeId), isNull(care.until)))
    .leftJoin(accounts, eq(accounts.id, signUps.checkedInBy))
    .where(
      and(
        eq(signUps.activityId, id),
        or(eq(signUps.state, 'in'), and(eq(signUps.state, 'waiting'), isNotNull(signUps.checkedInAt))),
      ),
    )
    .orderBy(asc(signUps.n))
    .limit(MOST_SEATS);
  const rows = found.map(({ signUp, by: signedUpBy, name, unitId, checker }) => ({
    signUp: signUp.id,
    name,
    unit: (unitId && ctx.city.units.get(unitId)?.name) ?? '',
    companion: signUp.size === 2,
    by: signedUpBy,
    came: signUp.checkedInAt && { at: sayMoment(signUp.checkedInAt, ctx.locale), by: checker ?? '' },
  }));
  const units = [...Map.groupBy(rows, ({ unit }) => unit)].map(([unit, all]) => ({ unit, ...sumsOf(all) }));
  return { ...lineOf(ctx, activity), total: sumsOf(rows), units, rows };
}

function sumsOf(rows: readonly { companion: boolean; came: object | null }[]): z.infer<typeof sums> {
  const came = rows.filter((row) => row.came);
  return { signedUp: rows.length, came: came.length, companions: came.filter(({ companion }) => companion).length };
}
