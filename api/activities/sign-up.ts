/**
 * Signing up for an activity. Who has a seat is decided by one conditional update of the activity's row, whose CHECK lets no more seats be
 * taken than there are, and a unique key lets nobody in twice. Whoever finds it full waits, in the order of a sequence.
 */
import { and, eq, inArray, sql, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import { signUps, signUpStates } from '../../db/schema/activities.ts';
import { preparedSql } from '../../db/prepared.ts';
import { isActingFor } from '../access/actor.ts';
import { ensureCan, ensureCanSee, ensurePerson } from '../access/can.ts';
import { freshActor } from '../access/person.ts';
import type { Ctx } from '../context.ts';
import { once } from '../engine/once.ts';
import { notFound } from '../errors.ts';
import { sayMoment } from '../when.ts';
import { audienceWords, findActivity, waitWithOthers } from './activity.ts';
import {
  alreadySignedUp,
  noCompanions,
  noSeatLeft,
  noSecondSeat,
  outsideAudience,
  outsideGroup,
  signUpClosed,
} from './errors.ts';
import { groupOf } from './people.ts';
import { doorAt, isReached, nextReminder } from './rules.ts';
import { tellActed } from './tell.ts';

export interface Wish {
  retireeId: string;
  /** Somebody comes along, who takes a seat as well. */
  companion: boolean;
  needs: { company: boolean; slow: boolean };
}

export const signedUp = z.object({
  id: z.uuid(),
  activity: z.uuid(),
  state: z.enum(signUpStates),
  /**
   * Which one they are of those who wait, for whoever signed somebody else up and is told nowhere else; as far as it is settled: whoever
   * taps within the same moment may still come before. One's own place stands on the activity: in a rush, counting the line for each of
   * two thousand took longer than everything else together.
   */
  line: z.int().nullable(),
});
export type SignedUp = z.infer<typeof signedUp>;

const given = {
  id: sql`${sql.placeholder('id')}::uuid`,
  retireeId: sql`${sql.placeholder('retireeId')}::uuid`,
  accountId: sql`${sql.placeholder('accountId')}::uuid`,
  size: sql`${sql.placeholder('size')}::int`,
  now: sql`${sql.placeholder('now')}::timestamptz`,
  atDoor: sql`${sql.placeholder('atDoor')}::boolean`,
};
/** Sign-up is open, and whoever comes along may. At the door staff let people in who never signed up, for as long as it lasts. */
const isOpen = sql`a.id = ${given.id} and a.state = 'published' and (a.companions or ${given.size} = 1)
  and ${given.now} >= a.opens_at and ${given.now} < case when ${given.atDoor} then a.ends_at else least(a.closes_at, a.starts_at) end`;
/** In the care of its unit or of one below; of those that it is for, where it is not for all of them. */
const reaches = (path: SQL) => sql`a.unit_id = any(string_to_array(${path}, '.'))
  and (a.audience is null or a.audience && string_to_array(${path}, '.'))`;
/** In whose group's own activity only its members take part. */
const isMeant = sql`(a.group_id is null or exists (
  select from group_members m where m.group_id = a.group_id and m.retiree_id = ${given.retireeId} and m.until is null))`;
const isWaitedFor = sql`exists (select from sign_ups w where w.activity_id = a.id and w.state = 'waiting')`;
/** Once it has begun nobody is called any more: a seat that is free then goes to whoever stands there. */
const isPassingOver = sql`${isWaitedFor} and not (${given.atDoor} and ${given.now} >= a.starts_at)`;

/**
 * Somebody living, and a seat for them: if the activity is for them, there are enough and nobody waits for them already. The retiree's row
 * is held, so that nobody is signed up while they are reported dead. No row when there is nobody.
 */
const takeSeats = preparedSql<{ path: string; starts_at: string | Date | null; sign_up: string | null }>(sql`
  with person as materialized (
         select u.path from retirees r join care c on c.retiree_id = r.id and c.until is null join units u on u.id = c.unit_id
          where r.id = ${given.retireeId} and r.died_on is null for share of r),
       seats as (
         update activities a set taken = a.taken + ${given.size} from person p
          where ${isOpen} and ${reaches(sql`p.path`)} and ${isMeant} and a.taken + ${given.size} <= a.seats and not (${isPassingOver})
          returning a.id, a.starts_at),
       made as (
         insert into sign_ups (activity_id, retiree_id, account_id, state, size, at)
         select s.id, ${given.retireeId}, ${given.accountId}, 'in', ${given.size}, ${given.now} from seats s
         on conflict do nothing returning id)
  select person.path, seats.starts_at, made.id as sign_up from person left join seats on true left join made on true`);

/** A place in the line of what is full. Asked behind the lock, so that nobody frees a seat past somebody who is only about to wait. */
const takePlace = preparedSql<{ id: string; n: number }>(sql`
  insert into sign_ups (activity_id, retiree_id, account_id, state, size, at)
  select a.id, ${given.retireeId}, ${given.accountId}, 'waiting', ${given.size}, ${given.now} from activities a
   where ${isOpen} and ${reaches(sql`${sql.placeholder('path')}::text`)} and ${isMeant}
     and ${given.size} <= a.seats and (a.taken + ${given.size} > a.seats or ${isWaitedFor})
  on conflict do nothing
  returning id, n`);

const before = preparedSql<{ count: number }>(sql`
  select count(*)::int from sign_ups w
   where w.activity_id = ${given.id} and w.state = 'waiting' and w.n < ${sql.placeholder('n')}::bigint`);

/** A seat became free between looking for one and waiting for one: the whole is done again. */
class SeatsBack extends Error {}
const MOST_TRIES = 5;

/**
 * Signs a retiree up, or puts them on the waiting list.
 * @throws not-signed-in, not-allowed, not-found, sign-up-outside, sign-up-not-yet and others of its kind, sign-up-twice, sign-up-no-companion
 */
export function signUp(ctx: Ctx, activityId: string, wish: Wish): Promise<SignedUp> {
  return untilSeated(ctx, activityId, wish, 'own');
}

/**
 * Staff sign up somebody in their care who has no phone, at the counter; and at the door until it is over, as long as a seat is free.
 * @throws as `signUp` does, and sign-up-full
 */
export function signUpFor(ctx: Ctx, activityId: string, wish: Wish): Promise<SignedUp> {
  return untilSeated(ctx, activityId, wish, 'staff');
}

type By = 'own' | 'staff';

async function untilSeated(ctx: Ctx, activityId: string, wish: Wish, by: By): Promise<SignedUp> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await once(ctx, (inside) => signUpOnce(inside, activityId, wish, by));
    } catch (error) {
      if (!(error instanceof SeatsBack) || tries === MOST_TRIES) throw error;
    }
  }
}

