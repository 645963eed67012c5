/** Says something in the rooms of a unit's groups: what stands on public pages, and of nobody. By night it waits. */
import { and, eq, inArray, isNull } from 'drizzle-orm';
import { groupRooms, groups } from '../../../db/schema/groups.ts';
import type { Ctx } from '../../context.ts';
import type { Part } from '../../delivery/message.ts';
import { enqueue } from '../../delivery/outbox.ts';
import { isLinked } from './room.ts';

export interface RoomNews {
  /** Said in the rooms of this unit's groups and of those below. */
  unitId: string;
  /** In this group's only; null for all of them. */
  groupId: string | null;
  template: 'notice' | 'corrected' | 'activity' | 'changed' | 'cancelled' | 'remind';
  params: Record<string, Part>;
  /** The page that says more. */
  page: string;
  /** Says once: the same in the same room is never written twice. */
  key: string;
}

/** Every group of the city, and more. */
const MOST = 30_000;

/** One query for the rooms and one for the messages, however many of both. `ctx.db` is the causing transaction. */
export async function tellRooms(ctx: Ctx, news: readonly RoomNews[]): Promise<void> {
  if (news.length === 0) return;
  const units = new Map(news.map(({ unitId }) => [unitId, new Set(ctx.city.units.within(unitId))]));
  const rooms = await ctx.db
    .select({ id: groupRooms.id, groupId: groups.id, unitId: groups.unitId })
    .from(groupRooms)
    .innerJoin(groups, and(eq(groups.id, groupRooms.groupId), isNull(groups.endedAt)))
    .where(and(isLinked, inArray(groups.unitId, [...new Set([...units.values()].flatMap((all) => [...all]))])))
    .limit(MOST);
  await enqueue(
    ctx,
    news.flatMap(({ unitId, groupId, template, params, page, key }) =>
      rooms
        .filter((room) => units.get(unitId)?.has(room.unitId) && (groupId === null || groupId === room.groupId))
        .map((room) => ({
          to: { roomId: room.id },
          form: 'notice' as const,
          template: `room.${template}`,
          params: { ...params, page },
          onceKey: `room:${template}:${key}:${room.id}`,
          quiet: true,
        })),
    ),
  );
}
