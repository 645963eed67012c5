/** Staff name a group, choose who leads it and who stands in, for a term, and end that. */
import { and, eq, isNull, sql } from 'drizzle-orm';
import { groupLeaders, groupMembers, groups, type GroupOffice } from '../../db/schema/groups.ts';
import { ensureCanSee, ensurePerson } from '../access/can.ts';
import { freshActor } from '../access/person.ts';
import type { Ctx } from '../context.ts';
import { addDays, dayOf, type PlainDate } from '../dates.ts';
import { dayWords, words } from '../delivery/message.ts';
import { tellRetiree } from '../delivery/tell-retiree.ts';
import { once } from '../engine/once.ts';
import { notFound } from '../errors.ts';
import { groupTermYears } from '../rulebook.ts';
import { leadsAlready, notInThisGroup, termUnfit } from './errors.ts';
import type { Group } from './group.ts';
import { calledIn } from './tell.ts';

/** A group that stands, under its lock, for staff of its community. @throws not-signed-in, not-found */
async function groupFor(ctx: Ctx, id: string): Promise<Group> {
  const [group] = await ctx.db
    .select()
    .from(groups)
    .where(and(eq(groups.id, id), isNull(groups.endedAt)))
    .for('update');
  ensureCanSee(ctx.actor, 'group.handle', { unitId: group?.unitId ?? '' });
  if (!group) throw notFound();
  return group;
}

/** An empty name is none: then it is called by its number. @throws not-signed-in, not-found */
export async function renameGroup(ctx: Ctx, id: string, name: string): Promise<void> {
  await once(ctx, async (tx) => {
    const inside = { ...tx, actor: await freshActor(tx) };
    await groupFor(inside, id);
    await inside.db
      .update(groups)
      .set({ name: name || null })
      .where(eq(groups.id, id));
    return null;
  });
}

/** Days, a leap year's among them. */
const LONGEST_TERM = 366 * groupTermYears;

export interface Choice {
  office: GroupOffice;
  retireeId: string;
  /** The last day of the term. */
  term: PlainDate;
}

/**
 * Chooses a member who agreed to it. Whoever held the office hands it over today; both are told.
 * @throws not-signed-in, not-found, group-term, group-not-a-member, group-leads-already
 */
export async function chooseLeader(ctx: Ctx, id: string, { office, retireeId, term }: Choice): Promise<void> {
  await once(ctx, async (tx) => {
    const inside = { ...tx, actor: await freshActor(tx) };
    const group = await groupFor(inside, id);
    const today = dayOf(inside.clock());
    if (term <= today || term > addDays(today, LONGEST_TERM)) throw termUnfit(groupTermYears);
    await ensureMember(inside, group, retireeId, office);
    const [before] = await endOffice(inside, id, office, today);
    const { accountId } = ensurePerson(inside.actor);
    await inside.db
      .insert(groupLeaders)
      .values({ groupId: id, retireeId, office, since: today, term, setBy: accountId });
    const params = { ...calledIn(group), office: words(`groups:offices.${office}`), until: dayWords(term) };
    await tellRetiree(inside, retireeId, { template: 'group.chosen', params });
    if (before && before !== retireeId) await tellRetiree(inside, before, { template: 'group.handedOver', params });
    return null;
  });
}

/** Nobody holds the office from today on. @throws not-signed-in, not-found */
export async function endLeader(ctx: Ctx, id: string, office: GroupOffice): Promise<void> {
  await once(ctx, async (tx) => {
    const inside = { ...tx, actor: await freshActor(tx) };
    const group = await groupFor(inside, id);
    const [before] = await endOffice(inside, id, office, dayOf(inside.clock()));
    if (!before) return null;
    const params = { ...calledIn(group), office: words(`groups:offices.${office}`) };
    await tellRetiree(inside, before, { template: 'group.handedOver', params });
    return null;
  });
}

async function ensureMember(ctx: Ctx, group: Group, retireeId: string, office: GroupOffice): Promise<void> {
  const [member] = await ctx.db
    .select({ office: groupLeaders.office })
    .from(groupMembers)
    .leftJoin(groupLeaders, and(eq(groupLeaders.retireeId, groupMembers.retireeId), isNull(groupLeaders.until)))
    .where(and(eq(groupMembers.groupId, group.id), eq(groupMembers.retireeId, retireeId), isNull(groupMembers.until)))
    // Whoever leaves the group meanwhile waits, and finds the office that they leave with it.
    .for('share', { of: groupMembers });
  if (!member) throw notInThisGroup();
  // A further term of the same office is none too many.
  if (member.office && member.office !== office) throw leadsAlready();
}

async function endOffice(ctx: Ctx, groupId: string, office: GroupOffice, today: PlainDate): Promise<string[]> {
  const rows = await ctx.db
    .update(groupLeaders)
    .set({ until: sql`greatest(${groupLeaders.since}, ${today}::date)` })
    .where(and(eq(groupLeaders.groupId, groupId), eq(groupLeaders.office, office), isNull(groupLeaders.until)))
    .returning({ retireeId: groupLeaders.retireeId });
  return rows.map((row) => row.retireeId);
}
