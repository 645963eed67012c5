/** What the verbs about groups share: a community and its groups, who lives where, and what a group is called. */
import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import { groupLeaders, groupMembers, groups, groupOffices } from '../../db/schema/groups.ts';
import { care, residences, retirees } from '../../db/schema/registry.ts';
import { say, type Locale } from '../../locales/index.ts';
import type { Ctx } from '../context.ts';
import { notFound } from '../errors.ts';
import type { Unit } from '../ports.ts';
import { notACommunity, tooManyAtOnce } from './errors.ts';
import type { Neighbour } from './rules.ts';

export type Group = typeof groups.$inferSelect;

/** More than any community has; a transaction over more would be long. */
export const MOST_PEOPLE = 6000;
export const MOST_GROUPS = MOST_PEOPLE / 30;

export const office = z.object({
  retireeId: z.uuid(),
  name: z.string(),
  office: z.enum(groupOffices),
  since: z.iso.date(),
  term: z.iso.date(),
});
export type Office = z.infer<typeof office>;

/** @throws not-found */
export function unitFor({ city }: Ctx, id: string): Unit {
  const unit = city.units.get(id);
  if (!unit) throw notFound();
  return unit;
}

/** @throws not-found, groups-not-a-community */
export function communityFor(ctx: Ctx, id: string): Unit {
  const unit = unitFor(ctx, id);
  if (unit.level !== 'community') throw notACommunity();
  return unit;
}

/** 第3小组, unless staff gave it a name. */
export const nameOf = ({ n, name }: Pick<Group, 'n' | 'name'>, locale: Locale): string =>
  name ?? say(locale, 'groups:name', { n });

/** A community's groups, by number. With `lock` nobody else changes them, or who is in them, before this transaction is over. */
export async function groupsOf(ctx: Ctx, unitId: string, lock: 'lock' | 'read' = 'read'): Promise<Group[]> {
  const query = ctx.db
    .select()
    .from(groups)
    .where(and(eq(groups.unitId, unitId), isNull(groups.endedAt)))
    .orderBy(asc(groups.n))
    .limit(MOST_GROUPS);
  return lock === 'lock' ? query.for('update') : query;
}

/** Who leads these groups, and who stands in, group by group; the leader first. */
export async function officesIn(ctx: Ctx, groupIds: readonly string[]): Promise<Map<string, Office[]>> {
  if (groupIds.length === 0) return new Map();
  const rows = await ctx.db
    .select({
      groupId: groupLeaders.groupId,
      retireeId: groupLeaders.retireeId,
      name: retirees.name,
      office: groupLeaders.office,
      since: groupLeaders.since,
      term: groupLeaders.term,
    })
    .from(groupLeaders)
    .innerJoin(retirees, eq(retirees.id, groupLeaders.retireeId))
    .where(and(inArray(groupLeaders.groupId, [...groupIds]), isNull(groupLeaders.until)))
    .orderBy(sql`${groupLeaders.office} desc`)
    .limit(2 * MOST_GROUPS);
  const byGroup = new Map<string, Office[]>();
  for (const { groupId, ...one } of rows) byGroup.set(groupId, [...(byGroup.get(groupId) ?? []), one]);
  return byGroup;
}

export interface Resident extends Neighbour {
  name: string;
  /** The group they are in, whosever it is. */
  groupId: string | null;
}

/**
 * Everybody in a community's care, with where they live and which group they are in. With `lock` nobody leaves that care before this
 * transaction is over. @throws groups-too-many
 */
export async function residentsOf(ctx: Ctx, unitId: string, lock: 'lock' | 'read' = 'read'): Promise<Resident[]> {
  const query = ctx.db
    .select({ id: retirees.id, name: retirees.name, home: residences.place, groupId: groupMembers.groupId })
    .from(care)
    .innerJoin(retirees, eq(retirees.id, care.retireeId))
    .leftJoin(residences, and(eq(residences.retireeId, retirees.id), isNull(residences.until)))
    .leftJoin(groupMembers, and(eq(groupMembers.retireeId, retirees.id), isNull(groupMembers.until)))
    .where(and(eq(care.unitId, unitId), isNull(care.until), isNull(retirees.diedOn)))
    .limit(MOST_PEOPLE + 1);
  const rows = await (lock === 'lock' ? query.for('share', { of: care }) : query);
  if (rows.length > MOST_PEOPLE) throw tooManyAtOnce(MOST_PEOPLE);
  return rows;
}

/** How many are in a group. */
export async function sizeOf(ctx: Ctx, groupId: string): Promise<number> {
  const [row] = await ctx.db
    .select({ n: sql<number>`count(*)::int` })
    .from(groupMembers)
    .where(and(eq(groupMembers.groupId, groupId), isNull(groupMembers.until)));
  return row?.n ?? 0;
}
