/** How it was: whoever was checked in says it once, from one to five, and may add a few words once. */
import { and, eq, isNull } from 'drizzle-orm';
import { signUps } from '../../db/schema/activities.ts';
import { ensureCanSee } from '../access/can.ts';
import { freshActor } from '../access/person.ts';
import type { Ctx } from '../context.ts';
import { once } from '../engine/once.ts';
import { plainLines } from '../values/characters.ts';
import { findActivity, type SignUp } from './activity.ts';
import { notOverYet, ratedBefore, wasNotThere } from './errors.ts';

export const MOST_RATING_WORDS = 300;

/** @throws not-signed-in, not-found, rating-early, rating-not-there, rating-twice */
export function rateActivity(ctx: Ctx, id: string, stars: number): Promise<{ activity: string }> {
  return saying(ctx, id, async (inside, signUp) => {
    const activity = await findActivity(inside, signUp.activityId);
    if (activity.endsAt > inside.clock()) throw notOverYet();
    if (!signUp.checkedInAt) throw wasNotThere();
    if (signUp.stars !== null) throw ratedBefore();
    await inside.db.update(signUps).set({ stars, askAt: null }).where(eq(signUps.id, id));
  });
}

/** Words to a rating that was given. @throws not-signed-in, not-found, rating-not-there, rating-twice */
export function addRatingWords(ctx: Ctx, id: string, words: string): Promise<{ activity: string }> {
  return saying(ctx, id, async (inside, signUp) => {
    if (signUp.stars === null) throw wasNotThere();
    const said = await inside.db
      .update(signUps)
      .set({ ratingWords: plainLines(words) })
      .where(and(eq(signUps.id, id), isNull(signUps.ratingWords)))
      .returning({ id: signUps.id });
    if (said.length === 0) throw ratedBefore();
  });
}

/** Staff rate nothing: only the retiree, and whoever may apply for them. */
function saying(
  ctx: Ctx,
  id: string,
  say: (inside: Ctx, signUp: SignUp) => Promise<void>,
): Promise<{ activity: string }> {
  return once(ctx, async (tx) => {
    const inside = { ...tx, actor: await freshActor(tx) };
    const [signUp] = await inside.db.select().from(signUps).where(eq(signUps.id, id)).for('update');
    ensureCanSee(inside.actor, 'activity.sign-up', { retireeId: signUp?.retireeId ?? '' });
    await say(inside, signUp as SignUp);
    return { activity: signUp?.activityId ?? '' };
  });
}
