/** A retiree joins a group of their community, or changes into it: what the service of that name does once the clerk agrees. */
import { and, eq, isNull } from 'drizzle-orm';
import { groupLeaders, groupMembers, groups } from '../../db/schema/groups.ts';
import type { Ctx } from '../context.ts';
import { dayOf } from '../dates.ts';
import { defineEffect, laterFacts } from '../engine/effect.ts';
import { groupSize } from '../rulebook.ts';
import { alreadyInIt, groupFull, groupWouldShrink, leadsAlready, noSuchGroup } from './errors.ts';
import { groupsOf, sizeOf, type Group } from './group.ts';
import { endMembership } from './leave-group.ts';
import { tellPlaced } from './tell.ts';

interface Join {
  retireeId: string;
  unitId: string;
  /** The number of the group in the community. */
  n: number;
}

interface Receipt {
  retireeId: string;
  /** The membership that began, and the one that ended. */
  begun: string;
  ended: string | null;
}

export const joinGroup = defineEffect<Join, Receipt>({
  name: 'join-group',
  /** @throws group-none, group-already-in, group-full, group-would-shrink, group-leads-already */
  async apply(ctx, { retireeId, unitId, n }, { caseId }) {
    const standing = await groupsOf(ctx, unitId, 'lock');
    const group = await ensureRoom(ctx, standing, retireeId, n);
    const ended = await endMembership(ctx, retireeId);
    const [begun] = await ctx.db
      .insert(groupMembers)
      .values({ groupId: group.id, retireeId, since: dayOf(ctx.clock()), caseId })
      .returning({ id: groupMembers.id });
    await tellPlaced(ctx, [{ retireeId, groupId: group.id }]);
    return { retireeId, begun: begun?.id ?? '', ended: ended?.memberId ?? null };
  },
  async undo(ctx, { retireeId, begun, ended }) {
    const [now] = await ctx.db
      .select({ id: groupMembers.id })
      .from(groupMembers)
      .where(and(eq(groupMembers.retireeId, retireeId), isNull(groupMembers.until)));
    if (now?.id !== begun) throw laterFacts('group');
    await endMembership(ctx, retireeId);
    await ctx.db.delete(groupMembers).where(eq(groupMembers.id, begun));
    if (!ended) return;
    const [old] = await ctx.db
      .select({ endedAt: groups.endedAt })
      .from(groupMembers)
      .innerJoin(groups, eq(groups.id, groupMembers.groupId))
      .where(eq(groupMembers.id, ended));
    if (old?.endedAt === null) await ctx.db.update(groupMembers).set({ until: null }).where(eq(groupMembers.id, ended));
  },
});

/** The group of this number, when one more fits in and one less may be missed where they are now. */
async function ensureRoom(ctx: Ctx, standing: readonly Group[], retireeId: string, n: number): Promise<Group> {
  const group = standing.find((one) => one.n === n);
  if (!group) throw noSuchGroup();
  const [now] = await ctx.db
    .select({ groupId: groupMembers.groupId, office: groupLeaders.office })
    .from(groupMembers)
    .leftJoin(groupLeaders, and(eq(groupLeaders.retireeId, groupMembers.retireeId), isNull(groupLeaders.until)))
    .where(and(eq(groupMembers.retireeId, retireeId), isNull(groupMembers.until)));
  if (now?.groupId === group.id) throw alreadyInIt();
  if (now?.office) throw leadsAlready();
  if ((await sizeOf(ctx, group.id)) >= groupSize.most) throw groupFull();
  if (now && (await sizeOf(ctx, now.groupId)) <= groupSize.least) throw groupWouldShrink();
  return group;
}
