/** The duty of 第十二条: city and districts hold a theme activity each year, streets and communities hold some regularly; who is behind. */
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import { activities } from '../../db/schema/activities.ts';
import { ensureCan } from '../access/can.ts';
import type { Ctx } from '../context.ts';
import { dayOf } from '../dates.ts';
import type { Unit } from '../ports.ts';
import { unitOf } from './activity.ts';
import { dutyAt, dutyKinds, dutyStates, type DutyKind } from './duty-rules.ts';

const line = z.object({
  unit: z.object({ id: z.string(), name: z.string() }),
  kind: z.enum(dutyKinds),
  state: z.enum(dutyStates),
  /** The days of the last one that was held and of the next one. */
  last: z.iso.date().nullable(),
  next: z.iso.date().nullable(),
});

export const duty = z.object({
  /** Of the unit itself; null for offices that hold none. */
  own: line.nullable(),
  /** How many units right below it have the duty, and those that are behind, the most urgent first. */
  below: z.int(),
  behind: z.array(line),
});
export type ActivityDuty = z.infer<typeof duty>;
type Line = z.infer<typeof line>;

const kindOf: Partial<Record<Unit['level'], DutyKind>> = {
  city: 'yearly',
  district: 'yearly',
  street: 'regular',
  community: 'regular',
};

/** @throws not-signed-in, not-allowed, not-found */
export async function readDuty(ctx: Ctx, unitId: string): Promise<ActivityDuty> {
  const unit = unitOf(ctx, unitId);
  ensureCan(ctx.actor, 'activity.oversee', { unitPath: unit.path });
  const lines = await linesOf(ctx, [unit, ...ctx.city.units.children(unit.id)]);
  const below = lines.filter((one) => one.unit.id !== unit.id);
  const rank = (one: Line) => ['urgent', 'behind'].indexOf(one.state);
  return {
    own: lines.find((one) => one.unit.id === unit.id) ?? null,
    below: below.length,
    behind: below.filter((one) => rank(one) >= 0).toSorted((a, b) => rank(a) - rank(b)),
  };
}

async function linesOf(ctx: Ctx, units: readonly Unit[]): Promise<Line[]> {
  const now = ctx.clock();
  const rows = await ctx.db
    .select({
      unitId: activities.unitId,
      last: sql<
        string | null
      >`max(${activities.startsAt}) filter (where ${activities.startsAt} <= ${now.toISOString()})`,
      next: sql<
        string | null
      >`min(${activities.startsAt}) filter (where ${activities.startsAt} > ${now.toISOString()})`,
    })
    .from(activities)
    .where(
      and(
        inArray(
          activities.unitId,
          units.map(({ id }) => id),
        ),
        eq(activities.state, 'published'),
        isNull(activities.groupId),
      ),
    )
    .groupBy(activities.unitId);
  const day = (moment: string | null | undefined) => (moment ? dayOf(new Date(moment)) : null);
  return units.flatMap(({ id, name, level }) => {
    const kind = kindOf[level];
    if (!kind) return [];
    const row = rows.find(({ unitId }) => unitId === id);
    const [last, next] = [day(row?.last), day(row?.next)];
    return [{ unit: { id, name }, kind, state: dutyAt(kind, last, next, dayOf(now)), last, next }];
  });
}
