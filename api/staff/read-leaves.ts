/** One's own posts, and those of the units that one leads: who could stand in at each, who is on leave, and who stands in for whom. */
import { and, asc, eq, gte, inArray, isNull, or } from 'drizzle-orm';
import { z } from 'zod';
import { accounts, posts, roles } from '../../db/schema/access.ts';
import { leaves } from '../../db/schema/leaves.ts';
import { ensureCan, ensurePerson } from '../access/can.ts';
import type { Ctx } from '../context.ts';
import { dayOf } from '../dates.ts';

/** More than any office has. */
const MOST_COLLEAGUES = 500;

const days = { first: z.iso.date(), last: z.iso.date() };
export const ownPost = z.object({
  /** The post. */
  id: z.uuid(),
  unit: z.object({ id: z.string(), name: z.string() }),
  role: z.enum(roles),
  /** Whose it is, and whether it is the reader's own. */
  name: z.string().nullable(),
  mine: z.boolean(),
  /** Who may stand in: their posts at the same unit. */
  colleagues: z.array(z.object({ id: z.uuid(), name: z.string().nullable(), role: z.enum(roles) })),
  /** The leave that is to come or lasts. */
  leave: z.object({ ...days, deputy: z.string().nullable() }).nullable(),
  /** For whom they stand in, now or later. */
  standsInFor: z.array(z.object({ ...days, name: z.string().nullable() })),
});
export type OwnPost = z.infer<typeof ownPost>;

/** @throws not-signed-in, not-allowed for whoever has no post */
export async function readLeaves(ctx: Ctx): Promise<OwnPost[]> {
  const [first] = ctx.actor.is === 'person' ? ctx.actor.posts : [];
  ensureCan(ctx.actor, 'unit.colleagues', { unitId: first?.unitId ?? '' });
  const { accountId, posts: held } = ensurePerson(ctx.actor);
  const at = held.map(({ unitId }) => unitId);
  const rows = await ctx.db
    .select({ id: posts.id, accountId: posts.accountId, unitId: posts.unitId, role: posts.role, name: accounts.name })
    .from(posts)
    .innerJoin(accounts, eq(accounts.id, posts.accountId))
    .where(and(inArray(posts.unitId, at), isNull(posts.endedAt), isNull(posts.suspendedAt)))
    .orderBy(asc(accounts.name), asc(posts.id))
    .limit(MOST_COLLEAGUES);
  const led = new Set(held.filter(({ role }) => role === 'lead').map(({ unitId }) => unitId));
  const own = rows
    .filter((row) => row.accountId === accountId || led.has(row.unitId))
    .toSorted((a, b) => Number(b.accountId === accountId) - Number(a.accountId === accountId));
  const said = await leavesOf(
    ctx,
    own.map(({ id }) => id),
  );
  const nameOf = (id: string) => rows.find((row) => row.id === id)?.name ?? null;
  return own.map(({ id, unitId, role, name, accountId: holder }) => {
    const leave = said.find(({ postId }) => postId === id);
    return {
      id,
      unit: { id: unitId, name: ctx.city.units.get(unitId)?.name ?? unitId },
      role,
      name,
      mine: holder === accountId,
      colleagues: rows
        .filter((row) => row.unitId === unitId && row.id !== id)
        .map((row) => ({ id: row.id, name: row.name, role: row.role })),
      leave: leave ? { first: leave.firstDay, last: leave.lastDay, deputy: nameOf(leave.deputyId) } : null,
      standsInFor: said
        .filter(({ deputyId }) => deputyId === id)
        .map(({ postId, firstDay, lastDay }) => ({ first: firstDay, last: lastDay, name: nameOf(postId) })),
    };
  });
}

/** Leaves of these posts, and those in which they stand in, that are not over. */
const leavesOf = ({ db, clock }: Ctx, ids: readonly string[]) =>
  db
    .select()
    .from(leaves)
    .where(
      and(
        isNull(leaves.endedAt),
        gte(leaves.lastDay, dayOf(clock())),
        or(inArray(leaves.postId, [...ids]), inArray(leaves.deputyId, [...ids])),
      ),
    )
    .orderBy(asc(leaves.firstDay))
    .limit(MOST_COLLEAGUES);
