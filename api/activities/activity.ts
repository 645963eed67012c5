/** What the verbs about an activity share: finding it, locking it, and who may. */
import { eq, sql } from 'drizzle-orm';
import { preparedSql } from '../../db/prepared.ts';
import { activities, type signUps } from '../../db/schema/activities.ts';
import { say } from '../../locales/index.ts';
import { ensureCanSee } from '../access/can.ts';
import { freshActor } from '../access/person.ts';
import type { Ctx } from '../context.ts';
import { once } from '../engine/once.ts';
import { notFound } from '../errors.ts';
import type { Unit } from '../ports.ts';
import { activityChanged } from './errors.ts';
import type { Reach } from './rules.ts';

export type Activity = typeof activities.$inferSelect;
export type SignUp = typeof signUps.$inferSelect;

/** The unit that a request or a row names. @throws not-found */
export function unitOf({ city }: Ctx, id: string): Unit {
  const unit = city.units.get(id);
  if (!unit) throw notFound();
  return unit;
}

/** The names of the units whose retirees it is for: its own, or those below it that were chosen. */
export const audienceWords = (ctx: Ctx, { unitId, audience }: Reach): string =>
  (audience ?? [unitId]).map((id) => unitOf(ctx, id).name).join(say(ctx.locale, 'activities:and'));

/**
 * The activity, whoever asks. With `lock` nobody else takes or frees a seat, or comes to wait, before this transaction is over. Where
 * several rows are locked, the retiree comes first, then the activity, then the line of those who wait, then who signed up. Never the
 * line before the activity: whoever finds no seat still holds the activity's row when they come to wait.
 * @throws not-found
 */
export async function findActivity(ctx: Ctx, id: string, lock: 'lock' | 'read' = 'read'): Promise<Activity> {
  const query = ctx.db.select().from(activities).where(eq(activities.id, id));
  const [found] = await (lock === 'lock' ? query.for('no key update') : query);
  if (!found) throw notFound();
  if (lock === 'lock') await ctx.db.execute(sql`select pg_advisory_xact_lock(${LINE}, hashtext(${id}))`);
  return found;
}

/** Any number will do that no other lock of ours has. */
const LINE = 43_012_012;
const share = preparedSql<never>(
  sql`select pg_advisory_xact_lock_shared(${sql.raw(String(LINE))}, hashtext(${sql.placeholder('id')}::text))`,
);

/** Holds the seats of an activity as they are until this transaction is over, beside others who do the same: it writes nothing. */
export async function waitWithOthers({ db }: Ctx, id: string): Promise<void> {
  await share(db, { id });
}

/**
 * Runs a change of an activity by staff of its unit once, under its lock; `seen` is the version that they saw.
 * @throws not-signed-in, not-found, activity-changed
 */
export async function changing(
  ctx: Ctx,
  id: string,
  seen: number,
  change: (inside: Ctx, activity: Activity) => Promise<Activity>,
): Promise<{ version: number }> {
  return once(ctx, async (tx) => {
    const inside = { ...tx, actor: await freshActor(tx) };
    const activity = await findActivity(inside, id, 'lock');
    ensureCanSee(inside.actor, 'activity.hold', { unitId: activity.unitId });
    if (activity.version !== seen) throw activityChanged(activity.version);
    return { version: (await change(inside, activity)).version };
  });
}
