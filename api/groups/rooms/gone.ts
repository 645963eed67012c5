/** A room that is no more (deleted, or the bot was put out of it) is unlinked, and whoever leads the group hears it; one that moved is followed. */
import { and, eq, inArray, isNull } from 'drizzle-orm';
import { groupRooms, groups } from '../../../db/schema/groups.ts';
import { links } from '../../../db/schema/access.ts';
import type { Ctx } from '../../context.ts';
import { enqueue } from '../../delivery/outbox.ts';
import { calledIn } from '../tell.ts';
import { isLinked, leadersIn, roomKey, roomOf } from './room.ts';

/** By its row: what a message to it came to. `movedTo` is the id in Telegram under which it lives on. */
export async function roomGone(ctx: Ctx, roomId: string, movedTo: string | null): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const inside = { ...ctx, db: tx };
    if (movedTo) await follow(inside, roomId, movedTo);
    else await drop(inside, roomId);
  });
}

/** By its id in Telegram: what Telegram tells of it. */
export async function chatGone(ctx: Ctx, chat: string, movedTo: string | null): Promise<void> {
  const there = await roomOf(ctx, chat);
  if (there) await roomGone(ctx, there.room.id, movedTo);
}

const follow = ({ db }: Ctx, roomId: string, chat: string) =>
  db
    .update(groupRooms)
    .set({ key: roomKey(chat), address: chat, sendAt: null })
    .where(and(eq(groupRooms.id, roomId), isLinked));

/** Told once, however many messages find it out. */
async function drop(ctx: Ctx, roomId: string): Promise<void> {
  const [gone] = await ctx.db
    .update(groupRooms)
    .set({ unlinkedAt: ctx.clock() })
    .where(and(eq(groupRooms.id, roomId), isLinked))
    .returning({ groupId: groupRooms.groupId });
  if (!gone) return;
  const [group] = await ctx.db.select().from(groups).where(eq(groups.id, gone.groupId));
  const leaders = await leadersIn(ctx, gone.groupId);
  if (!group || leaders.length === 0) return;
  const ears = await ctx.db
    .selectDistinct({ accountId: links.accountId })
    .from(links)
    .where(and(inArray(links.retireeId, leaders), eq(links.relation, 'self'), isNull(links.revokedAt)));
  await enqueue(
    ctx,
    ears.map((to) => ({ to, form: 'notice', template: 'group.roomGone', params: calledIn(group), quiet: true })),
  );
}
