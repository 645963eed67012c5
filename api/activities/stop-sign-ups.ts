/** A death ends what the retiree signed up for: the seats go to whoever waits. Undone, they stand where they stood, as far as seats are left. */
import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm';
import { activities, signUps } from '../../db/schema/activities.ts';
import type { Ctx } from '../context.ts';
import { defineEffect } from '../engine/effect.ts';
import { findActivity, type SignUp } from './activity.ts';
import { leave } from './leave.ts';
import { nextReminder } from './rules.ts';

interface Stopped {
  signUp: string;
  activity: string;
  /** Whether they had a seat, or one was held for them. */
  seated: boolean;
}

/** More than one person ever signs up for ahead of time. */
const MOST = 100;

export const stopSignUps = defineEffect<{ retireeId: string }, Stopped[]>({
  name: 'stop-sign-ups',
  async apply(ctx, { retireeId }) {
    const stopped: Stopped[] = [];
    // In the order of their ids, as everybody locks several activities.
    for (const activityId of await comingOf(ctx, retireeId)) {
      const activity = await findActivity(ctx, activityId, 'lock');
      const [one] = await ctx.db
        .select()
        .from(signUps)
        .where(
          and(
            eq(signUps.activityId, activityId),
            eq(signUps.retireeId, retireeId),
            inArray(signUps.state, ['in', 'offered', 'waiting']),
          ),
        )
        .for('update');
      if (!one) continue;
      await leave(ctx, activity, [one], 'stopped');
      stopped.push({ signUp: one.id, activity: activityId, seated: one.state !== 'waiting' });
    }
    return stopped;
  },
  async undo(ctx, stopped) {
    for (const one of stopped) await restore(ctx, one);
  },
});

/** Activities to come that they are signed up for. What has begun stays as it was: they may have been there. */
async function comingOf(ctx: Ctx, retireeId: string): Promise<string[]> {
  const rows = await ctx.db
    .select({ id: activities.id })
    .from(signUps)
    .innerJoin(activities, eq(activities.id, signUps.activityId))
    .where(
      and(
        eq(signUps.retireeId, retireeId),
        inArray(signUps.state, ['in', 'offered', 'waiting']),
        gt(activities.startsAt, ctx.clock()),
      ),
    )
    .orderBy(asc(activities.id))
    .limit(MOST);
  return rows.map(({ id }) => id);
}

/** Whoever had a seat has one again if it was not given away; if it was, they are the first who waits, as their number is the oldest. */
async function restore(ctx: Ctx, { signUp, activity: activityId, seated }: Stopped): Promise<void> {
  const activity = await findActivity(ctx, activityId, 'lock');
  const [row] = await ctx.db.select().from(signUps).where(eq(signUps.id, signUp)).for('update');
  if (row?.state !== 'stopped') return;
  const fits = seated && activity.taken + row.size <= activity.seats;
  if (fits)
    await ctx.db
      .update(activities)
      .set({ taken: sql`${activities.taken} + ${row.size}` })
      .where(eq(activities.id, activityId));
  const back: Partial<SignUp> = fits
    ? { state: 'in', remindAt: activity.state === 'published' ? nextReminder(activity.startsAt, ctx.clock()) : null }
    : { state: 'waiting' };
  await ctx.db.update(signUps).set(back).where(eq(signUps.id, signUp));
}
