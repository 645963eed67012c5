/**
 * Signing up for an activity. Who has a seat is decided by one conditional update of the activity's row, whose CHECK lets no more seats be
 * taken than there are, and a unique key lets nobody in twice. Whoever finds it full waits, in the order of a sequence.
 */
import { and, count, eq, lt, sql } from 'drizzle-orm';
import { z } from 'zod';
import { signUps, signUpStates } from '../../db/schema/activities.ts';
import { prepared, preparedSql } from '../../db/prepared.ts';
import { isActingFor } from '../access/actor.ts';
import { ensureCan, ensurePerson } from '../access/can.ts';
import { freshActor } from '../access/person.ts';
import type { Ctx } from '../context.ts';
import { once } from '../engine/once.ts';
import { notFound } from '../errors.ts';
import { sayMoment } from '../when.ts';
import { findActivity, unitOf, type Activity } from './activity.ts';
import { alreadySignedUp, noCompanions, outsideAudience, signUpClosed } from './errors.ts';
import { doorAt, nextReminder } from './rules.ts';
import { tell } from './tell.ts';

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
  /** Which one they are of those who wait, with everybody who waited before them; null for whoever has a seat. */
  line: z.int().nullable(),
});
export type SignedUp = z.infer<typeof signedUp>;

/** Somebody who could sign up; the row is held, so that nobody is signed up while they are reported dead. */
const living = preparedSql<{ unit_id: string }>(sql`
  select c.unit_id from retirees r join care c on c.retiree_id = r.id and c.until is null
   where r.id = ${sql.placeholder('retireeId')}::uuid and r.died_on is null for share of r`);

/** The seats, for whoever is meant and when sign-up is open, if there are enough and nobody waits for them already. */
const takeSeats = preparedSql<{ starts_at: string | Date }>(sql`
  update activities a set taken = a.taken + ${sql.placeholder('size')}::int
   where a.id = ${sql.placeholder('id')}::uuid and a.taken + ${sql.placeholder('size')}::int <= a.seats and a.state = 'published'
     and (a.companions or ${sql.placeholder('size')}::int = 1)
     and ${sql.placeholder('now')}::timestamptz >= a.opens_at and ${sql.placeholder('now')}::timestamptz < least(a.closes_at, a.starts_at)
     and a.unit_id = any(${sql.placeholder('path')}::text[])
     and not exists (select from sign_ups w where w.activity_id = a.id and w.state = 'waiting')
  returning a.starts_at`);

const before = prepared((db) =>
  db
    .select({ count: count() })
    .from(signUps)
    .where(
      and(
        eq(signUps.activityId, sql.placeholder('id')),
        eq(signUps.state, 'waiting'),
        lt(signUps.n, sql.placeholder('n')),
      ),
    ),
);

/** A seat became free between looking for one and waiting for one: the whole is done again. */
class SeatsBack extends Error {}
const MOST_TRIES = 5;

/**
 * Signs a retiree up, or puts them on the waiting list.
 * @throws not-signed-in, not-allowed, not-found, sign-up-outside, sign-up-not-yet and others of its kind, sign-up-twice, sign-up-no-companion
 */
export async function signUp(ctx: Ctx, activityId: string, wish: Wish): Promise<SignedUp> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await once(ctx, (inside) => signUpOnce(inside, activityId, wish));
    } catch (error) {
      if (!(error instanceof SeatsBack) || tries === MOST_TRIES) throw error;
    }
  }
}

async function signUpOnce(tx: Ctx, activityId: string, { retireeId, companion, needs }: Wish): Promise<SignedUp> {
  const ctx = { ...tx, actor: await freshActor(tx) };
  const { accountId } = ensurePerson(ctx.actor);
  ensureCan(ctx.actor, 'activity.sign-up', { retireeId });
  const [person] = await living(ctx.db, { retireeId });
  if (!person) throw notFound();
  const path = unitOf(ctx, person.unit_id).path.split('.');
  const size = companion ? 2 : 1;
  const now = ctx.clock();
  const [seat] = await takeSeats(ctx.db, { id: activityId, size, now: now.toISOString(), path: `{${path.join(',')}}` });
  if (!seat) await ensureMayWait(ctx, activityId, size, path);
  const [row] = await ctx.db
    .insert(signUps)
    .values({
      activityId,
      retireeId,
      accountId,
      state: seat ? 'in' : 'waiting',
      size,
      needs: needs.company || needs.slow ? needs : null,
      at: now,
      remindAt: seat ? nextReminder(new Date(seat.starts_at), now) : null,
    })
    .onConflictDoNothing()
    .returning();
  // Rolled back with the seat that was taken for it.
  if (!row) throw alreadySignedUp();
  if (isActingFor(ctx.actor, retireeId)) {
    const activity = await findActivity(ctx, activityId);
    await tell(ctx, 'signed-up', [{ activity, signUp: row }], { key: () => row.id, except: accountId });
  }
  const [ahead] = seat ? [] : await before(ctx.db, { id: activityId, n: row.n });
  return { id: row.id, activity: activityId, state: row.state, line: ahead ? ahead.count + 1 : null };
}

/**
 * Why there was no seat: that it is full is no reason to be sent away. The row is held until this transaction is over, so that nobody
 * frees a seat past somebody who is only about to wait.
 */
async function ensureMayWait(ctx: Ctx, activityId: string, size: number, path: readonly string[]): Promise<void> {
  const activity = await holdActivity(ctx, activityId);
  const now = ctx.clock();
  const door = doorAt(activity, now);
  const unit = unitOf(ctx, activity.unitId);
  if (!path.includes(activity.unitId)) throw outsideAudience(unit.name);
  if (door !== 'open') throw signUpClosed(door, sayMoment(activity.opensAt, ctx.locale));
  if (size === 2 && !activity.companions) throw noCompanions();
  const waits = await ctx.db
    .select({ n: signUps.n })
    .from(signUps)
    .where(and(eq(signUps.activityId, activityId), eq(signUps.state, 'waiting')))
    .limit(1);
  if (waits.length === 0 && activity.taken + size <= activity.seats) throw new SeatsBack();
}

const held = preparedSql<{ id: string }>(
  sql`select id from activities where id = ${sql.placeholder('id')}::uuid for share`,
);

/** @throws not-found */
async function holdActivity(ctx: Ctx, id: string): Promise<Activity> {
  if ((await held(ctx.db, { id })).length === 0) throw notFound();
  return findActivity(ctx, id);
}
