/**
 * Somebody leaves the self-help group they are in, because they moved to another unit's care or died (第十四条). Whoever led it leads
 * it no more: the group hears that it may propose another, the community's staff that they are to choose one, or that too few are
 * left. Undone, they are in it again, and lead it again unless somebody else was chosen.
 */
import { and, eq, isNull, sql } from 'drizzle-orm';
import { groupLeaders, groupMembers, groups, type GroupOffice } from '../../db/schema/groups.ts';
import type { Ctx } from '../context.ts';
import { dayOf } from '../dates.ts';
import { plain, words } from '../delivery/message.ts';
import { defineEffect } from '../engine/effect.ts';
import { groupSize } from '../rulebook.ts';
import { sizeOf } from './group.ts';
import { tellChosenAlready, tellStaffOf, tellToChoose } from './tell.ts';

interface Receipt {
  retireeId: string;
  /** The membership that ended; null when they were in no group. */
  memberId: string | null;
  /** The office that ended with it. */
  officeId: string | null;
  /** The call to propose somebody else. */
  call: string | null;
}

export const leaveGroup = defineEffect<{ retireeId: string; name: string }, Receipt>({
  name: 'leave-group',
  async apply(ctx, { retireeId, name }) {
    const ended = await endMembership(ctx, retireeId);
    if (!ended) return { retireeId, memberId: null, officeId: null, call: null };
    const { memberId, group, office } = ended;
    let call: string | null = null;
    if (office) {
      const params = { who: plain(name), office: words(`groups:offices.${office.office}`) };
      await tellStaffOf(ctx, group, 'group.leaderLeft', params);
      call = await tellToChoose(ctx, group, office.office);
    }
    const left = await sizeOf(ctx, group.id);
    if (left === groupSize.least - 1) await tellStaffOf(ctx, group, 'group.tooSmall', { count: plain(String(left)) });
    return { retireeId, memberId, officeId: office?.id ?? null, call };
  },
  async undo(ctx, { retireeId, memberId, officeId, call }) {
    if (!memberId) return;
    // Back in the old community's care they are in no group of the new one.
    await endMembership(ctx, retireeId);
    const [member] = await ctx.db
      .update(groupMembers)
      .set({ until: null })
      .where(
        and(
          eq(groupMembers.id, memberId),
          sql`exists (select from ${groups} g where g.id = ${groupMembers.groupId} and g.ended_at is null)`,
        ),
      )
      .returning({ groupId: groupMembers.groupId });
    if (!member || !officeId) return;
    const leadsAgain = await ctx.db
      .update(groupLeaders)
      .set({ until: null })
      .where(
        and(
          eq(groupLeaders.id, officeId),
          sql`not exists (select from group_leaders o where o.group_id = ${groupLeaders.groupId}
            and o.office = ${groupLeaders.office} and o.until is null)`,
        ),
      )
      .returning({ id: groupLeaders.id });
    if (call && leadsAgain.length > 0) await tellChosenAlready(ctx, member.groupId, call);
  },
});

interface Ended {
  memberId: string;
  group: typeof groups.$inferSelect;
  office: { id: string; office: GroupOffice } | null;
}

/** Ends the membership somebody has now, with their office; null when they are in no group. `ctx.db` is a transaction. */
export async function endMembership(ctx: Ctx, retireeId: string): Promise<Ended | null> {
  const today = dayOf(ctx.clock());
  const [member] = await ctx.db
    .update(groupMembers)
    .set({ until: sql`greatest(${groupMembers.since}, ${today}::date)` })
    .where(and(eq(groupMembers.retireeId, retireeId), isNull(groupMembers.until)))
    .returning({ id: groupMembers.id, groupId: groupMembers.groupId });
  if (!member) return null;
  const [office] = await ctx.db
    .update(groupLeaders)
    .set({ until: sql`greatest(${groupLeaders.since}, ${today}::date)` })
    .where(and(eq(groupLeaders.retireeId, retireeId), isNull(groupLeaders.until)))
    .returning({ id: groupLeaders.id, office: groupLeaders.office });
  const [group] = await ctx.db.select().from(groups).where(eq(groups.id, member.groupId));
  if (!group) throw new Error(`There is no group ${member.groupId}.`);
  return { memberId: member.id, group, office: office ?? null };
}
