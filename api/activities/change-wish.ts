/** What somebody wants along with their seat, said after signing up: a companion, company, help with walking. */
import { and, eq, sql } from 'drizzle-orm';
import { activities, signUps } from '../../db/schema/activities.ts';
import type { Ctx } from '../context.ts';
import { sayMoment } from '../when.ts';
import type { Activity, SignUp } from './activity.ts';
import { noCompanions, noLongerSignedUp, noSecondSeat, signUpClosed } from './errors.ts';
import { changingOwn, isLive } from './leave.ts';
import { freeSeats, promote } from './promote.ts';
import { doorAt } from './rules.ts';

/** What is not named stays as it is. */
interface WishChange {
  companion?: boolean | undefined;
  company?: boolean | undefined;
  slow?: boolean | undefined;
}

/**
 * Until it begins; a companion only while one may sign up. The same twice is once.
 * @throws not-signed-in, not-found, sign-up-gone, sign-up-closed and others of its kind, sign-up-no-companion, sign-up-no-second-seat
 */
export function changeWish(ctx: Ctx, id: string, { companion, ...said }: WishChange): Promise<{ activity: string }> {
  return changingOwn(ctx, id, async (inside, activity, signUp) => {
    if (!isLive(signUp.state)) throw noLongerSignedUp();
    const door = doorAt(activity, inside.clock());
    if (door === 'running' || door === 'over' || door === 'cancelled') throw signUpClosed(door);
    const needs = {
      company: said.company ?? signUp.needs?.company ?? false,
      slow: said.slow ?? signUp.needs?.slow ?? false,
    };
    const size = companion === undefined ? signUp.size : companion ? 2 : 1;
    await inside.db
      .update(signUps)
      .set({ size, needs: needs.company || needs.slow ? needs : null })
      .where(eq(signUps.id, id));
    if (size > signUp.size) await bring(inside, activity, signUp);
    if (size < signUp.size) await comeAlone(inside, activity, signUp);
    return { activity: activity.id };
  });
}

/** A seat more, if one is free and nobody waits for it; whoever waits themself waits for two, where they stand. */
async function bring(ctx: Ctx, activity: Activity, { state }: SignUp): Promise<void> {
  const door = doorAt(activity, ctx.clock());
  if (door !== 'open') throw signUpClosed(door, sayMoment(activity.opensAt, ctx.locale));
  if (!activity.companions) throw noCompanions();
  if (activity.seats < 2) throw noSecondSeat();
  if (state === 'waiting') return;
  if (activity.taken >= activity.seats || (await isWaitedFor(ctx, activity))) throw noSecondSeat();
  await ctx.db
    .update(activities)
    .set({ taken: sql`${activities.taken} + 1` })
    .where(eq(activities.id, activity.id));
}

/** The companion's seat goes to whoever waits; whoever waits themself may fit now. */
async function comeAlone(ctx: Ctx, activity: Activity, { state }: SignUp): Promise<void> {
  await promote(ctx, state === 'waiting' ? activity : await freeSeats(ctx, activity, 1));
}

async function isWaitedFor({ db }: Ctx, { id }: Activity): Promise<boolean> {
  const [first] = await db
    .select({ id: signUps.id })
    .from(signUps)
    .where(and(eq(signUps.activityId, id), eq(signUps.state, 'waiting')))
    .limit(1);
  return first !== undefined;
}
