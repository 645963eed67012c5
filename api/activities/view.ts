/** An activity as it is shown, in lists and whole. */
import { z } from 'zod';
import { activityKinds, signUpStates, walkings } from '../../db/schema/activities.ts';
import type { Ctx } from '../context.ts';
import { sayMoment, sayWhen } from '../when.ts';
import { audienceWords, unitOf, type Activity } from './activity.ts';
import { doorAt } from './rules.ts';

const doors = ['open', 'not-yet', 'closed', 'running', 'over', 'cancelled'] as const;

export const activityLine = z.object({
  id: z.uuid(),
  kind: z.enum(activityKinds),
  title: z.string(),
  unit: z.object({ id: z.string(), name: z.string() }),
  startsAt: z.iso.datetime(),
  endsAt: z.iso.datetime(),
  /** Of a self-help group, for its members only. */
  ofGroup: z.boolean(),
  /** Whose retirees it is for: the unit's, or those of some units below it. */
  audience: z.string(),
  /** From when to when, in words. */
  when: z.string(),
  place: z.string(),
  costFen: z.int(),
  walking: z.enum(walkings),
  seats: z.int(),
  /** Seats that are free. Whoever waits already comes first. */
  left: z.int(),
  /** Whether one may sign up now, or why not. */
  door: z.enum(doors),
  /** When sign-up opens and closes, in words. */
  opens: z.string(),
  closes: z.string(),
});
export type ActivityLine = z.infer<typeof activityLine>;

export function lineOf(ctx: Ctx, activity: Activity): ActivityLine {
  const { id, kind, title, place, costFen, walking, seats, taken, startsAt, endsAt } = activity;
  const unit = unitOf(ctx, activity.unitId);
  return {
    id,
    kind,
    title,
    unit: { id: unit.id, name: unit.name },
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    ofGroup: activity.groupId !== null,
    audience: audienceWords(ctx, activity),
    when: sayWhen(activity, ctx.locale),
    place,
    costFen,
    walking,
    seats,
    left: seats - taken,
    door: doorAt(activity, ctx.clock()),
    opens: sayMoment(activity.opensAt, ctx.locale),
    closes: sayMoment(activity.closesAt, ctx.locale),
  };
}

export const ownSignUp = z.object({
  id: z.uuid(),
  state: z.enum(signUpStates),
  /** With somebody who comes along. */
  companion: z.boolean(),
  needs: z.object({ company: z.boolean(), slow: z.boolean() }),
  /** Which one they are of those who wait. */
  line: z.int().nullable(),
  /** Until when an offered seat is held for them, in words. */
  until: z.string().nullable(),
  checkedIn: z.boolean(),
  /** How they said it was, from one to five; and whether they added words. */
  stars: z.int().nullable(),
  words: z.boolean(),
});
export type OwnSignUp = z.infer<typeof ownSignUp>;
