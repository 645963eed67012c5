/** How far a unit's groups have come: the share of its people who are in one (自管覆盖率), its groups, and what there is to settle. */
import { and, eq, inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import { groupProposals, groups } from '../../db/schema/groups.ts';
import { can, ensureCan } from '../access/can.ts';
import type { Ctx } from '../context.ts';
import { dayOf } from '../dates.ts';
import { groupSize } from '../rulebook.ts';
import type { Unit } from '../ports.ts';
import { groupsOf, nameOf, office, officesIn, unitFor } from './group.ts';
import { isLawful, obstacleFor } from './rules.ts';

const share = z.object({
  unit: z.object({ id: z.string(), name: z.string() }),
  /** In its care. */
  people: z.int(),
  /** Of those, in a group. */
  inGroups: z.int(),
  groups: z.int(),
  /** Notices that its groups marked as discussed this year. */
  discussed: z.int(),
  /** Of its people, who offers to help as a volunteer. */
  volunteers: z.int(),
});

/** `small` and `large`: a size that the rules do not allow. `leader`: nobody leads it. `term`: the term of whoever does is over. */
const groupConcerns = ['small', 'large', 'leader', 'term'] as const;

const groupLine = z.object({
  id: z.uuid(),
  n: z.int(),
  name: z.string(),
  people: z.int(),
  offices: z.array(office),
  concerns: z.array(z.enum(groupConcerns)),
});
export type GroupLine = z.infer<typeof groupLine>;

export const overview = share.extend({
  level: z.string(),
  /** Of a community. */
  list: z.array(groupLine),
  /** Of all others: the units right below. */
  below: z.array(share),
  /** In the community's care and in none of its groups. */
  outside: z.int(),
  /** Why not everybody can be in a group: how many people more would make it possible. */
  obstacle: z.object({ reason: z.enum(['too-few', 'between']), short: z.int() }).nullable(),
  /** What staff have not confirmed yet. */
  proposal: z.uuid().nullable(),
  may: z.object({ handle: z.boolean() }),
  sizes: z.object({ least: z.int(), most: z.int() }),
});
export type Overview = z.infer<typeof overview>;

/** @throws not-signed-in, not-allowed, not-found */
export async function readOverview(ctx: Ctx, unitId: string): Promise<Overview> {
  const unit = unitFor(ctx, unitId);
  ensureCan(ctx.actor, 'group.read', { unitPath: unit.path });
  const counts = await countsOf(ctx, ctx.city.units.within(unit.id));
  const community = unit.level === 'community';
  const [list, proposal] = community ? await Promise.all([linesOf(ctx, unit), proposalOf(ctx, unit)]) : [[], null];
  const total = shareOf(ctx, unit, counts);
  const obstacle = community ? obstacleFor(total.people) : null;
  return {
    ...total,
    level: unit.level,
    list,
    below: community ? [] : ctx.city.units.children(unit.id).flatMap((one) => served(shareOf(ctx, one, counts))),
    outside: community ? total.people - total.inGroups : 0,
    obstacle: obstacle && { reason: obstacle.reason, short: obstacle.short },
    proposal,
    may: { handle: community && can(ctx.actor, 'group.handle', { unitId: unit.id }) },
    sizes: { ...groupSize },
  };
}

interface Count {
  people: number;
  inGroups: number;
  groups: number;
  discussed: number;
  volunteers: number;
}

/** People, groups and what these discussed, unit by unit, in three statements however many units. */
async function countsOf(ctx: Ctx, unitIds: readonly string[]): Promise<Map<string, Count>> {
  const units = `{${unitIds.join(',')}}`;
  const [people, made, discussed] = await Promise.all([
    ctx.db.execute<{ unit_id: string; people: number; in_groups: number; volunteers: number }>(sql`
      select c.unit_id, count(*)::int as people, count(g.id)::int as in_groups,
             count(v.id)::int as volunteers
        from care c
        left join group_members m on m.retiree_id = c.retiree_id and m.until is null
        left join volunteers v on v.retiree_id = c.retiree_id
        left join groups g on g.id = m.group_id and g.unit_id = c.unit_id
       where c.until is null and c.unit_id = any(${units}::text[])
       group by c.unit_id`),
    ctx.db
      .select({ unitId: groups.unitId, n: sql<number>`count(*)::int` })
      .from(groups)
      .where(and(inArray(groups.unitId, [...unitIds]), sql`${groups.endedAt} is null`))
      .groupBy(groups.unitId),
    discussedIn(ctx, units),
  ]);
  const counts = new Map<string, Count>();
  for (const row of people)
    counts.set(row.unit_id, {
      people: row.people,
      inGroups: row.in_groups,
      volunteers: row.volunteers,
      groups: 0,
      discussed: 0,
    });
  for (const { unitId, n } of made)
    counts.set(unitId, {
      ...(counts.get(unitId) ?? { people: 0, inGroups: 0, volunteers: 0, discussed: 0 }),
      groups: n,
    });
  for (const { unit_id: id, n } of discussed)
    counts.set(id, { ...(counts.get(id) ?? { people: 0, inGroups: 0, volunteers: 0, groups: 0 }), discussed: n });
  return counts;
}

/** Notices marked as discussed since the first of January, unit by unit. */
const discussedIn = (ctx: Ctx, units: string) =>
  ctx.db.execute<{ unit_id: string; n: number }>(sql`
    select g.unit_id, count(*)::int as n from groups g join group_doings d on d.group_id = g.id
     where g.unit_id = any(${units}::text[]) and d.notice_id is not null and d.day >= ${`${dayOf(ctx.clock()).slice(0, 4)}-01-01`}::date
     group by g.unit_id`);

function shareOf(ctx: Ctx, unit: Unit, counts: ReadonlyMap<string, Count>): z.infer<typeof share> {
  const sum = { people: 0, inGroups: 0, groups: 0, discussed: 0, volunteers: 0 };
  for (const id of ctx.city.units.within(unit.id)) {
    const count = counts.get(id);
    sum.people += count?.people ?? 0;
    sum.inGroups += count?.inGroups ?? 0;
    sum.groups += count?.groups ?? 0;
    sum.discussed += count?.discussed ?? 0;
    sum.volunteers += count?.volunteers ?? 0;
  }
  return { unit: { id: unit.id, name: unit.name }, ...sum };
}

/** Units that care for nobody (agencies, the archives) are no part of it. */
const served = (one: z.infer<typeof share>) => (one.people > 0 ? [one] : []);

async function linesOf(ctx: Ctx, unit: Unit): Promise<GroupLine[]> {
  const standing = await groupsOf(ctx, unit.id);
  const ids = standing.map(({ id }) => id);
  const [offices, sizes] = await Promise.all([officesIn(ctx, ids), sizesOf(ctx, ids)]);
  const today = dayOf(ctx.clock());
  return standing.map(({ id, n, name }) => {
    const people = sizes.get(id) ?? 0;
    const theirs = offices.get(id) ?? [];
    return {
      id,
      n,
      name: nameOf({ n, name }, ctx.locale),
      people,
      offices: theirs,
      concerns: concernsOf(people, theirs, today),
    };
  });
}

function concernsOf(people: number, offices: GroupLine['offices'], today: string): GroupLine['concerns'] {
  const leader = offices.find((one) => one.office === 'leader');
  return [
    ...(isLawful(people) ? [] : [people < groupSize.least ? ('small' as const) : ('large' as const)]),
    ...(leader ? [] : ['leader' as const]),
    ...(offices.some(({ term }) => term < today) ? ['term' as const] : []),
  ];
}

async function sizesOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, number>> {
  const rows = await ctx.db.execute<{ group_id: string; n: number }>(sql`
    select group_id, count(*)::int as n from group_members
     where until is null and group_id = any(${`{${ids.join(',')}}`}::uuid[]) group by group_id`);
  return new Map([...rows].map((row) => [row.group_id, row.n]));
}

async function proposalOf(ctx: Ctx, unit: Unit): Promise<string | null> {
  const [row] = await ctx.db
    .select({ id: groupProposals.id })
    .from(groupProposals)
    .where(eq(groupProposals.unitId, unit.id));
  return row?.id ?? null;
}
