/** Who signed up, for those who hold the activity; and who came, as the door says, with or without a network. */
import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import { signUps } from '../../db/schema/activities.ts';
import { care, retirees } from '../../db/schema/registry.ts';
import { ensureCanSee, ensurePerson } from '../access/can.ts';
import { freshActor } from '../access/person.ts';
import type { Ctx } from '../context.ts';
import { once } from '../engine/once.ts';
import { findActivity } from './activity.ts';
import { askAt } from './rules.ts';

export const guestList = z.object({
  title: z.string(),
  when: z.iso.datetime(),
  /** Whether somebody may be brought along. */
  companions: z.boolean(),
  people: z.array(
    z.object({
      signUp: z.uuid(),
      name: z.string(),
      /** The unit in whose care they are; null for whom nobody serves any more. */
      unit: z.string().nullable(),
      state: z.enum(['in', 'offered', 'waiting']),
      companion: z.boolean(),
      company: z.boolean(),
      slow: z.boolean(),
      /** Whether they came, and when the door last said so or not. */
      present: z.boolean(),
      checkedAt: z.iso.datetime().nullable(),
    }),
  ),
  /** Behind whom the list goes on; null at the end. */
  next: z.int().nullable(),
});
export type GuestList = z.infer<typeof guestList>;

const PAGE = 500;

/**
 * In the order in which they signed up: with a seat and waiting.
 * @throws not-signed-in, not-found
 */
export async function listGuests(ctx: Ctx, id: string, after = 0): Promise<GuestList> {
  const activity = await findActivity(ctx, id);
  ensureCanSee(ctx.actor, 'activity.hold', { unitId: activity.unitId });
  const rows = await ctx.db
    .select({ signUp: signUps, name: retirees.name, unitId: care.unitId })
    .from(signUps)
    .innerJoin(retirees, eq(retirees.id, signUps.retireeId))
    .leftJoin(care, and(eq(care.retireeId, signUps.retireeId), sql`${care.until} is null`))
    .where(and(eq(signUps.activityId, id), inArray(signUps.state, ['in', 'offered', 'waiting']), gt(signUps.n, after)))
    .orderBy(asc(signUps.n))
    .limit(PAGE);
  return {
    title: activity.title,
    when: activity.startsAt.toISOString(),
    companions: activity.companions,
    people: rows.map(({ signUp, name, unitId }) => ({
      signUp: signUp.id,
      name,
      unit: (unitId && ctx.city.units.get(unitId)?.name) ?? null,
      state: signUp.state as 'in' | 'offered' | 'waiting',
      companion: signUp.size === 2,
      company: signUp.needs?.company ?? false,
      slow: signUp.needs?.slow ?? false,
      present: signUp.checkedInAt !== null,
      checkedAt: signUp.checkedAt?.toISOString() ?? null,
    })),
    next: rows.length === PAGE ? (rows.at(-1)?.signUp.n ?? null) : null,
  };
}

export interface Check {
  signUp: string;
  present: boolean;
  /** When the door said so, by the phone's clock. */
  at: Date;
}

export const checked = z.object({
  /** Those of this activity that were named, as they stand now. */
  people: z.array(z.object({ signUp: z.uuid(), present: z.boolean() })),
});

/**
 * Takes over what the door noted, in whatever order and however often it arrives: of what two phones say of one person the later counts.
 * A clock that runs ahead says now. Of other activities' people nothing is taken.
 * @throws not-signed-in, not-found
 */
export function checkIn(ctx: Ctx, id: string, checks: readonly Check[]): Promise<z.infer<typeof checked>> {
  return once(ctx, async (tx) => {
    const inside = { ...tx, actor: await freshActor(tx) };
    const activity = await findActivity(inside, id);
    ensureCanSee(inside.actor, 'activity.hold', { unitId: activity.unitId });
    const { accountId } = ensurePerson(inside.actor);
    const now = inside.clock();
    const last = new Map<string, Check>();
    for (const one of checks) {
      const at = one.at > now ? now : one.at;
      const known = last.get(one.signUp);
      if (!known || known.at <= at) last.set(one.signUp, { ...one, at });
    }
    // In one order, whichever phone asks: two that send the same people at once do not wait for each other in a circle.
    const rows = [...last.values()]
      .toSorted((a, b) => (a.signUp < b.signUp ? -1 : 1))
      .map(({ signUp, present, at }) => ({ id: signUp, present, at: at.toISOString() }));
    const named = rows.map((row) => row.id);
    await inside.db
      .select({ id: signUps.id })
      .from(signUps)
      .where(inArray(signUps.id, named))
      .orderBy(asc(signUps.id))
      .for('update');
    await inside.db.execute(sql`
      update sign_ups s set checked_in_at = case when said.present then coalesce(s.checked_in_at, said.at) end,
             checked_in_by = case when said.present then coalesce(s.checked_in_by, ${accountId}::uuid) end, checked_at = said.at,
             ask_at = case when said.present and s.stars is null then ${askAt(activity.endsAt, now).toISOString()}::timestamptz end
        from json_to_recordset(${JSON.stringify(rows)}::text::json) as said(id uuid, present boolean, at timestamptz)
       where s.id = said.id and s.activity_id = ${id}::uuid and (s.checked_at is null or s.checked_at < said.at)`);
    const after = await inside.db
      .select({ signUp: signUps.id, checkedInAt: signUps.checkedInAt })
      .from(signUps)
      .where(and(eq(signUps.activityId, id), inArray(signUps.id, named)));
    return { people: after.map(({ signUp, checkedInAt }) => ({ signUp, present: checkedInAt !== null })) };
  });
}
