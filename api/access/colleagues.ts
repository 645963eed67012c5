/** Who works at a unit: those to whom a case can be assigned. */
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import { accounts, posts, roles } from '../../db/schema/access.ts';
import type { Ctx } from '../context.ts';
import { dayOf } from '../dates.ts';
import { ensureCan, ensurePerson } from './can.ts';
import { isOnDuty } from './duty.ts';

export const colleague = z.object({
  /** The account: what the verb `assign` wants. */
  id: z.uuid(),
  name: z.string().nullable(),
  role: z.enum(roles),
  onDuty: z.boolean(),
  me: z.boolean(),
});
export type Colleague = z.infer<typeof colleague>;

/** Everybody with a post at the unit, by name; only for those who have one there themselves. @throws not-signed-in, not-allowed */
export async function colleagues(ctx: Ctx, unitId: string): Promise<Colleague[]> {
  const { accountId } = ensurePerson(ctx.actor);
  ensureCan(ctx.actor, 'unit.colleagues', { unitId });
  const rows = await ctx.db
    .select({
      id: accounts.id,
      name: accounts.name,
      role: posts.role,
      onDuty: sql<boolean>`${isOnDuty(sql`${posts}`, sql`${dayOf(ctx.clock())}::date`)}`,
    })
    .from(posts)
    .innerJoin(accounts, eq(accounts.id, posts.accountId))
    .where(worksAt(unitId))
    .orderBy(asc(accounts.name), asc(accounts.id));
  return rows.map((row) => ({ ...row, me: row.id === accountId }));
}

/** Somebody with a post at the unit, which cannot be ended before this transaction is over; null when they have none. */
export async function colleagueAt(
  ctx: Ctx,
  accountId: string,
  unitId: string,
): Promise<{ name: string | null } | null> {
  const [found] = await ctx.db
    .select({ name: accounts.name })
    .from(posts)
    .innerJoin(accounts, eq(accounts.id, posts.accountId))
    .where(and(eq(posts.accountId, accountId), worksAt(unitId)))
    .for('share', { of: posts });
  return found ?? null;
}

const worksAt = (unitId: string) => and(eq(posts.unitId, unitId), isNull(posts.endedAt), isNull(posts.suspendedAt));
