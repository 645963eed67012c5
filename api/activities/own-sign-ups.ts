/** What the caller's people signed up for. */
import { and, asc, desc, eq, gt, inArray, lte, sql } from 'drizzle-orm';
import { z } from 'zod';
import { activities, signUps } from '../../db/schema/activities.ts';
import { ensurePerson } from '../access/can.ts';
import type { Ctx } from '../context.ts';
import { sayMoment } from '../when.ts';
import type { Activity, SignUp } from './activity.ts';
import { ownPeople } from './people.ts';
import { activityLine, lineOf, ownSignUp, type OwnSignUp } from './view.ts';

export const mine = z.object({
  /** What is to come, the next first; then what was, the last first. */
  coming: z.array(activityLine.extend({ person: z.object({ id: z.uuid(), name: z.string() }), signUp: ownSignUp })),
  past: z.array(activityLine.extend({ person: z.object({ id: z.uuid(), name: z.string() }), signUp: ownSignUp })),
});
export type Mine = z.infer<typeof mine>;

const MOST = 50;
const MOST_PAST = 10;
const live = ['in', 'offered', 'waiting'] as const;

/** Those of these retirees that stand: in all that are to come, in what was, or in one activity whenever it is. */
export async function liveSignUps(
  ctx: Ctx,
  retireeIds: readonly string[],
  when: 'coming' | 'past' | { activity: string } = 'coming',
): Promise<{ signUp: SignUp; activity: Activity; line: number | null }[]> {
  if (retireeIds.length === 0) return [];
  const now = ctx.clock();
  const line = sql<number | null>`case when ${signUps.state} = 'waiting' then (
    select count(*)::int from sign_ups w where w.activity_id = ${signUps.activityId} and w.state = 'waiting' and w.n <= ${signUps.n}) end`;
  return ctx.db
    .select({ signUp: signUps, activity: activities, line })
    .from(signUps)
    .innerJoin(activities, eq(activities.id, signUps.activityId))
    .where(
      and(
        inArray(signUps.retireeId, [...retireeIds]),
        inArray(signUps.state, [...live]),
        typeof when === 'object'
          ? eq(activities.id, when.activity)
          : when === 'coming'
            ? gt(activities.endsAt, now)
            : lte(activities.endsAt, now),
      ),
    )
    .orderBy(when === 'coming' ? asc(activities.startsAt) : desc(activities.startsAt), asc(signUps.n))
    .limit(when === 'coming' ? MOST : MOST_PAST);
}

export const signUpOf = ({ locale }: Ctx, one: SignUp, line: number | null): OwnSignUp => ({
  id: one.id,
  state: one.state,
  companion: one.size === 2,
  needs: one.needs ?? { company: false, slow: false },
  line,
  until: one.offeredUntil && sayMoment(one.offeredUntil, locale),
  checkedIn: one.checkedInAt !== null,
  stars: one.stars,
  words: one.ratingWords !== null,
});

/** @throws not-signed-in */
export async function listMine(ctx: Ctx): Promise<Mine> {
  ensurePerson(ctx.actor);
  const people = await ownPeople(ctx);
  const ids = people.map(({ id }) => id);
  const read = async (when: 'coming' | 'past') =>
    (await liveSignUps(ctx, ids, when)).map(({ signUp, activity, line }) => ({
      ...lineOf(ctx, activity),
      person: { id: signUp.retireeId, name: people.find(({ id }) => id === signUp.retireeId)?.name ?? '' },
      signUp: signUpOf(ctx, signUp, line),
    }));
  return { coming: await read('coming'), past: await read('past') };
}
