/**
 * What a group does (第十四条): visits, studying a policy together, activities, help. Whoever leads it notes it, or the community's
 * staff; members see what was done and when, the words only those who note, since a visit is somebody's story.
 */
import { and, asc, between, eq } from 'drizzle-orm';
import { z } from 'zod';
import { groupDoingKinds, groupDoings, type GroupDoing } from '../../db/schema/groups.ts';
import { noticeRevisions, notices } from '../../db/schema/notices.ts';
import { can, ensureCanSee, ensurePerson } from '../access/can.ts';
import { freshActor } from '../access/person.ts';
import type { Ctx } from '../context.ts';
import { addDays, dayOf, firstOfNextMonth, type PlainDate } from '../dates.ts';
import { once } from '../engine/once.ts';
import { firstOf, type PlainMonth } from '../values/plain-month.ts';
import { aroundOf, groupOf } from './around.ts';
import { discussedAlready, doneInTheFuture, nothingToDiscuss } from './errors.ts';
import { nameOf, unitFor } from './group.ts';
import { isForGroup } from './to-discuss.ts';

const doing = z.object({
  id: z.uuid(),
  kind: z.enum(groupDoingKinds),
  day: z.iso.date(),
  /** How many took part, or were visited. */
  people: z.int(),
  /** The notice that was discussed. */
  notice: z.object({ id: z.uuid(), title: z.string() }).nullable(),
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
    .select({ doing: groupDoings, title: noticeRevisions.title })
    .from(groupDoings)
    .leftJoin(notices, eq(notices.id, groupDoings.noticeId))
    .leftJoin(noticeRevisions, and(eq(noticeRevisions.noticeId, notices.id), eq(noticeRevisions.n, notices.current)))
    .where(
      and(eq(groupDoings.groupId, group.id), between(groupDoings.day, first, addDays(firstOfNextMonth(first), -1))),
    )
    .orderBy(asc(groupDoings.day), asc(groupDoings.id))
    .limit(MOST);
  const unit = unitFor(ctx, group.unitId);
  return {
    group: { id: group.id, name: nameOf(group, ctx.locale), unit: { id: unit.id, name: unit.name } },
    month,
    doings: rows.map(({ doing: { id, kind, day, people, words, noticeId }, title }) => ({
      id,
      kind,
      day,
      people,
      notice: noticeId && title !== null ? { id: noticeId, title } : null,
      words: notes ? words : null,
    })),
    may: { note: notes },
  };
}

export interface Noting {
  kind: GroupDoing;
  day: PlainDate;
  people: number;
  words: string;
  /** The notice that was discussed; with `study` only, and once. */
  noticeId: string | null;
}

/** @throws not-signed-in, not-found, group-done-in-the-future, group-nothing-to-discuss, group-discussed-already */
export async function noteDoing(ctx: Ctx, groupId: string, noted: Noting): Promise<{ id: string }> {
  return once(ctx, async (tx) => {
    const inside = { ...tx, actor: await freshActor(tx) };
    const group = await groupOf(inside, groupId);
    ensureCanSee(inside.actor, 'group.note', await aroundOf(inside, group));
    if (noted.day > dayOf(inside.clock())) throw doneInTheFuture();
    if (noted.noticeId && !(noted.kind === 'study' && (await isForGroup(inside, group, noted.noticeId))))
      throw nothingToDiscuss();
    const { accountId } = ensurePerson(inside.actor);
    const [row] = await inside.db
      .insert(groupDoings)
      .values({ groupId, ...noted, notedBy: accountId, at: inside.clock() })
      .onConflictDoNothing()
      .returning({ id: groupDoings.id });
    if (!row) throw discussedAlready();
    return { id: row.id };
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
