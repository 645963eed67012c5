/** 代办: what is to come for somebody at the counter who has no phone, and how they stand in it. */
import { z } from 'zod';
import { ensureCanSee } from '../access/can.ts';
import type { Ctx } from '../context.ts';
import { notFound } from '../errors.ts';
import { liveSignUps, signUpOf } from './own-sign-ups.ts';
import { personInCare } from './people.ts';
import { clashesWith, clashing, comingFor } from './read-activities.ts';
import { activityLine, lineOf, ownSignUp } from './view.ts';

export const offeredTo = z.array(
  activityLine.extend({ companions: z.boolean(), signUp: ownSignUp.nullable(), clashes: z.array(clashing) }),
);
export type OfferedTo = z.infer<typeof offeredTo>;

/** The nearest first, as the person would see them. @throws not-signed-in, not-found */
export async function listForRetiree(ctx: Ctx, retireeId: string): Promise<OfferedTo> {
  const person = await personInCare(ctx, retireeId);
  ensureCanSee(ctx.actor, 'activity.sign-up-for', { carePath: person?.path.join('.') ?? null });
  if (!person) throw notFound();
  const { found } = await comingFor(ctx, [person]);
  const signed = await liveSignUps(ctx, [retireeId]);
  return found.map((activity) => {
    const here = signed.find((one) => one.activity.id === activity.id);
    return {
      ...lineOf(ctx, activity),
      companions: activity.companions,
      signUp: here ? signUpOf(ctx, here.signUp, here.line) : null,
      clashes: clashesWith(ctx, activity, signed),
    };
  });
}
