/**
 * Proposes how a community is divided: everybody in its care in exactly one group, neighbours together. Groups that stand are kept
 * and mended, not made anew. Nothing is in force before somebody has looked at it and confirmed it.
 */
import { eq, sql } from 'drizzle-orm';
import { groupProposals, groupProposalSlots } from '../../db/schema/groups.ts';
import { ensureCan, ensurePerson } from '../access/can.ts';
import { freshActor } from '../access/person.ts';
import type { Ctx } from '../context.ts';
import { once } from '../engine/once.ts';
import { proposalThere, tooFewForAGroup } from './errors.ts';
import { communityFor, groupsOf, residentsOf } from './group.ts';
import { planGroups, type Plan } from './settle.ts';

/** @throws not-signed-in, not-allowed, not-found, groups-not-a-community, groups-too-few, groups-proposal-there, groups-too-many */
export async function proposeGroups(ctx: Ctx, unitId: string): Promise<{ id: string }> {
  return once(ctx, async (tx) => {
    const inside = { ...tx, actor: await freshActor(tx) };
    const unit = communityFor(inside, unitId);
    ensureCan(inside.actor, 'group.handle', { unitId: unit.id });
    const plan = await planFor(inside, unit.id);
    if (plan.slots.length === 0) throw tooFewForAGroup(plan.left.length, plan.obstacle?.short ?? 0);
    return { id: await write(inside, unit.id, plan) };
  });
}

/** The groups that would stand, as the community is now. */
async function planFor(ctx: Ctx, unitId: string): Promise<Plan> {
  const [standing, residents] = await Promise.all([groupsOf(ctx, unitId), residentsOf(ctx, unitId)]);
  const here = new Set(standing.map(({ id }) => id));
  const byGroup = Map.groupBy(residents, ({ groupId }) => (groupId && here.has(groupId) ? groupId : null));
  return planGroups(
    standing.map(({ id }) => ({ id, people: byGroup.get(id) ?? [] })),
    byGroup.get(null) ?? [],
  );
}

async function write(ctx: Ctx, unitId: string, { slots, left }: Plan): Promise<string> {
  const { accountId } = ensurePerson(ctx.actor);
  const [made] = await ctx.db
    .insert(groupProposals)
    .values({ unitId, madeBy: accountId, madeAt: ctx.clock() })
    .onConflictDoNothing()
    .returning({ id: groupProposals.id });
  if (!made) {
    const [there] = await ctx.db
      .select({ id: groupProposals.id })
      .from(groupProposals)
      .where(eq(groupProposals.unitId, unitId));
    throw proposalThere(there?.id ?? '');
  }
  await ctx.db
    .insert(groupProposalSlots)
    .values(slots.map(({ groupId }, at) => ({ proposalId: made.id, slot: at + 1, groupId })));
  const rows = [
    ...slots.flatMap(({ people }, at) => people.map((retireeId) => ({ retireeId, slot: at + 1 }))),
    ...left.map((retireeId) => ({ retireeId, slot: null })),
  ];
  await ctx.db.execute(sql`
    insert into group_proposal_rows (proposal_id, retiree_id, slot)
    select ${made.id}, n."retireeId", n.slot
      from json_to_recordset(${JSON.stringify(rows)}::text::json) as n("retireeId" uuid, slot smallint)`);
  return made.id;
}
