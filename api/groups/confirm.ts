/**
 * Staff confirm a proposal: every group of it at once, or none. Whoever left the community since it was made is passed over; groups
 * that would have fewer than 30 or more than 50 people are named, and nothing happens.
 */
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { groupProposalRows, groupProposals, groupRooms, groups } from '../../db/schema/groups.ts';
import { ensurePerson } from '../access/can.ts';
import { freshActor } from '../access/person.ts';
import type { Ctx } from '../context.ts';
import { dayOf } from '../dates.ts';
import { once } from '../engine/once.ts';
import { say } from '../../locales/index.ts';
import { groupsLeaveOut, groupsUnlawful } from './errors.ts';
import { groupsOf, MOST_PEOPLE, nameOf, residentsOf, type Group } from './group.ts';
import { ensureSeen, proposalFor, slotsOf, type Proposal } from './proposal.ts';
import { faultsOf } from './settle.ts';
import { tellLeaderless, tellPlaced } from './tell.ts';

interface Target {
  slot: number;
  groupId: string | null;
  people: string[];
}

/** @throws not-signed-in, not-found, groups-proposal-changed, groups-unlawful, groups-leave-out */
export async function confirmGroups(ctx: Ctx, id: string, seen: number): Promise<{ groups: number; people: number }> {
  return once(ctx, async (tx) => {
    const inside = { ...tx, actor: await freshActor(tx) };
    const proposal = await proposalFor(inside, id, 'lock');
    ensureSeen(proposal, seen);
    const standing = await groupsOf(inside, proposal.unitId, 'lock');
    const targets = await targetsOf(inside, proposal, standing);
    const made = await makeGroups(inside, proposal.unitId, standing, targets);
    await placePeople(inside, proposal.unitId, made);
    await endEmpty(inside, standing, made);
    await inside.db.delete(groupProposals).where(eq(groupProposals.id, id));
    return { groups: made.length, people: made.reduce((sum, { people }) => sum + people.length, 0) };
  });
}

/** Groups with those who are still in the community's care. @throws groups-unlawful, groups-leave-out */
async function targetsOf(ctx: Ctx, proposal: Proposal, standing: readonly Group[]): Promise<Target[]> {
  const [slots, rows, residents] = await Promise.all([
    slotsOf(ctx, proposal),
    ctx.db
      .select({ retireeId: groupProposalRows.retireeId, slot: groupProposalRows.slot })
      .from(groupProposalRows)
      .where(eq(groupProposalRows.proposalId, proposal.id))
      .limit(MOST_PEOPLE),
    residentsOf(ctx, proposal.unitId, 'lock'),
  ]);
  const here = new Set(residents.map((one) => one.id));
  const placed = rows.filter(({ retireeId }) => here.has(retireeId));
  const bySlot = Map.groupBy(placed, ({ slot }) => slot);
  const targets = slots.map((one) => ({
    ...one,
    people: (bySlot.get(one.slot) ?? []).map(({ retireeId }) => retireeId),
  }));
  const { unlawful, leftOut } = faultsOf(
    targets.map(({ people }) => people.length),
    bySlot.get(null)?.length ?? 0,
  );
  if (unlawful.length > 0) {
    const named = unlawful.map((at) => {
      const target = targets[at];
      const group = standing.find(({ id }) => id === target?.groupId);
      const name = nameOf(group ?? { n: target?.slot ?? 0, name: null }, ctx.locale);
      return say(ctx.locale, 'groups:sized', { name, count: target?.people.length ?? 0 });
    });
    throw groupsUnlawful(named.join(say(ctx.locale, 'engine:list.and')));
  }
  if (leftOut) throw groupsLeaveOut(bySlot.get(null)?.length ?? 0);
  return targets.filter(({ people }) => people.length > 0);
}

/** New groups take the first numbers that are free. */
async function makeGroups(
  ctx: Ctx,
  unitId: string,
  standing: readonly Group[],
  targets: readonly Target[],
): Promise<{ groupId: string; people: string[] }[]> {
  const { accountId } = ensurePerson(ctx.actor);
  const taken = new Set(standing.map(({ n }) => n));
  const fresh = targets.filter(({ groupId }) => groupId === null);
  const numbers = Array.from({ length: standing.length + fresh.length }, (_, at) => at + 1)
    .filter((n) => !taken.has(n))
    .slice(0, fresh.length);
  const made =
    fresh.length === 0
      ? []
      : await ctx.db
          .insert(groups)
          .values(numbers.map((n) => ({ unitId, n, madeBy: accountId, madeAt: ctx.clock() })))
          .returning({ id: groups.id, n: groups.n });
  const ids = made.toSorted((a, b) => a.n - b.n).map(({ id }) => id);
  return targets.map(({ groupId, people }) => ({ groupId: groupId ?? ids.shift() ?? '', people }));
}

/** Everybody who is elsewhere than they should be leaves there and comes here; their offices end. In two statements, whoever many. */
async function placePeople(ctx: Ctx, unitId: string, made: readonly { groupId: string; people: string[] }[]) {
  const { accountId } = ensurePerson(ctx.actor);
  const today = dayOf(ctx.clock());
  const wanted = JSON.stringify(
    made.flatMap(({ groupId, people }) => people.map((retireeId) => ({ retireeId, groupId }))),
  );
  const rows = sql`json_to_recordset(${wanted}::text::json) as w("retireeId" uuid, "groupId" uuid)`;
  const misplaced = sql`until is null
    and (group_id in (select id from groups where unit_id = ${unitId}) or retiree_id in (select w."retireeId" from ${rows}))
    and not exists (select from ${rows} where w."retireeId" = retiree_id and w."groupId" = group_id)`;
  const ended = await ctx.db.execute<{ group_id: string }>(
    sql`update group_leaders set until = greatest(since, ${today}::date) where ${misplaced} returning group_id`,
  );
  await ctx.db.execute(sql`update group_members set until = greatest(since, ${today}::date) where ${misplaced}`);
  const placed = await ctx.db.execute<{ retiree_id: string; group_id: string }>(sql`
    insert into group_members (group_id, retiree_id, since, set_by)
    select w."groupId", w."retireeId", ${today}::date, ${accountId} from ${rows}
     where not exists (select from group_members m where m.retiree_id = w."retireeId" and m.until is null)
    returning retiree_id, group_id`);
  const stay = new Set(made.map(({ groupId }) => groupId));
  await tellPlaced(
    ctx,
    [...placed].map((row) => ({ retireeId: row.retiree_id, groupId: row.group_id })),
  );
  await tellLeaderless(
    ctx,
    [...new Set([...ended].map((row) => row.group_id))].filter((group) => stay.has(group)),
  );
}

async function endEmpty(ctx: Ctx, standing: readonly Group[], made: readonly { groupId: string }[]): Promise<void> {
  const stay = new Set(made.map(({ groupId }) => groupId));
  const empty = standing.filter(({ id }) => !stay.has(id)).map(({ id }) => id);
  if (empty.length === 0) return;
  const now = ctx.clock();
  await ctx.db.update(groups).set({ endedAt: now }).where(inArray(groups.id, empty));
  await ctx.db
    .update(groupRooms)
    .set({ unlinkedAt: now })
    .where(and(inArray(groupRooms.groupId, empty), isNull(groupRooms.unlinkedAt)));
}
