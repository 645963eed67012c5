/** Whom the caller may sign up, and in whose care each is: that decides which activities are theirs, and which are near. */
import { and, eq, inArray, isNull } from 'drizzle-orm';
import { groupMembers } from '../../db/schema/groups.ts';
import { care, retirees } from '../../db/schema/registry.ts';
import { can } from '../access/can.ts';
import type { Ctx } from '../context.ts';

export interface OwnPerson {
  id: string;
  name: string;
  own: boolean;
  /** Units from the city down to the one in whose care they are. */
  path: readonly string[];
  /** Their self-help group. */
  group: string | null;
  /** Whether the caller may sign them up, or only look. */
  may: boolean;
}

/** The units from the city down to the one in whose care somebody is, in one word; null for whom nobody serves. */
export async function carePathOf(ctx: Ctx, retireeId: string | undefined): Promise<string | null> {
  return retireeId ? ((await personInCare(ctx, retireeId))?.path.join('.') ?? null) : null;
}

/** The self-help group somebody is in now. */
export async function groupOf(ctx: Ctx, retireeId: string): Promise<string | null> {
  return (await personInCare(ctx, retireeId))?.group ?? null;
}

/** Somebody living in a unit's care, as staff see them. */
export async function personInCare(ctx: Ctx, retireeId: string): Promise<OwnPerson | null> {
  const [row] = await inCare(ctx, [retireeId]);
  return row ? { ...row, own: false, may: true } : null;
}

/** The living ones who are in somebody's care, the caller first. Nobody for a guest. */
export async function ownPeople(ctx: Ctx): Promise<OwnPerson[]> {
  const { actor } = ctx;
  if (actor.is !== 'person' || actor.links.length === 0) return [];
  const own = new Set(actor.links.filter(({ relation }) => relation === 'self').map(({ retireeId }) => retireeId));
  const rows = await inCare(
    ctx,
    actor.links.map(({ retireeId }) => retireeId),
  );
  return rows
    .map((row) => ({ ...row, own: own.has(row.id), may: can(actor, 'activity.sign-up', { retireeId: row.id }) }))
    .toSorted((a, b) => Number(b.own) - Number(a.own) || (a.id < b.id ? -1 : 1));
}

async function inCare(ctx: Ctx, ids: readonly string[]): Promise<Pick<OwnPerson, 'id' | 'name' | 'path' | 'group'>[]> {
  const rows = await ctx.db
    .select({ id: retirees.id, name: retirees.name, unitId: care.unitId, group: groupMembers.groupId })
    .from(retirees)
    .innerJoin(care, and(eq(care.retireeId, retirees.id), isNull(care.until)))
    .leftJoin(groupMembers, and(eq(groupMembers.retireeId, retirees.id), isNull(groupMembers.until)))
    .where(and(inArray(retirees.id, [...ids]), isNull(retirees.diedOn)));
  return rows.map(({ id, name, unitId, group }) => ({
    id,
    name,
    group,
    path: ctx.city.units.get(unitId)?.path.split('.') ?? [],
  }));
}
