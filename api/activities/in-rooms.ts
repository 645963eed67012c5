/** What is said of activities in the Telegram groups of self-help groups: that there is one, what changed, and once a day before. */
import { asc, inArray, lte } from 'drizzle-orm';
import { activities } from '../../db/schema/activities.ts';
import type { Ctx } from '../context.ts';
import { momentWords, plain, type Part } from '../delivery/message.ts';
import { tellRooms, type RoomNews } from '../groups/rooms/tell-rooms.ts';
import type { Activity } from './activity.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** More than begin within a minute's worth. */
const MOST = 200;

/** A day before it starts; null when that is over. */
export function roomReminder(startsAt: Date, now: Date): Date | null {
  const at = new Date(startsAt.getTime() - DAY_MS);
  return at > now ? at : null;
}

/** Whom to ask is left out: a name and a number are not for a group's chat. */
export async function tellInRooms(
  ctx: Ctx,
  activity: Activity,
  template: RoomNews['template'],
  words: Record<string, Part> = {},
): Promise<void> {
  await tellRooms(ctx, newsOf(activity, template, words));
}

/** For each unit that it is for; a room of two of them is told once, by the key. */
const newsOf = (
  { id, version, unitId, audience, groupId, title, startsAt, place }: Activity,
  template: RoomNews['template'],
  words: Record<string, Part> = {},
): RoomNews[] =>
  (audience ?? [unitId]).map((each) => ({
    unitId: each,
    groupId,
    template,
    params: { title: plain(title), when: momentWords(startsAt), place: plain(place), ...words },
    page: `/a/${id}`,
    key: `${id}:${version}`,
  }));

/** Marked in the transaction that tells them. @returns how many activities were told of */
export async function remindRooms(ctx: Ctx): Promise<number> {
  return ctx.db.transaction(async (tx) => {
    const now = ctx.clock();
    const due = await tx
      .select()
      .from(activities)
      .where(lte(activities.roomsRemindAt, now))
      .orderBy(asc(activities.roomsRemindAt))
      .limit(MOST)
      .for('no key update', { skipLocked: true });
    if (due.length === 0) return 0;
    const ids = due.map(({ id }) => id);
    await tx.update(activities).set({ roomsRemindAt: null }).where(inArray(activities.id, ids));
    const coming = due.filter(({ state, startsAt }) => state === 'published' && startsAt > now);
    await tellRooms(
      { ...ctx, db: tx },
      coming.flatMap((activity) => newsOf(activity, 'remind')),
    );
    return coming.length;
  });
}
