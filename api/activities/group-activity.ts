/** A self-help group's own activity (第十四条): its leader proposes it, the community agrees, and the group's members may come. */
import { and, eq, isNull } from 'drizzle-orm';
import { activities, type activityKinds, type walkings } from '../../db/schema/activities.ts';
import { groupLeaders, groups } from '../../db/schema/groups.ts';
import { say } from '../../locales/index.ts';
import { ensurePerson } from '../access/can.ts';
import type { Ctx } from '../context.ts';
import { startOf, type PlainDate } from '../dates.ts';
import { defineEffect, laterFacts } from '../engine/effect.ts';
import { findActivity, unitOf } from './activity.ts';
import { leadsNoGroup } from './errors.ts';
import { roomReminder, tellInRooms } from './in-rooms.ts';
import { tellMembers } from './tell.ts';
import { cancel, fit } from './write-activity.ts';

const HOUR_MS = 3_600_000;
/** 12333: for a community whose phone nobody entered yet. */
const HOTLINE = '12333';

export interface Proposed {
  /** Who leads the group, as a retiree. */
  leaderId: string;
  unitId: string;
  kind: (typeof activityKinds)[number];
  title: string;
  details: string | null;
  day: PlainDate;
  /** The hour at which it begins, and how many hours it lasts. */
  hour: number;
  hours: number;
  place: string;
  directions: string | null;
  seats: number;
  bring: string | null;
  walking: (typeof walkings)[number];
}

export const holdGroupActivity = defineEffect<Proposed, { activityId: string }>({
  name: 'hold-group-activity',
  /** @throws group-leads-none, activity-time-past and its kind */
  async apply(ctx, { leaderId, unitId, kind, title, details, place, directions, seats, bring, walking, ...when }) {
    const unit = unitOf(ctx, unitId);
    const startsAt = new Date(startOf(when.day).getTime() + when.hour * HOUR_MS);
    const written = fit(ctx, {
      kind,
      title,
      place,
      seats,
      walking,
      details: details ?? '',
      directions: directions ?? '',
      bring: bring ?? '',
      startsAt,
      endsAt: new Date(startsAt.getTime() + when.hours * HOUR_MS),
      opensAt: new Date(Math.min(ctx.clock().getTime(), startsAt.getTime() - HOUR_MS)),
      closesAt: startsAt,
      mapUrl: null,
      costFen: 0,
      companions: false,
      audience: null,
      // Whoever has its address may read the page: the leader's own phone stands on the group's page, for members.
      contactName: unit.name,
      contactPhone: unit.phone ?? HOTLINE,
    });
    const groupId = await groupLedBy(ctx, leaderId, unitId);
    const madeBy = ensurePerson(ctx.actor).accountId;
    const [made] = await ctx.db
      .insert(activities)
      .values({
        ...written,
        unitId,
        groupId,
        roomsRemindAt: roomReminder(startsAt, ctx.clock()),
        madeBy,
        madeAt: ctx.clock(),
      })
      .returning();
    if (!made) throw new Error('An activity that was written is there.');
    await tellInRooms(ctx, made, 'activity');
    await tellMembers(ctx, made, groupId, leaderId);
    return { activityId: made.id };
  },
  /** Called off, and told to whoever signed up; not any more once it has begun. */
  async undo(ctx, { activityId }) {
    const activity = await findActivity(ctx, activityId, 'lock');
    if (activity.state === 'cancelled') return;
    if (activity.startsAt <= ctx.clock()) throw laterFacts('activity');
    await cancel(ctx, activity, say(ctx.locale, 'activities:takenBack'));
  },
});

/** Held fast, so that nobody else leads it before this is over. @throws group-leads-none */
async function groupLedBy(ctx: Ctx, retireeId: string, unitId: string): Promise<string> {
  const [led] = await ctx.db
    .select({ id: groups.id })
    .from(groupLeaders)
    .innerJoin(groups, eq(groups.id, groupLeaders.groupId))
    .where(
      and(
        eq(groupLeaders.retireeId, retireeId),
        isNull(groupLeaders.until),
        eq(groups.unitId, unitId),
        isNull(groups.endedAt),
      ),
    )
    .for('share', { of: groupLeaders });
  if (!led) throw leadsNoGroup();
  return led.id;
}
