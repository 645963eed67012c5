/** Who is told what happens to groups: members where they are now, the community's staff what there is to settle. */
import { randomUUID } from 'node:crypto';
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { links } from '../../db/schema/access.ts';
import { groupMembers, groups, type GroupOffice } from '../../db/schema/groups.ts';
import type { Ctx } from '../context.ts';
import { dayOf } from '../dates.ts';
import { plain, unitName, words, type NewMessage, type Part } from '../delivery/message.ts';
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
    return [noticed('group.placed', calledIn(group))(accountId)];
  });
  await enqueue(ctx, told);
}

/** Tells the staff of each group's community that nobody leads it any more, or nobody stands in. */
export async function tellLeaderless(ctx: Ctx, groupIds: readonly string[]): Promise<void> {
  const named = await groupsById(ctx, groupIds);
  for (const group of named.values()) await tellStaffOf(ctx, group, 'group.leaderless');
}

/**
 * Tells a group, on its members' own accounts, that an office has come free and that they may propose somebody. Not why: whoever had
 * it may have died, and their friends do not read that in a chat. @returns what names this news, to take it back
 */
export async function tellToChoose(ctx: Ctx, group: Group, office: GroupOffice): Promise<string> {
  const call = randomUUID();
  const accounts = await accountsIn(ctx, group.id);
  const params = { ...calledIn(group), office: words(`groups:offices.${office}`), call: plain(call) };
  await enqueue(ctx, accounts.map(noticed('group.choose', params)));
  return call;
}

/** It was a mistake: what is not sent yet is never sent, and whoever has read it is told that the office is held as before. */
export async function tellChosenAlready(ctx: Ctx, groupId: string, call: string): Promise<void> {
  const [group] = (await groupsById(ctx, [groupId])).values();
  if (!group) return;
  const about = sql`template = 'group.choose' and params ->> 'call' = ${plain(call)}
    and account_id = any(${`{${(await accountsIn(ctx, groupId)).join(',')}}`}::uuid[])`;
  await ctx.db.execute(sql`
    update messages set state = 'replaced' where state = 'queued' and claimed_until is null and ${about}`);
  const read = await ctx.db.execute<{ account_id: string; office: Part }>(sql`
    select distinct account_id, params ->> 'office' as office from messages where state <> 'replaced' and ${about}`);
  const told = read.map(({ account_id: id, office }) =>
    noticed('group.chosenAlready', { ...calledIn(group), office })(id),
  );
  await enqueue(ctx, told);
}

const noticed =
  (template: string, params: Record<string, Part>) =>
  (accountId: string): NewMessage => ({ to: { accountId }, form: 'notice', template, params, quiet: true });

/** The members' own accounts, each once. */
async function accountsIn(ctx: Ctx, groupId: string): Promise<string[]> {
  const rows = await ctx.db
    .selectDistinct({ accountId: links.accountId })
    .from(groupMembers)
    .innerJoin(links, eq(links.retireeId, groupMembers.retireeId))
    .where(
      and(
        eq(groupMembers.groupId, groupId),
        isNull(groupMembers.until),
        eq(links.relation, 'self'),
        isNull(links.revokedAt),
      ),
    )
    .limit(MOST_PEOPLE);
  return rows.map(({ accountId }) => accountId);
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
    staff.map(({ accountId }) => ({
      to: { accountId, atUnit: group.unitId },
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
