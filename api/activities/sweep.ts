/**
 * The clockwork of activities: offered seats whose time to confirm is over go to the next in line, whoever has a seat is reminded a day and
 * two hours before, and whoever was there is asked how it was. Rows with due times; a page is one transaction, and any number of workers may sweep at once.
 */
import { and, asc, eq, inArray, isNotNull, lte, sql } from 'drizzle-orm';
import { activities, signUps } from '../../db/schema/activities.ts';
import type { Ctx } from '../context.ts';
import { isQuiet } from '../delivery/quiet-hours.ts';
import { findActivity } from './activity.ts';
import { leave } from './leave.ts';
import { nextReminder } from './rules.ts';
import { tell } from './tell.ts';

const PAGE = 500;
const MOST_PAGES = 50;
/** Activities with overdue offers, in one go. */
const MOST_ACTIVITIES = 200;

/** @returns how many offers lapsed, how many people were reminded, and how many were asked how it was */
export async function sweepActivities(ctx: Ctx): Promise<{ lapsed: number; reminded: number; asked: number }> {
  const lapsed = await lapseOffers(ctx);
  if (isQuiet(ctx.clock())) return { lapsed, reminded: 0, asked: 0 };
  return { lapsed, reminded: await inPages(ctx, remindPage), asked: await inPages(ctx, askPage) };
}

/** Whoever did not confirm in time is out of the list and may sign up anew. Of what was called off nothing lapses: nobody is told twice. */
async function lapseOffers(ctx: Ctx): Promise<number> {
  const due = await ctx.db
    .selectDistinct({ id: signUps.activityId })
    .from(signUps)
    .innerJoin(activities, and(eq(activities.id, signUps.activityId), eq(activities.state, 'published')))
    .where(and(eq(signUps.state, 'offered'), lte(signUps.offeredUntil, ctx.clock())))
    .orderBy(asc(signUps.activityId))
    .limit(MOST_ACTIVITIES);
  let lapsed = 0;
  for (const { id } of due) lapsed += await ctx.db.transaction((tx) => lapseIn({ ...ctx, db: tx }, id));
  return lapsed;
}

async function lapseIn(ctx: Ctx, activityId: string): Promise<number> {
  const activity = await findActivity(ctx, activityId, 'lock');
  const over = await ctx.db
    .select()
    .from(signUps)
    .where(
      and(eq(signUps.activityId, activityId), eq(signUps.state, 'offered'), lte(signUps.offeredUntil, ctx.clock())),
    )
    .orderBy(asc(signUps.n))
    .for('update');
  if (over.length === 0 || activity.state !== 'published') return 0;
  await leave(ctx, activity, over, 'lapsed');
  await tell(
    ctx,
    'lapsed',
    over.map((signUp) => ({ activity, signUp: { ...signUp, offeredUntil: null } })),
    { key: ({ signUp }) => signUp.id },
  );
  return over.length;
}

async function inPages(ctx: Ctx, doPage: (inside: Ctx) => Promise<number>): Promise<number> {
  let done = 0;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const page = await ctx.db.transaction((tx) => doPage({ ...ctx, db: tx }));
    done += page;
    if (page < PAGE) break;
  }
  return done;
}

/** Each reminder is told in the transaction that sets the next one: never twice, and never not at all. */
async function remindPage(ctx: Ctx): Promise<number> {
  const now = ctx.clock();
  const due = await ctx.db
    .select({ signUp: signUps, activity: activities })
    .from(signUps)
    .innerJoin(activities, eq(activities.id, signUps.activityId))
    .where(and(isNotNull(signUps.remindAt), lte(signUps.remindAt, now)))
    .orderBy(asc(signUps.remindAt), asc(signUps.id))
    .limit(PAGE)
    .for('update', { of: signUps, skipLocked: true });
  if (due.length === 0) return 0;
  const nexts = due.map(({ signUp, activity }) => ({
    id: signUp.id,
    next: nextReminder(activity.startsAt, now)?.toISOString() ?? null,
  }));
  await ctx.db.execute(sql`
    update sign_ups s set remind_at = due.next
      from json_to_recordset(${JSON.stringify(nexts)}::text::json) as due(id uuid, next timestamptz) where s.id = due.id`);
  // A worker that stood still reminds late, but of nothing that has begun.
  const coming = due.filter(({ activity }) => activity.startsAt > now && activity.state === 'published');
  await tell(ctx, 'remind', coming, {
    key: ({ signUp }) => `${signUp.id}:${signUp.remindAt?.getTime() ?? 0}`,
  });
  return due.length;
}

/** Each is asked once: what is asked for again after the door took it back and put it in anew is the same question. */
async function askPage(ctx: Ctx): Promise<number> {
  const due = await ctx.db
    .select({ signUp: signUps, activity: activities })
    .from(signUps)
    .innerJoin(activities, eq(activities.id, signUps.activityId))
    .where(and(isNotNull(signUps.askAt), lte(signUps.askAt, ctx.clock())))
    .orderBy(asc(signUps.askAt), asc(signUps.id))
    .limit(PAGE)
    .for('update', { of: signUps, skipLocked: true });
  if (due.length === 0) return 0;
  const ids = due.map(({ signUp }) => signUp.id);
  await ctx.db.update(signUps).set({ askAt: null }).where(inArray(signUps.id, ids));
  await tell(ctx, 'rate', due, { key: ({ signUp }) => signUp.id });
  return due.length;
}
