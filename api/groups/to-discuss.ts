/** What a group may study together: notices to everyone of its community or of an office above, as long as they are in force. */
import { and, desc, eq, gte, inArray, isNull, or, sql, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import { groupDoings } from '../../db/schema/groups.ts';
import { noticeRevisions, notices } from '../../db/schema/notices.ts';
import { ensureCanSee } from '../access/can.ts';
import type { Ctx } from '../context.ts';
import { dayOf } from '../dates.ts';
import { aroundOf, groupOf } from './around.ts';
import { unitFor, type Group } from './group.ts';

export const toDiscuss = z.array(z.object({ id: z.uuid(), title: z.string(), unit: z.string() }));

/** The newest; older ones nobody discusses. */
const MOST = 30;

/** Of those, what the group has not marked yet, for whoever may mark it. @throws not-signed-in, not-found */
export async function listToDiscuss(ctx: Ctx, groupId: string): Promise<z.infer<typeof toDiscuss>> {
  const group = await groupOf(ctx, groupId);
  ensureCanSee(ctx.actor, 'group.note', await aroundOf(ctx, group));
  const rows = await ctx.db
    .select({ id: notices.id, title: noticeRevisions.title, unitId: notices.unitId })
    .from(notices)
    .innerJoin(noticeRevisions, and(eq(noticeRevisions.noticeId, notices.id), eq(noticeRevisions.n, notices.current)))
    .where(
      and(
        forGroup(ctx, group),
        or(isNull(notices.inForceUntil), gte(notices.inForceUntil, dayOf(ctx.clock()))),
        sql`not exists (select from ${groupDoings} d where d.notice_id = ${notices.id} and d.group_id = ${groupId})`,
      ),
    )
    .orderBy(desc(notices.publishedAt))
    .limit(MOST);
  return rows.map(({ id, title, unitId }) => ({ id, title, unit: unitFor(ctx, unitId).name }));
}

/** Whether the group may discuss this notice: what is for some only is named in no group's page. */
export async function isForGroup(ctx: Ctx, group: Group, noticeId: string): Promise<boolean> {
  const found = await ctx.db
    .select({ id: notices.id })
    .from(notices)
    .where(and(eq(notices.id, noticeId), forGroup(ctx, group)))
    .limit(1);
  return found.length > 0;
}

/** A path names every unit from the city down. */
const forGroup = (ctx: Ctx, { unitId }: Group): SQL | undefined =>
  and(
    inArray(notices.unitId, unitFor(ctx, unitId).path.split('.')),
    eq(notices.state, 'published'),
    eq(notices.isPublic, true),
  );
