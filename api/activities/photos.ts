/**
 * Photos of an activity, afterwards: everybody recognisable agreed, as whoever adds one confirms, and whoever asks has one taken down at
 * once. A picture is made anew, so that neither its place nor anything else hidden survives.
 */
import { asc, eq, sql } from 'drizzle-orm';
import { activityPhotos } from '../../db/schema/activities.ts';
import { can, ensureCanSee, ensurePerson } from '../access/can.ts';
import { freshActor } from '../access/person.ts';
import type { Ctx } from '../context.ts';
import { plain } from '../delivery/message.ts';
import { enqueue } from '../delivery/outbox.ts';
import { remakePicture } from '../engine/files.ts';
import { once } from '../engine/once.ts';
import { notFound } from '../errors.ts';
import { findActivity, unitOf, type Activity } from './activity.ts';
import { photosTooEarly, tooManyPhotos } from './errors.ts';
import { ownPeople, type OwnPerson } from './people.ts';
import { isFor, MOST_PHOTOS } from './rules.ts';

/** Nothing is received of whoever may not. @throws not-signed-in, not-found, activity-photos-early, too-many-files, not-a-picture and its kind */
export async function addPhoto(ctx: Ctx, id: string, receive: () => Promise<ArrayBuffer>): Promise<{ id: string }> {
  ensureMayAdd(ctx, await findActivity(ctx, id));
  const content = await remakePicture(Buffer.from(await receive()));
  return once(ctx, async (tx) => {
    const inside = { ...tx, actor: await freshActor(tx) };
    ensureMayAdd(inside, await findActivity(inside, id, 'lock'));
    const [count] = await inside.db
      .select({ n: sql<number>`count(*)::int` })
      .from(activityPhotos)
      .where(eq(activityPhotos.activityId, id));
    if ((count?.n ?? 0) >= MOST_PHOTOS) throw tooManyPhotos(MOST_PHOTOS);
    const { accountId } = ensurePerson(inside.actor);
    const [made] = await inside.db
      .insert(activityPhotos)
      .values({ activityId: id, content, addedBy: accountId, at: inside.clock() })
      .returning({ id: activityPhotos.id });
    return { id: made?.id ?? '' };
  });
}

function ensureMayAdd({ actor, clock }: Ctx, { unitId, startsAt, state }: Activity): void {
  ensureCanSee(actor, 'activity.hold', { unitId });
  if (state === 'cancelled' || startsAt > clock()) throw photosTooEarly();
}

/** The photos that the caller may see, in the order in which they were added. */
export async function photosFor(ctx: Ctx, activity: Activity, people: readonly OwnPerson[]): Promise<string[]> {
  if (activity.startsAt > ctx.clock() || !maySee(ctx, activity, people)) return [];
  const rows = await ctx.db
    .select({ id: activityPhotos.id })
    .from(activityPhotos)
    .where(eq(activityPhotos.activityId, activity.id))
    .orderBy(asc(activityPhotos.id))
    .limit(MOST_PHOTOS);
  return rows.map(({ id }) => id);
}

function maySee({ actor, city }: Ctx, activity: Activity, people: readonly OwnPerson[]): boolean {
  const meant = people.filter((person) => isFor(activity, person)).map(({ id }) => id);
  return can(actor, 'activity.see-photos', { unitPath: city.units.get(activity.unitId)?.path ?? '', meant });
}

/** @throws not-signed-in, not-found */
export async function readPhoto(ctx: Ctx, id: string): Promise<Buffer> {
  return (await findPhoto(ctx, id)).photo.content;
}

async function findPhoto(ctx: Ctx, id: string) {
  const [photo] = await ctx.db.select().from(activityPhotos).where(eq(activityPhotos.id, id));
  if (!photo) throw notFound();
  const activity = await findActivity(ctx, photo.activityId);
  if (!maySee(ctx, activity, await ownPeople(ctx))) throw notFound();
  return { photo, activity };
}

/**
 * Whoever may see it may ask for it to be taken down, without a reason: it is removed at once, and whoever added it is told, not by whom.
 * @throws not-signed-in, not-found
 */
export function takeDownPhoto(ctx: Ctx, id: string): Promise<void> {
  return once(ctx, async (tx) => {
    const inside = { ...tx, actor: await freshActor(tx) };
    const { accountId } = ensurePerson(inside.actor);
    const { photo, activity } = await findPhoto(inside, id);
    await inside.db.delete(activityPhotos).where(eq(activityPhotos.id, id));
    if (photo.addedBy === accountId) return;
    const params = {
      activity: activity.id,
      title: plain(activity.title),
      unit: plain(unitOf(inside, activity.unitId).name),
    };
    await enqueue(inside, [
      {
        to: { accountId: photo.addedBy },
        form: 'notice',
        template: 'activity.photo-down',
        params,
        onceKey: `activity:photo-down:${id}`,
        quiet: true,
      },
    ]);
  });
}
