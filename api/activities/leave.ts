/** Giving up a seat or a place in the waiting list, and confirming a seat that was offered. */
import { eq, inArray, sql } from 'drizzle-orm';
import { signUps, type SignUpState } from '../../db/schema/activities.ts';
import { isOwn } from '../access/actor.ts';
import { can, ensureCanSee } from '../access/can.ts';
import { freshActor } from '../access/person.ts';
import type { Ctx } from '../context.ts';
import { once } from '../engine/once.ts';
import { notFound } from '../errors.ts';
import { findActivity, type Activity, type SignUp } from './activity.ts';
import { noLongerSignedUp, signUpClosed, tooLateToCancel } from './errors.ts';
import { carePathOf } from './people.ts';
import { freeSeats, promote } from './promote.ts';
import { nextReminder } from './rules.ts';
import type { SignedUp } from './sign-up.ts';
import { tellActed } from './tell.ts';

export const isLive = (state: SignUpState): boolean => state === 'in' || state === 'offered' || state === 'waiting';

/** Runs a change of somebody's own sign-up once: the activity is locked first, then it. @throws not-signed-in, not-found */
export function changingOwn<Done>(
  ctx: Ctx,
  id: string,
  change: (inside: Ctx, activity: Activity, signUp: SignUp) => Promise<Done>,
): Promise<Done> {
  return once(ctx, async (tx) => {
    const inside = { ...tx, actor: await freshActor(tx) };
    const found = await findSignUp(inside, id);
    const activity = await findActivity(inside, found.activityId, 'lock');
    return change(inside, activity, await findSignUp(inside, id, 'lock'));
  });
}

/** The sign-up of somebody whom the caller may sign up, for their family or as staff. @throws not-signed-in, not-found */
async function findSignUp(ctx: Ctx, id: string, lock: 'lock' | 'read' = 'read'): Promise<SignUp> {
  const query = ctx.db.select().from(signUps).where(eq(signUps.id, id));
  const [found] = await (lock === 'lock' ? query.for('update') : query);
  if (!can(ctx.actor, 'activity.sign-up', { retireeId: found?.retireeId ?? '' }))
    ensureCanSee(ctx.actor, 'activity.sign-up-for', { carePath: await carePathOf(ctx, found?.retireeId) });
  if (!found) throw notFound();
  return found;
}

/**
 * Gives it up; the seat goes to whoever waits first. Twice is once.
 * @throws not-signed-in, not-found, sign-up-too-late
 */
export function giveUp(ctx: Ctx, id: string): Promise<SignedUp> {
  return changingOwn<SignedUp>(ctx, id, async (inside, activity, signUp) => {
    if (!isLive(signUp.state)) return { id, activity: activity.id, state: signUp.state, line: null };
    if (activity.startsAt <= inside.clock()) throw tooLateToCancel();
    await leave(inside, activity, [signUp], 'cancelled');
    if (!isOwn(inside.actor, signUp.retireeId))
      await tellActed(inside, 'given-up', { activity, signUp }, (await carePathOf(inside, signUp.retireeId)) ?? '');
    return { id, activity: activity.id, state: 'cancelled', line: null };
  });
}

/** Takes these out, and calls whoever is next. The activity is locked. */
export async function leave(
  ctx: Ctx,
  activity: Activity,
  gone: readonly SignUp[],
  state: 'cancelled' | 'lapsed' | 'stopped',
): Promise<void> {
  const ids = gone.map(({ id }) => id);
  await ctx.db.update(signUps).set({ state, offeredUntil: null, remindAt: null }).where(inArray(signUps.id, ids));
  await silence(ctx, gone);
  const held = gone.filter((one) => one.state !== 'waiting').reduce((sum, { size }) => sum + size, 0);
  // Also when nothing is freed: whoever left may have stood before others who fit where they did not.
  await promote(ctx, held > 0 ? await freeSeats(ctx, activity, held) : activity);
}

/** What waits to be sent about a seat they no longer have is not sent any more. */
async function silence({ db }: Ctx, gone: readonly SignUp[]): Promise<void> {
  const people = listOf(gone.map(({ retireeId }) => retireeId));
  await db.execute(sql`
    update messages m set state = 'replaced'
     where m.state = 'queued' and m.claimed_until is null and m.template like 'activity.%'
       and m.params ->> 'signUp' = any(${listOf(gone.map(({ id }) => id))}::text[])
       and (m.account_id in (select l.account_id from links l where l.retiree_id = any(${people}::uuid[]))
            or m.retiree_id = any(${people}::uuid[]))`);
}

const listOf = (ids: readonly string[]): string => `{${ids.join(',')}}`;

/**
 * Confirms a seat that was offered. Twice is once.
 * @throws not-signed-in, not-found, sign-up-gone, sign-up-cancelled, sign-up-running
 */
export function confirmSeat(ctx: Ctx, id: string): Promise<SignedUp> {
  return changingOwn<SignedUp>(ctx, id, async (inside, activity, signUp) => {
    const now = inside.clock();
    if (activity.state === 'cancelled') throw signUpClosed('cancelled');
    if (signUp.state === 'in') return { id, activity: activity.id, state: 'in', line: null };
    if (signUp.state !== 'offered' || (signUp.offeredUntil && signUp.offeredUntil <= now)) throw noLongerSignedUp();
    await inside.db
      .update(signUps)
      .set({ state: 'in', offeredUntil: null, remindAt: nextReminder(activity.startsAt, now) })
      .where(eq(signUps.id, id));
    return { id, activity: activity.id, state: 'in', line: null };
  });
}
