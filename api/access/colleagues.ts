/** Who works at a unit: those to whom a case can be assigned. */
import { and, asc, eq, isNull } from 'drizzle-orm';
import { accounts, posts, type Role } from '../../db/schema/access.ts';
import type { Ctx } from '../context.ts';
import { ensureCan, ensurePerson } from './can.ts';

export interface Colleague {
  /** The account: what the verb `assign` wants. */
  id: string;
  name: string | null;
  role: Role;
  onDuty: boolean;
  me: boolean;
}

/** Everybody with a post at the unit, by name; only for those who have one there themselves. @throws not-signed-in, not-allowed */
export async function colleagues(ctx: Ctx, unitId: string): Promise<Colleague[]> {
  const { accountId } = ensurePerson(ctx.actor);
  ensureCan(ctx.actor, 'unit.colleagues', { unitId });
  const rows = await ctx.db
    .select({ id: accounts.id, name: accounts.name, role: posts.role, onDuty: posts.onDuty })
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
