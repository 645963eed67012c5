/**
 * A retiree's own group: who leads it, which members agreed to be seen, and the groups nearby. Names and phones of others are for the
 * member alone: relatives and staff see who leads it, and the community's phone.
 */
import { and, eq, inArray, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { consents, links } from '../../db/schema/access.ts';
import { groupOffices } from '../../db/schema/groups.ts';
import { retirees } from '../../db/schema/registry.ts';
import { can, ensureCanSee, ensurePerson } from '../access/can.ts';
import type { ConsentPurpose } from '../consent-purposes.ts';
import type { Ctx } from '../context.ts';
import { notFound } from '../errors.ts';
import { groupSize } from '../rulebook.ts';
import { asking, askingFor } from './asking.ts';
import { groupsOf, nameOf, officesIn, residentsOf, type Group, type Office, type Resident } from './group.ts';
import { hasRoom } from './rooms/room.ts';
import { areasOf, lineUp } from './rules.ts';
import { nearerFirst, neighboursBy } from './settle.ts';

const leading = z.object({
  office: z.enum(groupOffices),
  name: z.string(),
  me: z.boolean(),
  /** Of those who agreed to show it, and for members only. */
  phone: z.string().nullable(),
});

const nearGroup = z.object({
  n: z.int(),
  name: z.string(),
  people: z.int(),
  /** The estates or streets where most of them live. */
  areas: z.array(z.string()),
  /** Whether one more fits in. */
  room: z.boolean(),
});

export const myGroup = z.object({
  /** Whose it is. */
  retiree: z.object({ id: z.uuid(), name: z.string() }),
  /** The community, whom to call; null for whoever is in no community's care. */
  unit: z.object({ id: z.string(), name: z.string(), phone: z.string().nullable() }).nullable(),
  group: z
    .object({ id: z.uuid(), n: z.int(), name: z.string(), people: z.int(), offices: z.array(leading) })
    .nullable(),
  /** The others who agreed to be seen and hold no office; null for a reader who is no member. */
  members: z.array(z.object({ name: z.string(), phone: z.string().nullable() })).nullable(),
  /** Whether the reader agreed to it; null for a reader who is no member. */
  agreed: z.boolean().nullable(),
  /** Whether a Telegram group is linked to it, for whoever leads the group or stands in; null for all others. */
  room: z.boolean().nullable(),
  /** Who asks to join, for whoever leads the group or stands in. */
  asking: z.array(asking),
  /** Of the same community, nearest first. */
  near: z.array(nearGroup),
});
export type MyGroup = z.infer<typeof myGroup>;

/** Further ones are not near. */
const MOST_NEAR = 6;
const PURPOSE: ConsentPurpose = 'group-phone';

/** @throws not-signed-in, not-found */
export async function readMyGroup(ctx: Ctx, retireeId: string): Promise<MyGroup> {
  const retiree = await ctx.city.people.retiree(ctx.db, retireeId);
  ensureCanSee(ctx.actor, 'retiree.read', { retireeId, carePath: retiree?.care?.path ?? null });
  if (!retiree) throw notFound();
  const whose = { id: retiree.id, name: retiree.name };
  const { care: unit } = retiree;
  const meets = can(ctx.actor, 'group.meet', { retireeId });
  if (unit?.level !== 'community' || !retiree.alive)
    return { retiree: whose, unit: null, group: null, members: null, agreed: null, room: null, asking: [], near: [] };
  const [standing, residents] = await Promise.all([groupsOf(ctx, unit.id), residentsOf(ctx, unit.id)]);
  const byGroup = Map.groupBy(residents, ({ groupId }) => groupId);
  const own = residents.find(({ id }) => id === retireeId);
  const mine = standing.find(({ id }) => id === own?.groupId);
  const people = mine ? (byGroup.get(mine.id) ?? []) : [];
  const shown = mine && meets ? await agreedAmong(ctx, people) : new Map<string, string | null>();
  const offices = mine ? ((await officesIn(ctx, [mine.id])).get(mine.id) ?? []) : [];
  const leads = mine && meets && offices.some((one) => one.retireeId === retireeId);
  return {
    retiree: whose,
    unit: { id: unit.id, name: unit.name, phone: unit.phone },
    group: mine
      ? {
          id: mine.id,
          n: mine.n,
          name: nameOf(mine, ctx.locale),
          people: people.length,
          offices: offices.map((one) => leadingOf(one, retireeId, shown)),
        }
      : null,
    members: mine && meets ? membersOf(people, [retireeId, ...offices.map((one) => one.retireeId)], shown) : null,
    agreed: meets ? await hasAgreed(ctx) : null,
    room: leads ? await hasRoom(ctx, mine.id) : null,
    asking: leads ? await askingFor(ctx, unit.id, mine.n) : [],
    near: own
      ? nearTo(
          ctx,
          own,
          standing.filter((group) => group !== mine),
          byGroup,
        )
      : [],
  };
}

const leadingOf = ({ office, name, retireeId }: Office, me: string, shown: ReadonlyMap<string, string | null>) => ({
  office,
  name,
  me: retireeId === me,
  phone: shown.get(retireeId) ?? null,
});

const membersOf = (people: readonly Resident[], aside: readonly string[], shown: ReadonlyMap<string, string | null>) =>
  lineUp(people)
    .filter(({ id }) => !aside.includes(id) && shown.has(id))
    .map(({ id, name }) => ({ name, phone: shown.get(id) ?? null }));

function nearTo(
  ctx: Ctx,
  own: Resident,
  others: readonly Group[],
  byGroup: ReadonlyMap<string | null, Resident[]>,
): MyGroup['near'] {
  return others
    .map((group) => {
      const people = byGroup.get(group.id) ?? [];
      return { group, size: people.length, areas: areasOf(people), near: neighboursBy(own, people) };
    })
    .toSorted((a, b) => nearerFirst(a.near, b.near) || a.group.n - b.group.n)
    .slice(0, MOST_NEAR)
    .map(({ group, size, areas }) => ({
      n: group.n,
      name: nameOf(group, ctx.locale),
      people: size,
      areas,
      room: size < groupSize.most,
    }));
}

/** Those who agreed, on an account of their own, with the phone that the registry has. */
async function agreedAmong(ctx: Ctx, people: readonly Resident[]): Promise<Map<string, string | null>> {
  const rows = await ctx.db
    .select({ id: retirees.id, phone: retirees.phone })
    .from(consents)
    .innerJoin(links, and(eq(links.accountId, consents.accountId), eq(links.relation, 'self'), isNull(links.revokedAt)))
    .innerJoin(retirees, eq(retirees.id, links.retireeId))
    .where(
      and(
        inArray(
          links.retireeId,
          people.map(({ id }) => id),
        ),
        eq(consents.purpose, PURPOSE),
        isNull(consents.withdrawnAt),
      ),
    );
  return new Map(rows.map(({ id, phone }) => [id, phone]));
}

async function hasAgreed(ctx: Ctx): Promise<boolean> {
  const { accountId } = ensurePerson(ctx.actor);
  return (await ctx.city.consents.given(ctx.db, accountId)).has(PURPOSE);
}
