/**
 * What a group does (第十四条): visits, studying a policy together, activities, help. Whoever leads it notes it, or the community's
 * staff; members see what was done and when, the words only those who note, since a visit is somebody's story.
 */
import { and, asc, between, eq, isNull, inArray } from 'drizzle-orm';
import { z } from 'zod';
import {
  groupDoingKinds,
  groupDoings,
  groupLeaders,
  groupMembers,
  groups,
  type GroupDoing,
} from '../../db/schema/groups.ts';
import { can, ensureCanSee, ensurePerson } from '../access/can.ts';
import { freshActor } from '../access/person.ts';
import type { Ctx } from '../context.ts';
import { addDays, dayOf, firstOfNextMonth, type PlainDate } from '../dates.ts';
import { once } from '../engine/once.ts';
import { notFound } from '../errors.ts';
import { firstOf, type PlainMonth } from '../values/plain-month.ts';
import { doneInTheFuture } from './errors.ts';
import { nameOf, unitFor, type Group } from './group.ts';

const doing = z.object({
  id: z.uuid(),
  kind: z.enum(groupDoingKinds),
  day: z.iso.date(),
  /** How many took part, or were visited. */
  people: z.int(),
  /** For those who note. */
  words: z.string().nullable(),
});

export const groupMonth = z.object({
  group: z.object({ id: z.uuid(), name: z.string(), unit: z.object({ id: z.string(), name: z.string() }) }),
  month: z.string(),
  doings: z.array(doing),
  may: z.object({ note: z.boolean() }),
});
export type GroupMonth = z.infer<typeof groupMonth>;

/** More than a group does in a month. */
const MOST = 200;

/** @throws not-signed-in, not-found */
export async function readMonth(ctx: Ctx, groupId: string, month: PlainMonth): Promise<GroupMonth> {
  const group = await groupOf(ctx, groupId);
  const around = await aroundOf(ctx, group);
  ensureCanSee(ctx.actor, 'group.follow', around);
  const notes = can(ctx.actor, 'group.note', around);
  const first = firstOf(month);
  const rows = await ctx.db
    .select()
    .from(groupDoings)
    .where(
      and(eq(groupDoings.groupId, group.id), between(groupDoings.day, first, addDays(firstOfNextMonth(first), -1))),
    )
    .orderBy(asc(groupDoings.day), asc(groupDoings.id))
    .limit(MOST);
  const unit = unitFor(ctx, group.unitId);
  return {
    group: { id: group.id, name: nameOf(group, ctx.locale), unit: { id: unit.id, name: unit.name } },
    month,
    doings: rows.map(({ id, kind, day, people, words }) => ({ id, kind, day, people, words: notes ? words : null })),
    may: { note: notes },
  };
}

export interface Noting {
  kind: GroupDoing;
  day: PlainDate;
  people: number;
  words: string;
}

/** @throws not-signed-in, not-found, group-done-in-the-future */
export async function noteDoing(ctx: Ctx, groupId: string, noted: Noting): Promise<{ id: string }> {
  return once(ctx, async (tx) => {
    const inside = { ...tx, actor: await freshActor(tx) };
    const group = await groupOf(inside, groupId);
    ensureCanSee(inside.actor, 'group.note', await aroundOf(inside, group));
    if (noted.day > dayOf(inside.clock())) throw doneInTheFuture();
    const { accountId } = ensurePerson(inside.actor);
    const [row] = await inside.db
      .insert(groupDoings)
      .values({ groupId, ...noted, notedBy: accountId, at: inside.clock() })
      .returning({ id: groupDoings.id });
    return { id: row?.id ?? '' };
  });
}

/** What was noted by mistake is taken away again. @throws not-signed-in, not-found */
export async function removeDoing(ctx: Ctx, groupId: string, id: string): Promise<void> {
  await once(ctx, async (tx) => {
    const inside = { ...tx, actor: await freshActor(tx) };
    const group = await groupOf(inside, groupId);
    ensureCanSee(inside.actor, 'group.note', await aroundOf(inside, group));
    await inside.db.delete(groupDoings).where(and(eq(groupDoings.id, id), eq(groupDoings.groupId, groupId)));
    return null;
  });
}

/** A group that stands; for whoever may not see it there is none either. */
async function groupOf(ctx: Ctx, id: string): Promise<Group> {
  const [group] = await ctx.db
    .select()
    .from(groups)
    .where(and(eq(groups.id, id), isNull(groups.endedAt)));
  if (group) return group;
  ensurePerson(ctx.actor);
  throw notFound();
}

/** Who of those that the actor is linked to belong to the group, and who of them leads it or stands in. */
async function aroundOf(ctx: Ctx, group: Group): Promise<{ unitId: string; members: string[]; leaders: string[] }> {
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
