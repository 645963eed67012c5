/** The Telegram group of a self-help group: finding it. It is called a room here, since a group is something else. */
import { and, eq, isNull } from 'drizzle-orm';
import { groupLeaders, groupRooms, groups } from '../../../db/schema/groups.ts';
import { blindIndex } from '../../../db/vault.ts';
import { localeFor, type Locale } from '../../../locales/index.ts';
import type { Ctx } from '../../context.ts';
import type { Group } from '../group.ts';

export type Room = typeof groupRooms.$inferSelect;

/** How a room is found without being read. `chat` is its id in Telegram. */
export const roomKey = (chat: string): Buffer => blindIndex('login', `room:${chat}`);

export const isLinked = isNull(groupRooms.unlinkedAt);

/** The room of this chat, under its lock, with its group; null when it is linked to none. */
export async function roomOf(ctx: Ctx, chat: string): Promise<{ room: Room; group: Group } | null> {
  const [found] = await ctx.db
    .select({ room: groupRooms, group: groups })
    .from(groupRooms)
    .innerJoin(groups, eq(groups.id, groupRooms.groupId))
    .where(and(eq(groupRooms.key, roomKey(chat)), isLinked));
  return found ?? null;
}

/** Whether a group has a room. */
export async function hasRoom(ctx: Ctx, groupId: string): Promise<boolean> {
  const found = await ctx.db
    .select({ id: groupRooms.id })
    .from(groupRooms)
    .where(and(eq(groupRooms.groupId, groupId), isLinked));
  return found.length > 0;
}

/** Who leads a group and who stands in, as retirees. */
export async function leadersIn(ctx: Ctx, groupId: string): Promise<string[]> {
  const rows = await ctx.db
    .select({ retireeId: groupLeaders.retireeId })
    .from(groupLeaders)
    .where(and(eq(groupLeaders.groupId, groupId), isNull(groupLeaders.until)));
  return rows.map(({ retireeId }) => retireeId);
}

/** In which language a chat is spoken to: its own once it is linked, else the house's. */
export async function localeOf(ctx: Ctx, chat: string): Promise<Locale> {
  return localeFor((await roomOf(ctx, chat))?.room.locale);
}
