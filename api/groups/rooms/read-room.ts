/** What a command in a room asks for: the notices and activities of its community that anybody there may read. */
import { and, arrayOverlaps, asc, desc, eq, gt, gte, inArray, isNull, or } from 'drizzle-orm';
import { z } from 'zod';
import { activities } from '../../../db/schema/activities.ts';
import { noticeRevisions, notices } from '../../../db/schema/notices.ts';
import { localeFor } from '../../../locales/index.ts';
import type { Ctx } from '../../context.ts';
import { dayOf } from '../../dates.ts';
import { notFound } from '../../errors.ts';
import { sayMoment } from '../../when.ts';
import { nameOf, unitFor } from '../group.ts';
import { roomOf } from './room.ts';

export const roomTopics = ['notices', 'activities'] as const;

export const roomView = z.object({
  unit: z.object({ name: z.string(), phone: z.string().nullable() }),
  group: z.string(),
  lines: z.array(
    z.object({ title: z.string(), when: z.string().nullable(), place: z.string().nullable(), page: z.string() }),
  ),
});
export type RoomView = z.infer<typeof roomView>;

/** As many as are read in a chat. */
const MOST = 5;

/** @throws not-found for a chat that is linked to no group */
export async function readRoom(ctx: Ctx, chat: string, topic: (typeof roomTopics)[number]): Promise<RoomView> {
  const there = await roomOf(ctx, chat);
  if (!there) throw notFound();
  const unit = unitFor(ctx, there.group.unitId);
  const units = unit.path.split('.');
  const inItsWords = { ...ctx, locale: localeFor(there.room.locale) };
  return {
    unit: { name: unit.name, phone: unit.phone },
    group: nameOf(there.group, inItsWords.locale),
    lines: topic === 'notices' ? await noticesOf(ctx, units) : await activitiesOf(inItsWords, units, there.group.id),
  };
}

async function noticesOf(ctx: Ctx, units: string[]): Promise<RoomView['lines']> {
  const rows = await ctx.db
    .select({ id: notices.id, title: noticeRevisions.title })
    .from(notices)
    .innerJoin(noticeRevisions, and(eq(noticeRevisions.noticeId, notices.id), eq(noticeRevisions.n, notices.current)))
    .where(
      and(
        inArray(notices.unitId, units),
        eq(notices.state, 'published'),
        eq(notices.isPublic, true),
        or(isNull(notices.inForceUntil), gte(notices.inForceUntil, dayOf(ctx.clock()))),
      ),
    )
    .orderBy(desc(notices.publishedAt))
    .limit(MOST);
  return rows.map(({ id, title }) => ({ title, when: null, place: null, page: `/n/${id}` }));
}

async function activitiesOf(ctx: Ctx, units: string[], groupId: string): Promise<RoomView['lines']> {
  const rows = await ctx.db
    .select({ id: activities.id, title: activities.title, startsAt: activities.startsAt, place: activities.place })
    .from(activities)
    .where(
      and(
        inArray(activities.unitId, units),
        or(isNull(activities.audience), arrayOverlaps(activities.audience, units)),
        or(isNull(activities.groupId), eq(activities.groupId, groupId)),
        eq(activities.state, 'published'),
        gt(activities.startsAt, ctx.clock()),
      ),
    )
    .orderBy(asc(activities.startsAt))
    .limit(MOST);
  return rows.map(({ id, title, startsAt, place }) => ({
    title,
    when: sayMoment(startsAt, ctx.locale),
    place,
    page: `/a/${id}`,
  }));
}
