/** Who leads a group of a community, or stands in: the ones who agree when somebody asks to join it. */
import { and, eq, isNull } from 'drizzle-orm';
import { groupLeaders, groups } from '../../db/schema/groups.ts';
import type { Ctx } from '../context.ts';

/** As retirees; none when there is no such group, or nobody leads it. `n` is the group's number in the community. */
export async function leadersOfGroup(ctx: Ctx, unitId: string | undefined, n: number): Promise<string[]> {
  if (unitId === undefined) return [];
  const rows = await ctx.db
    .select({ retireeId: groupLeaders.retireeId })
    .from(groupLeaders)
    .innerJoin(groups, eq(groups.id, groupLeaders.groupId))
    .where(and(eq(groups.unitId, unitId), eq(groups.n, n), isNull(groups.endedAt), isNull(groupLeaders.until)));
  return rows.map(({ retireeId }) => retireeId);
}
