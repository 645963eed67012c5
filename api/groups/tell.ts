/** Who is told what happens to groups: members where they are now, the community's staff what there is to settle. */
import { and, eq, inArray, isNull } from 'drizzle-orm';
import { links } from '../../db/schema/access.ts';
import { groups } from '../../db/schema/groups.ts';
import type { Ctx } from '../context.ts';
import { dayOf } from '../dates.ts';
import { plain, unitName, type NewMessage, type Part } from '../delivery/message.ts';
import { enqueue } from '../delivery/outbox.ts';
import { onDuty } from '../registry/tell-unit.ts';
import { MOST_PEOPLE, type Group } from './group.ts';

/** How a group is called in a message, in any language: its number, and the name that staff gave it. */
export const calledIn = ({ unitId, n, name }: Pick<Group, 'unitId' | 'n' | 'name'>): Record<string, Part> => ({
  unit: unitName(unitId),
  n: plain(String(n)),
  name: plain(name ? ` ${name} ` : ''),
});

/** Tells people, on accounts of their own, which group they are in now. Nobody gets a text message for it. */
export async function tellPlaced(ctx: Ctx, placed: readonly { retireeId: string; groupId: string }[]): Promise<void> {
  if (placed.length === 0) return;
  const groupOf = new Map(placed.map(({ retireeId, groupId }) => [retireeId, groupId]));
  const [rows, named] = await Promise.all([
    ctx.db
      .select({ accountId: links.accountId, retireeId: links.retireeId })
      .from(links)
      .where(and(inArray(links.retireeId, [...groupOf.keys()]), eq(links.relation, 'self'), isNull(links.revokedAt)))
      .limit(MOST_PEOPLE),
    groupsById(ctx, [...new Set(groupOf.values())]),
  ]);
  const told = rows.flatMap(({ accountId, retireeId }): NewMessage[] => {
    const group = named.get(groupOf.get(retireeId) ?? '');
    if (!group) return [];
    return [{ to: { accountId }, form: 'notice', template: 'group.placed', params: calledIn(group), quiet: true }];
  });
  await enqueue(ctx, told);
}

/** Tells the staff of each group's community that nobody leads it any more, or nobody stands in. */
export async function tellLeaderless(ctx: Ctx, groupIds: readonly string[]): Promise<void> {
  const named = await groupsById(ctx, groupIds);
  for (const group of named.values()) await tellStaffOf(ctx, group, 'group.leaderless');
}

/** Tells the staff of a group's community what there is to settle. */
export async function tellStaffOf(
  ctx: Ctx,
  group: Pick<Group, 'unitId' | 'n' | 'name'>,
  template: string,
  params: Record<string, Part> = {},
): Promise<void> {
  const staff = await onDuty(ctx.db, { unitId: group.unitId, day: dayOf(ctx.clock()) });
  await enqueue(
    ctx,
    staff.map((to) => ({
      to,
      form: 'notice' as const,
      template,
      params: { ...calledIn(group), ...params },
      quiet: true,
    })),
  );
}

async function groupsById(ctx: Ctx, ids: readonly string[]): Promise<Map<string, Group>> {
  if (ids.length === 0) return new Map();
  const rows = await ctx.db
    .select()
    .from(groups)
    .where(inArray(groups.id, [...ids]));
  return new Map(rows.map((row) => [row.id, row]));
}
