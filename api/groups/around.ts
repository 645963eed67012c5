/** A group as whoever belongs to it sees it, and who they are there. */
import { and, eq, inArray, isNull } from 'drizzle-orm';
import { groupLeaders, groupMembers, groups } from '../../db/schema/groups.ts';
import { ensurePerson } from '../access/can.ts';
import type { Ctx } from '../context.ts';
import { notFound } from '../errors.ts';
import type { Group } from './group.ts';

/** A group that stands; for whoever may not see it there is none either. */
export async function groupOf(ctx: Ctx, id: string): Promise<Group> {
  const [group] = await ctx.db
    .select()
    .from(groups)
    .where(and(eq(groups.id, id), isNull(groups.endedAt)));
  if (group) return group;
  ensurePerson(ctx.actor);
  throw notFound();
}

/** Whose account the actor has, seen from a group. */
export interface Around {
  unitId: string;
  members: string[];
  leaders: string[];
}

/** Who of those that the actor is linked to belong to the group, and who of them leads it or stands in. */
export async function aroundOf(ctx: Ctx, group: Group): Promise<Around> {
  const around = { unitId: group.unitId, members: [] as string[], leaders: [] as string[] };
  const { actor } = ctx;
  if (actor.is !== 'person' || actor.links.length === 0) return around;
  const rows = await ctx.db
    .select({ retireeId: groupMembers.retireeId, office: groupLeaders.office })
    .from(groupMembers)
    .leftJoin(groupLeaders, and(eq(groupLeaders.retireeId, groupMembers.retireeId), isNull(groupLeaders.until)))
    .where(
      and(
        eq(groupMembers.groupId, group.id),
        isNull(groupMembers.until),
        inArray(
          groupMembers.retireeId,
          actor.links.map(({ retireeId }) => retireeId),
        ),
      ),
    );
  return {
    ...around,
    members: rows.map(({ retireeId }) => retireeId),
    leaders: rows.flatMap(({ retireeId, office }) => (office ? [retireeId] : [])),
  };
}
