/** Activities that are to come for those whom the caller may look after, the nearest first; and one of them. */
import { and, gt, inArray, sql, eq } from 'drizzle-orm';
import { z } from 'zod';
import { activities } from '../../db/schema/activities.ts';
import { hoursLines, unitHours } from '../access/me.ts';
import type { Ctx } from '../context.ts';
import { findActivity, unitOf } from './activity.ts';
import { liveSignUps, signUpOf } from './own-sign-ups.ts';
import { ownPeople } from './people.ts';
import { clash, nearnessOf } from './rules.ts';
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
      clashes: z.array(z.object({ id: z.uuid(), title: z.string(), when: z.string() })),
    }),
  ),
});
export type ActivityView = z.infer<typeof activityView>;

const PAGE = 20;

/** Where a page ends: how near, when it starts, which. */
function readPlace(text: string | undefined): { near: number; at: string; id: string } | null {
  const [, near, at, id] = /^(\d)\.(\d{1,15})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(text ?? '') ?? [];
  const moment = new Date(Number(at));
  return id && !Number.isNaN(moment.getTime()) ? { near: Number(near), at: moment.toISOString(), id } : null;
}

/** Of the own community first, then of the street, the district, the city; of one unit the next first. Guests see those of the city. */
export async function listActivities(ctx: Ctx, after?: string): Promise<ActivityList> {
  const people = await ownPeople(ctx);
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
  const signed = await liveSignUps(
    ctx,
    people.map(({ id }) => id),
  );
  return {
    activities: page.map(({ activity }) => ({
      ...lineOf(ctx, activity),
      mine: signed
        .filter((one) => one.activity.id === activity.id)
        .map(({ signUp, line }) => ({
          ...signUpOf(ctx, signUp, line),
          name: people.find(({ id }) => id === signUp.retireeId)?.name ?? '',
        })),
    })),
    next: rows.length > PAGE && last ? `${last.rank}.${last.activity.startsAt.getTime()}.${last.activity.id}` : null,
  };
}

/** One of them, for whoever has its address: it says nothing of anybody but the caller's own people. @throws not-found */
export async function readActivity(ctx: Ctx, id: string): Promise<ActivityView> {
  const activity = await findActivity(ctx, id);
  const unit = unitOf(ctx, activity.unitId);
  const people = await ownPeople(ctx);
  const signed = await liveSignUps(
    ctx,
    people.map((one) => one.id),
  );
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
    people: people.map(({ path, ...person }) => {
      const own = signed.filter(({ signUp }) => signUp.retireeId === person.id);
      const here = own.find((one) => one.activity.id === id);
      return {
        ...person,
        meant: path.includes(activity.unitId),
        signUp: here ? signUpOf(ctx, here.signUp, here.line) : null,
        clashes: own
          .filter(
            (one) => one.activity.id !== id && one.activity.state === 'published' && clash(one.activity, activity),
          )
          .map((one) => {
            const { title, when } = lineOf(ctx, one.activity);
            return { id: one.activity.id, title, when };
          }),
      };
    }),
  };
}
