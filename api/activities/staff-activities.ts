/** Activities as staff see them: those of a unit and of the units below, and one with its figures. */
import { and, desc, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import { activities, signUps } from '../../db/schema/activities.ts';
import { can, ensureCan, ensureCanSee } from '../access/can.ts';
import type { Ctx } from '../context.ts';
import { findActivity, unitOf } from './activity.ts';
import { photosFor } from './photos.ts';
import { activityLine, lineOf } from './view.ts';

export const staffList = z.object({
  activities: z.array(activityLine),
  /** Where the next page begins; null at the end. */
  next: z.string().nullable(),
  /** Whether the caller may publish for this unit. */
  mayHold: z.boolean(),
});
export type StaffList = z.infer<typeof staffList>;

export const staffView = activityLine.extend({
  /** The units below that it is for; null for everybody in the unit's care. */
  audienceIds: z.array(z.string()).nullable(),
  version: z.int(),
  details: z.string(),
  mapUrl: z.string().nullable(),
  directions: z.string(),
  bring: z.string(),
  companions: z.boolean(),
  contactName: z.string(),
  contactPhone: z.string(),
  opensAt: z.iso.datetime(),
  closesAt: z.iso.datetime(),
  cancelledWhy: z.string().nullable(),
  /** People, not seats: who has one, who is asked about one, who waits, who came. */
  people: z.object({ in: z.int(), offered: z.int(), waiting: z.int(), came: z.int() }),
  /** How those who were there say it was, on the average; and what they added, for those who hold it, without a name. */
  rating: z.object({ mean: z.number().nullable(), count: z.int(), words: z.array(z.string()) }),
  photos: z.array(z.uuid()),
  /** Whether the caller may change it, and see who signed up. */
  mayHold: z.boolean(),
});
export type StaffView = z.infer<typeof staffView>;

const PAGE = 20;

function readPlace(text: string | undefined): { at: string; id: string } | null {
  const [, at, id] = /^(\d{1,13})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(text ?? '') ?? [];
  const moment = new Date(Number(at));
  return id && !Number.isNaN(moment.getTime()) ? { at: moment.toISOString(), id } : null;
}

/** The last to begin first. @throws not-signed-in, not-allowed, not-found */
export async function listStaffActivities(ctx: Ctx, unitId: string, after?: string): Promise<StaffList> {
  const unit = unitOf(ctx, unitId);
  ensureCan(ctx.actor, 'activity.oversee', { unitPath: unit.path });
  const starts = sql`date_trunc('milliseconds', ${activities.startsAt})`;
  const place = readPlace(after);
  const rows = await ctx.db
    .select()
    .from(activities)
    .where(
      and(
        inArray(activities.unitId, ctx.city.units.within(unit.id)),
        place ? sql`(${starts}, ${activities.id}) < (${place.at}::timestamptz, ${place.id}::uuid)` : undefined,
      ),
    )
    .orderBy(desc(starts), desc(activities.id))
    .limit(PAGE + 1);
  const page = rows.slice(0, PAGE);
  const last = page.at(-1);
  return {
    activities: page.map((one) => lineOf(ctx, one)),
    next: rows.length > PAGE && last ? `${last.startsAt.getTime()}.${last.id}` : null,
    mayHold: can(ctx.actor, 'activity.hold', { unitId: unit.id }),
  };
}

/** @throws not-signed-in, not-found */
export async function readStaffActivity(ctx: Ctx, id: string): Promise<StaffView> {
  const activity = await findActivity(ctx, id);
  const unit = unitOf(ctx, activity.unitId);
  ensureCanSee(ctx.actor, 'activity.oversee', { unitPath: unit.path });
  const counted = (which: string) => sql<number>`count(*) filter (where ${sql.raw(which)})::int`;
  const [people] = await ctx.db
    .select({
      in: counted(`state = 'in'`),
      offered: counted(`state = 'offered'`),
      waiting: counted(`state = 'waiting'`),
      came: counted(`state in ('in', 'waiting') and checked_in_at is not null`),
    })
    .from(signUps)
    .where(eq(signUps.activityId, id));
  const mayHold = can(ctx.actor, 'activity.hold', { unitId: unit.id });
  const { version, details, mapUrl, directions, bring, companions, contactName, contactPhone } = activity;
  return {
    ...lineOf(ctx, activity),
    audienceIds: activity.audience,
    version,
    details,
    mapUrl,
    directions,
    bring,
    companions,
    contactName,
    contactPhone,
    opensAt: activity.opensAt.toISOString(),
    closesAt: activity.closesAt.toISOString(),
    cancelledWhy: activity.cancelledWhy,
    people: people ?? { in: 0, offered: 0, waiting: 0, came: 0 },
    rating: await ratingOf(ctx, id, mayHold),
    photos: await photosFor(ctx, activity, []),
    mayHold,
  };
}

const MOST_WORDS = 50;

async function ratingOf({ db }: Ctx, id: string, withWords: boolean): Promise<StaffView['rating']> {
  const [found] = await db
    .select({ mean: sql<number | null>`round(avg(stars), 1)::float`, count: sql<number>`count(stars)::int` })
    .from(signUps)
    .where(eq(signUps.activityId, id));
  const rows = withWords
    ? await db
        .select({ words: signUps.ratingWords })
        .from(signUps)
        .where(and(eq(signUps.activityId, id), isNotNull(signUps.ratingWords)))
        .orderBy(desc(signUps.n))
        .limit(MOST_WORDS)
    : [];
  return { mean: found?.mean ?? null, count: found?.count ?? 0, words: rows.flatMap(({ words }) => words ?? []) };
}
