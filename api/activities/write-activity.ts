/** Publishing an activity, changing it and calling it off. Everybody who signed up is told of what matters to them. */
import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { activities, signUps } from '../../db/schema/activities.ts';
import { ensureCan, ensurePerson } from '../access/can.ts';
import { freshActor } from '../access/person.ts';
import type { Ctx } from '../context.ts';
import { plain } from '../delivery/message.ts';
import { once } from '../engine/once.ts';
import { notFound } from '../errors.ts';
import { plainLines } from '../values/characters.ts';
import { changing, unitOf, type Activity } from './activity.ts';
import { roomReminder, tellInRooms } from './in-rooms.ts';
import { activityOver, activityTimes, notAMap, seatsTaken } from './errors.ts';
import { promote } from './promote.ts';
import { faultOfTimes, nextReminder } from './rules.ts';
import { tell, type Told } from './tell.ts';

export type Writing = Pick<
  Activity,
  | 'kind'
  | 'title'
  | 'details'
  | 'startsAt'
  | 'endsAt'
  | 'place'
  | 'mapUrl'
  | 'directions'
  | 'seats'
  | 'opensAt'
  | 'closesAt'
  | 'costFen'
  | 'bring'
  | 'walking'
  | 'companions'
  | 'contactName'
  | 'contactPhone'
  | 'audience'
>;

/** Publishes an activity of a unit. @throws not-signed-in, not-allowed, not-found, activity-time-past and its kind, activity-not-a-map */
export function publishActivity(ctx: Ctx, unitId: string, writing: Writing): Promise<{ id: string }> {
  return once(ctx, async (tx) => {
    const inside = { ...tx, actor: await freshActor(tx) };
    const unit = unitOf(inside, unitId);
    ensureCan(inside.actor, 'activity.hold', { unitId: unit.id });
    const { accountId } = ensurePerson(inside.actor);
    const fields = fit(inside, writing);
    ensureBelow(inside, unit.id, fields.audience);
    const [made] = await inside.db
      .insert(activities)
      .values({
        ...fields,
        unitId: unit.id,
        roomsRemindAt: roomReminder(fields.startsAt, inside.clock()),
        madeBy: accountId,
        madeAt: inside.clock(),
      })
      .returning();
    if (!made) throw new Error('An activity that was written is there.');
    await tellInRooms(inside, made, 'activity');
    return { id: made.id };
  });
}

/** What somebody who signed up must know before they come, beside the times. */
const matters = ['place', 'directions', 'costFen', 'bring', 'walking', 'contactPhone'] as const;

/**
 * Changes it. What matters to whoever comes (time, place, the way there, cost …) is told to everybody who signed up; more seats go to
 * those who wait. Whoever signed up before it was for fewer stays.
 * @throws not-signed-in, not-found, activity-changed, activity-over, activity-seats-taken, activity-time-past and its kind, activity-not-a-map
 */
export function changeActivity(ctx: Ctx, id: string, seen: number, writing: Writing): Promise<{ version: number }> {
  return changing(ctx, id, seen, async (inside, activity) => {
    ensureToCome(inside, activity);
    const fields = fit(inside, writing);
    ensureBelow(inside, activity.unitId, fields.audience);
    if (fields.seats < activity.taken) throw seatsTaken(activity.taken);
    const moved = fields.startsAt.getTime() !== activity.startsAt.getTime();
    const roomsRemindAt = moved ? roomReminder(fields.startsAt, inside.clock()) : activity.roomsRemindAt;
    const after = await save(inside, activity, { ...fields, roomsRemindAt });
    if (moved) await remindAnew(inside, after);
    const isOther = matters.some((field) => after[field] !== activity[field]);
    if (moved || after.endsAt.getTime() !== activity.endsAt.getTime() || isOther)
      await tellEverybody(inside, after, 'changed');
    if (isOther) await tellInRooms(inside, after, 'changed');
    await promote(inside, after);
    return after;
  });
}

/** Calls it off, and says why to everybody who signed up. @throws not-signed-in, not-found, activity-changed, activity-over */
export function callOff(ctx: Ctx, id: string, seen: number, why: string): Promise<{ version: number }> {
  return changing(ctx, id, seen, async (inside, activity) => {
    ensureToCome(inside, activity);
    return cancel(inside, activity, oneLine(why));
  });
}

/** Calls off what is locked and to come. */
export async function cancel(ctx: Ctx, activity: Activity, why: string): Promise<Activity> {
  const over = { cancelledAt: ctx.clock(), cancelledWhy: why, roomsRemindAt: null };
  const after = await save(ctx, activity, { state: 'cancelled', ...over });
  await ctx.db.update(signUps).set({ remindAt: null }).where(eq(signUps.activityId, activity.id));
  await tellEverybody(ctx, after, 'cancelled', { why });
  await tellInRooms(ctx, after, 'cancelled', { why: plain(why) });
  return after;
}

/** It is for units below its own only. @throws not-found */
function ensureBelow({ city }: Ctx, unitId: string, audience: readonly string[] | null): void {
  const below = new Set(city.units.within(unitId));
  if (audience?.some((id) => id === unitId || !below.has(id))) throw notFound();
}

function ensureToCome({ clock }: Ctx, { state, startsAt }: Activity): void {
  if (state === 'cancelled' || startsAt <= clock()) throw activityOver();
}

/** As it may be written now. @throws activity-time-past and its kind, activity-not-a-map */
export function fit({ clock }: Ctx, writing: Writing): Writing {
  const fault = faultOfTimes(writing, clock());
  if (fault) throw activityTimes(fault);
  if (writing.mapUrl !== null && URL.parse(writing.mapUrl)?.protocol !== 'https:') throw notAMap();
  return {
    ...writing,
    title: oneLine(writing.title),
    details: plainLines(writing.details),
    place: oneLine(writing.place),
    directions: plainLines(writing.directions),
    bring: oneLine(writing.bring),
    contactName: oneLine(writing.contactName),
  };
}

const oneLine = (text: string): string => plainLines(text).replace(/\s+/g, ' ');

async function save({ db }: Ctx, { id, version }: Activity, set: Partial<Activity>): Promise<Activity> {
  const [after] = await db
    .update(activities)
    .set({ ...set, version: version + 1 })
    .where(eq(activities.id, id))
    .returning();
  if (!after) throw new Error('An activity that is locked is there.');
  return after;
}

/** Whoever has a seat is reminded by the new time. Whoever is still asked about a seat answers before the activity begins. */
async function remindAnew(ctx: Ctx, { id, startsAt }: Activity): Promise<void> {
  const next = nextReminder(startsAt, ctx.clock());
  await ctx.db
    .update(signUps)
    .set({ remindAt: next })
    .where(and(eq(signUps.activityId, id), eq(signUps.state, 'in')));
  await ctx.db
    .update(signUps)
    .set({ offeredUntil: sql`least(${signUps.offeredUntil}, ${startsAt.toISOString()}::timestamptz)` })
    .where(and(eq(signUps.activityId, id), eq(signUps.state, 'offered')));
}

async function tellEverybody(
  ctx: Ctx,
  activity: Activity,
  what: Told,
  words: Record<string, string> = {},
): Promise<void> {
  const concerned = await ctx.db
    .select()
    .from(signUps)
    .where(and(eq(signUps.activityId, activity.id), inArray(signUps.state, ['in', 'offered', 'waiting'])))
    .orderBy(asc(signUps.n));
  await tell(
    ctx,
    what,
    concerned.map((signUp) => ({ activity, signUp })),
    { key: ({ signUp }) => `${signUp.id}:${activity.version}`, words },
  );
}
