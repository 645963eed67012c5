/** Seats that became free go to those who wait, strictly in their order: each holds theirs for a time, and confirms it. */
import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { activities, signUps } from '../../db/schema/activities.ts';
import type { Ctx } from '../context.ts';
import type { Activity, SignUp } from './activity.ts';
import { howManyFit, nextReminder, offerUntil } from './rules.ts';
import { tell } from './tell.ts';

/** More seats than this are not given away in one go; the clockwork goes on within a minute. */
const MOST = 500;

/** Gives back the seats of one who leaves. `activity` is locked; what it is afterwards is returned. */
export async function freeSeats({ db }: Ctx, activity: Activity, seats: number): Promise<Activity> {
  const [after] = await db
    .update(activities)
    .set({ taken: sql`${activities.taken} - ${seats}` })
    .where(eq(activities.id, activity.id))
    .returning();
  return after ?? activity;
}

/**
 * Offers free seats to whoever waits first. The activity is locked by the caller's transaction. Once it has begun, nobody is called
 * any more.
 */
export async function promote(ctx: Ctx, activity: Activity): Promise<void> {
  const now = ctx.clock();
  const free = activity.seats - activity.taken;
  if (free <= 0 || activity.state !== 'published' || activity.startsAt <= now) return;
  const waiting = await ctx.db
    .select()
    .from(signUps)
    .where(and(eq(signUps.activityId, activity.id), eq(signUps.state, 'waiting')))
    .orderBy(asc(signUps.n))
    .limit(Math.min(free, MOST));
  const sizes = waiting.map(({ size }) => size);
  const next = waiting.slice(0, howManyFit(sizes, free));
  if (next.length === 0) return;
  const until = offerUntil(activity.startsAt, now);
  const ids = next.map(({ id }) => id);
  const offered: Partial<SignUp> = until
    ? { state: 'offered', offeredUntil: until }
    : { state: 'in', remindAt: nextReminder(activity.startsAt, now) };
  await ctx.db.update(signUps).set(offered).where(inArray(signUps.id, ids));
  await ctx.db
    .update(activities)
    .set({ taken: sql`${activities.taken} + ${next.reduce((sum, { size }) => sum + size, 0)}` })
    .where(eq(activities.id, activity.id));
  const told = next.map((one) => ({ activity, signUp: { ...one, offeredUntil: until } }));
  // Whoever gave a seat up, waited again and is called again is told again: it is another sign-up. After a death was undone it is the same.
  await tell(ctx, until ? 'offered' : 'seated', told, { key: ({ signUp }) => `${signUp.id}:${now.getTime()}` });
}
