/** Activities of the demo: three in the days after its first start, so that a newcomer finds some at once. */
import { addDays, dayOf } from '../../../api/dates.ts';
import type { Db } from '../../connect.ts';
import { accounts, posts } from '../../schema/access.ts';
import { activities, type activityKinds, type walkings } from '../../schema/activities.ts';
import { units } from '../../schema/registry.ts';
import { and, eq, isNull } from 'drizzle-orm';
import words from './words.json' with { type: 'json' };

const at = (day: string, hour: string) => new Date(`${day}T${hour}:00+08:00`);

/** Publishes them as whoever leads each unit. `now` is when the demo is opened for the first time. */
export async function holdDemoActivities(tx: Db, now: Date): Promise<void> {
  for (const { unitId, kind, inDays, from, to, walking, ...written } of words.activities) {
    const [lead] = await tx
      .select({ id: accounts.id, name: accounts.name, phone: units.phone })
      .from(posts)
      .innerJoin(accounts, eq(accounts.id, posts.accountId))
      .innerJoin(units, eq(units.id, posts.unitId))
      .where(and(eq(posts.unitId, unitId), isNull(posts.endedAt)))
      .orderBy(posts.id)
      .limit(1);
    if (!lead) continue;
    const day = addDays(dayOf(now), inDays);
    await tx.insert(activities).values({
      ...written,
      unitId,
      kind: kind as (typeof activityKinds)[number],
      walking: walking as (typeof walkings)[number],
      startsAt: at(day, from),
      endsAt: at(day, to),
      opensAt: now,
      closesAt: at(addDays(day, -1), '18:00'),
      contactName: lead.name ?? '',
      contactPhone: lead.phone ?? '0731-12333',
      madeBy: lead.id,
      madeAt: now,
    });
  }
}