async function signUpOnce(
  tx: Ctx,
  activityId: string,
  { retireeId, companion, needs }: Wish,
  by: By,
): Promise<SignedUp> {
  const { accountId } = ensurePerson(tx.actor);
  if (by === 'own') ensureCan(tx.actor, 'activity.sign-up', { retireeId });
  const now = tx.clock();
  const wanted = {
    id: activityId,
    retireeId,
    accountId,
    size: companion ? 2 : 1,
    now: now.toISOString(),
    atDoor: by === 'staff',
  };
  // Sent together: in a rush every way to the database and back counts. Whoever may not after all takes nothing: it is rolled back.
  const [actor, [found]] = await Promise.all([freshActor(tx), takeSeats(tx.db, wanted)]);
  const ctx = { ...tx, actor };
  if (by === 'own') ensureCan(actor, 'activity.sign-up', { retireeId });
  if (!found) throw notFound();
  if (by === 'staff') ensureCanSee(actor, 'activity.sign-up-for', { carePath: found.path });
  const place = found.starts_at ? null : await joinLine(ctx, wanted, found.path);
  const id = place ? place.id : found.sign_up;
  // With the seat that was taken for it.
  if (!id) throw alreadySignedUp();
  const remindAt = found.starts_at ? nextReminder(new Date(found.starts_at), now) : null;
  const needed = needs.company || needs.slow ? needs : null;
  if (remindAt || needed) await ctx.db.update(signUps).set({ remindAt, needs: needed }).where(eq(signUps.id, id));
  const isForAnother = isActingFor(actor, retireeId) || by === 'staff';
  const [front] = isForAnother && place ? await before(ctx.db, { id: activityId, n: place.n }) : [];
  const line = front ? front.count + 1 : null;
  if (isForAnother) {
    const activity = await findActivity(ctx, activityId);
    const told = { activity, signUp: { id, retireeId, accountId, offeredUntil: null }, line };
    await tellActed(ctx, place ? 'lined-up' : 'signed-up', told, found.path);
  }
  return { id, activity: activityId, state: place ? 'waiting' : 'in', line };
}

type Wanted = { id: string; retireeId: string; accountId: string; size: number; now: string; atDoor: boolean };

/** @throws why there is neither a seat nor a place in the line */
async function joinLine(ctx: Ctx, wanted: Wanted, path: string): Promise<{ id: string; n: number }> {
  // Those who come to wait do not hinder each other.
  const [, [place]] = await Promise.all([
    waitWithOthers(ctx, wanted.id),
    takePlace(ctx.db, { ...wanted, path, atDoor: false }),
  ]);
  if (place) return place;
  const activity = await findActivity(ctx, wanted.id);
  const door = doorAt(activity, ctx.clock());
  if (!isReached(activity, path.split('.'))) throw outsideAudience(audienceWords(ctx, activity));
  if (activity.groupId !== null && (await groupOf(ctx, wanted.retireeId)) !== activity.groupId) throw outsideGroup();
  if (wanted.atDoor && (door === 'closed' || door === 'running')) {
    if (await isIn(ctx, wanted)) throw alreadySignedUp();
    throw noSeatLeft();
  }
  if (door !== 'open') throw signUpClosed(door, sayMoment(activity.opensAt, ctx.locale));
  if (wanted.size === 2 && !activity.companions) throw noCompanions();
  if (wanted.size > activity.seats) throw noSecondSeat();
  throw (await isIn(ctx, wanted)) ? alreadySignedUp() : new SeatsBack();
}

async function isIn(ctx: Ctx, wanted: Wanted): Promise<boolean> {
  const [own] = await ctx.db
    .select({ id: signUps.id })
    .from(signUps)
    .where(
      and(
        eq(signUps.activityId, wanted.id),
        eq(signUps.retireeId, wanted.retireeId),
        inArray(signUps.state, ['in', 'offered', 'waiting']),
      ),
    );
  return own !== undefined;
}
