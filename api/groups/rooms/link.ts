/**
 * Whoever leads a group links it to a Telegram group, by a command there: Telegram says who sends it, and in which group. They unlink
 * it there or on the page, and so does the community.
 */
import { and, eq, inArray, isNull } from 'drizzle-orm';
import { groupLeaders, groupRooms, groups } from '../../../db/schema/groups.ts';
import type { Locale } from '../../../locales/index.ts';
import { can, ensureCanSee, ensurePerson } from '../../access/can.ts';
import { freshActor } from '../../access/person.ts';
import type { Ctx } from '../../context.ts';
import { once } from '../../engine/once.ts';
import { notFound } from '../../errors.ts';
import { aroundOf, groupOf } from '../around.ts';
import { leadsNoGroup, roomTaken } from '../errors.ts';
import { nameOf, unitFor, type Group } from '../group.ts';
import { isLinked, leadersIn, roomKey, roomOf } from './room.ts';

export interface Linked {
  /** What it is called, and its community. */
  group: string;
  unit: string;
  /** In which language the room is spoken to from now on. */
  locale: Locale;
}

/** In the language of whoever does it; done again, that changes. Another room that the group had is its no more. @throws not-signed-in, group-room-not-led, group-room-taken */
export async function linkRoom(ctx: Ctx, chat: string): Promise<Linked> {
  return once(ctx, async (tx) => {
    const inside = { ...tx, actor: await freshActor(tx) };
    const group = await ledBy(inside);
    const there = await roomOf(inside, chat);
    if (there && there.group.id !== group.id) throw roomTaken();
    if (there)
      await inside.db.update(groupRooms).set({ locale: inside.locale }).where(eq(groupRooms.id, there.room.id));
    else await write(inside, group, chat);
    return { group: nameOf(group, inside.locale), unit: unitFor(inside, group.unitId).name, locale: inside.locale };
  });
}

/** The group that the actor leads or stands in for, under its lock: nobody does for two. */
async function ledBy(ctx: Ctx): Promise<Group> {
  const { links } = ensurePerson(ctx.actor);
  const own = links.filter(({ relation }) => relation === 'self').map(({ retireeId }) => retireeId);
  if (own.length === 0) throw leadsNoGroup();
  const [found] = await ctx.db
    .select({ group: groups })
    .from(groups)
    .innerJoin(groupLeaders, and(eq(groupLeaders.groupId, groups.id), isNull(groupLeaders.until)))
    .where(and(inArray(groupLeaders.retireeId, own), isNull(groups.endedAt)))
    .limit(1)
    .for('update', { of: groups });
  if (!found || !can(ctx.actor, 'group.lead', { leaders: await leadersIn(ctx, found.group.id) })) throw leadsNoGroup();
  return found.group;
}

/** Two groups at once in one room: the key lets one of them. */
async function write(ctx: Ctx, group: Group, chat: string): Promise<void> {
  const { accountId } = ensurePerson(ctx.actor);
  const now = ctx.clock();
  await ctx.db
    .update(groupRooms)
    .set({ unlinkedAt: now })
    .where(and(eq(groupRooms.groupId, group.id), isLinked));
  const made = await ctx.db
    .insert(groupRooms)
    .values({
      groupId: group.id,
      key: roomKey(chat),
      address: chat,
      linkedBy: accountId,
      locale: ctx.locale,
      linkedAt: now,
    })
    .onConflictDoNothing()
    .returning({ id: groupRooms.id });
  if (made.length === 0) throw roomTaken();
}

/** On the page: whoever leads the group, and its community's staff. @throws not-signed-in, not-found */
export async function unlinkRoom(ctx: Ctx, groupId: string): Promise<void> {
  await once(ctx, async (tx) => {
    const inside = { ...tx, actor: await freshActor(tx) };
    const group = await groupOf(inside, groupId);
    ensureCanSee(inside.actor, 'group.note', await aroundOf(inside, group));
    await inside.db
      .update(groupRooms)
      .set({ unlinkedAt: inside.clock() })
      .where(and(eq(groupRooms.groupId, groupId), isLinked));
    return null;
  });
}

/** In the room itself. @throws not-signed-in, not-found */
export async function unlinkHere(ctx: Ctx, chat: string): Promise<void> {
  const there = await roomOf(ctx, chat);
  if (!there) throw notFound();
  await unlinkRoom(ctx, there.group.id);
}
