/** Activities that are to come for those whom the caller may look after, the nearest first; and one of them. */
import { and, arrayOverlaps, eq, gt, inArray, isNull, or, sql } from 'drizzle-orm';
import { z } from 'zod';
import { activities } from '../../db/schema/activities.ts';
import { hoursLines, unitHours } from '../access/me.ts';
import type { Ctx } from '../context.ts';
import { findActivity, unitOf, type Activity } from './activity.ts';
import { liveSignUps, signUpOf } from './own-sign-ups.ts';
import { ownPeople, type OwnPerson } from './people.ts';
import { photosFor } from './photos.ts';
import { clash, isFor, nearnessOf } from './rules.ts';
import { activityLine, lineOf, ownSignUp } from './view.ts';

export const activityList = z.object({
  activities: z.array(
    activityLine.extend({
      /** How they stand whom the caller signed up for it. */
      mine: z.array(ownSignUp.extend({ name: z.string() })),
    }),
  ),
  /** Where the next page begins; null at the end. */
  next: z.string().nullable(),
});
export type ActivityList = z.infer<typeof activityList>;

/** Something else at that time. */
export const clashing = z.object({ id: z.uuid(), title: z.string(), when: z.string() });

export const activityView = activityLine.extend({
  unit: z.object({
    id: z.string(),
    name: z.string(),
    phone: z.string().nullable(),
    hours: hoursLines.nullable(),
  }),
  details: z.string(),
  mapUrl: z.string().nullable(),
  directions: z.string(),
  bring: z.string(),
  companions: z.boolean(),
  contact: z.object({ name: z.string(), phone: z.string() }),
  /** Why it was called off. */
  cancelledWhy: z.string().nullable(),
  /** Photos of it, for those whom it was for and for staff. */
  photos: z.array(z.uuid()),
  people: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      own: z.boolean(),
      /** Whether the caller may sign them up. */
      may: z.boolean(),
      /** Whether the activity is for them. */
      meant: z.boolean(),
      signUp: ownSignUp.nullable(),
      /** What else they signed up for at that time. */
      clashes: z.array(clashing),
    }),
  ),
});
export type ActivityView = z.infer<typeof activityView>;

const PAGE = 20;

/** Where a page ends: how near, when it starts, which. */
function readPlace(text: string | undefined): { near: number; at: string; id: string } | null {
  const [, near, at, id] = /^(\d)\.(\d{1,13})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(text ?? '') ?? [];
  const moment = new Date(Number(at));
  return id && !Number.isNaN(moment.getTime()) ? { near: Number(near), at: moment.toISOString(), id } : null;
}

/** Of the own community first, then of the street, the district, the city; of one unit the next first. Guests see those of the city. */
export async function listActivities(ctx: Ctx, after?: string): Promise<ActivityList> {
  const people = await ownPeople(ctx);
  const { found, next } = await comingFor(ctx, people, after);
  const signed = await liveSignUps(
    ctx,
    people.map(({ id }) => id),
  );
  return {
    activities: found.map((activity) => ({
      ...lineOf(ctx, activity),
      mine: signed
        .filter((one) => one.activity.id === activity.id)
        .map(({ signUp, line }) => ({
          ...signUpOf(ctx, signUp, line),
          name: people.find(({ id }) => id === signUp.retireeId)?.name ?? '',
        })),
    })),
    next,
  };
}

/** What is to come for these people, the nearest first, page by page. */
export async function comingFor(
  ctx: Ctx,
  people: readonly OwnPerson[],
  after?: string,
): Promise<{ found: Activity[]; next: string | null }> {
  const city = ctx.city.units.children(null, 'city').map(({ id }) => [id]);
  const near = nearnessOf(people.length > 0 ? people.map(({ path }) => path) : city);
  const ranks = JSON.stringify([...near].map(([unit, rank]) => ({ unit, rank })));
  const rank = sql<number>`(select x.rank from json_to_recordset(${ranks}::text::json) as x(unit text, rank int) where x.unit = ${activities.unitId})`;
  // A moment of the database is finer than one of ours: it is cut before it is compared.
  const starts = sql`date_trunc('milliseconds', ${activities.startsAt})`;
  const place = readPlace(after);
  const rows = await ctx.db
    .select({ activity: activities, rank })
    .from(activities)
    .where(
      and(
        inArray(activities.unitId, [...near.keys()]),
        eq(activities.state, 'published'),
        or(isNull(activities.audience), arrayOverlaps(activities.audience, [...near.keys()])),
        or(
          isNull(activities.groupId),
          inArray(
            activities.groupId,
            people.flatMap(({ group }) => group ?? []),
          ),
        ),
        gt(activities.endsAt, ctx.clock()),
        place
          ? sql`(${rank}, ${starts}, ${activities.id}) > (${place.near}::int, ${place.at}::timestamptz, ${place.id}::uuid)`
          : undefined,
      ),
    )
    .orderBy(rank, starts, activities.id)
    .limit(PAGE + 1);
  const page = rows.slice(0, PAGE);
  const last = page.at(-1);
  return {
    found: page.map(({ activity }) => activity),
    next: rows.length > PAGE && last ? `${last.rank}.${last.activity.startsAt.getTime()}.${last.activity.id}` : null,
  };
}

/** One of them, for whoever has its address: it says nothing of anybody but the caller's own people. @throws not-found */
export async function readActivity(ctx: Ctx, id: string): Promise<ActivityView> {
  const activity = await findActivity(ctx, id);
  const unit = unitOf(ctx, activity.unitId);
  const people = await ownPeople(ctx);
  const ids = people.map((one) => one.id);
  const signed = await liveSignUps(ctx, ids);
  // In a rush everybody reads what is to come: only of what is over it is asked for apart.
  const there = activity.endsAt > ctx.clock() ? signed : await liveSignUps(ctx, ids, { activity: id });
  return {
    ...lineOf(ctx, activity),
    unit: { id: unit.id, name: unit.name, phone: unit.phone, hours: unitHours(ctx, unit) },
    details: activity.details,
    mapUrl: activity.mapUrl,
    directions: activity.directions,
    bring: activity.bring,
    companions: activity.companions,
    contact: { name: activity.contactName, phone: activity.contactPhone },
    cancelledWhy: activity.cancelledWhy,
    photos: await photosFor(ctx, activity, people),
    people: people.map(({ path, group, ...person }) => {
      const own = signed.filter(({ signUp }) => signUp.retireeId === person.id);
      const here = there.find(({ signUp }) => signUp.activityId === id && signUp.retireeId === person.id);
      return {
        ...person,
        meant: isFor(activity, { path, group }),
        signUp: here ? signUpOf(ctx, here.signUp, here.line) : null,
        clashes: clashesWith(ctx, activity, own),
      };
    }),
  };
}

/** What else somebody signed up for at that time. */
export function clashesWith(
  ctx: Ctx,
  activity: Activity,
  own: readonly { activity: Activity }[],
): z.infer<typeof clashing>[] {
  return own
    .filter(
      (one) => one.activity.id !== activity.id && one.activity.state === 'published' && clash(one.activity, activity),
    )
    .map((one) => {
      const { id, title, when } = lineOf(ctx, one.activity);
      return { id, title, when };
    });
}
