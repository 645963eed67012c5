/** One group, for the staff of its community: who is in it and where they live, to choose who leads and to print. */
import { and, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { groupMembers, groups } from '../../db/schema/groups.ts';
import { residences, retirees } from '../../db/schema/registry.ts';
import { ensureCanSee } from '../access/can.ts';
import type { Ctx } from '../context.ts';
import { notFound } from '../errors.ts';
import { groupTermYears } from '../rulebook.ts';
import { showAddress } from '../values/address.ts';
import { nameOf, office, officesIn, unitFor } from './group.ts';
import { hasRoom } from './rooms/room.ts';
import { lineUp } from './rules.ts';

export const groupView = z.object({
  id: z.uuid(),
  n: z.int(),
  name: z.string(),
  /** What staff named it; null when it is called by its number. */
  given: z.string().nullable(),
  unit: z.object({ id: z.string(), name: z.string(), phone: z.string().nullable() }),
  offices: z.array(office),
  people: z.array(z.object({ id: z.uuid(), name: z.string(), home: z.string(), since: z.iso.date() })),
  /** Whether a Telegram group is linked to it. */
  room: z.boolean(),
  /** The longest term. */
  termYears: z.int(),
});
export type GroupView = z.infer<typeof groupView>;

/** Larger than any group can become before it is settled. */
const MOST_SHOWN = 500;

/** @throws not-signed-in, not-found */
export async function readGroup(ctx: Ctx, id: string): Promise<GroupView> {
  const [group] = await ctx.db
    .select()
    .from(groups)
    .where(and(eq(groups.id, id), isNull(groups.endedAt)));
  ensureCanSee(ctx.actor, 'group.handle', { unitId: group?.unitId ?? '' });
  if (!group) throw notFound();
  const unit = unitFor(ctx, group.unitId);
  const [offices, room, people] = await Promise.all([
    officesIn(ctx, [id]),
    hasRoom(ctx, id),
    ctx.db
      .select({ id: retirees.id, name: retirees.name, home: residences.place, since: groupMembers.since })
      .from(groupMembers)
      .innerJoin(retirees, eq(retirees.id, groupMembers.retireeId))
      .leftJoin(residences, and(eq(residences.retireeId, retirees.id), isNull(residences.until)))
      .where(and(eq(groupMembers.groupId, id), isNull(groupMembers.until)))
      .limit(MOST_SHOWN),
  ]);
  return {
    id,
    n: group.n,
    name: nameOf(group, ctx.locale),
    given: group.name,
    unit: { id: unit.id, name: unit.name, phone: unit.phone },
    offices: offices.get(id) ?? [],
    people: lineUp(people).map(({ home, ...one }) => ({ ...one, home: home ? showAddress(home) : '' })),
    room,
    termYears: groupTermYears,
  };
}
