/** Who joined a case that somebody else opened. */
import { and, eq, inArray } from 'drizzle-orm';
import { caseParties } from '../../../db/schema/engine.ts';
import type { Ctx } from '../../context.ts';

/** Makes whoever acts a party of the case: they may follow it from now on. Somebody not signed in, from when they are. */
export async function addParty({ actor, db }: Ctx, caseId: string, seq: number): Promise<void> {
  if (actor.is === 'person') await db.insert(caseParties).values({ caseId, seq, accountId: actor.accountId });
  if (actor.is === 'guest' && actor.guestHash)
    await db.insert(caseParties).values({ caseId, seq, guestHash: actor.guestHash });
}

/** With which event the account joined these cases: the last one, when they reported twice. */
export async function joinedAt(ctx: Ctx, accountId: string, caseIds: readonly string[]): Promise<Map<string, number>> {
  if (caseIds.length === 0) return new Map();
  const rows = await ctx.db
    .select({ caseId: caseParties.caseId, seq: caseParties.seq })
    .from(caseParties)
    .where(and(eq(caseParties.accountId, accountId), inArray(caseParties.caseId, [...caseIds])))
    .orderBy(caseParties.seq);
  return new Map(rows.map(({ caseId, seq }) => [caseId, seq]));
}
