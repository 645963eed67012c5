/** What the verbs about a proposal share: finding it, and under its lock. */
import { asc, eq, sql } from 'drizzle-orm';
import { groupProposals, groupProposalSlots } from '../../db/schema/groups.ts';
import { ensureCanSee } from '../access/can.ts';
import type { Ctx } from '../context.ts';
import { notFound } from '../errors.ts';
import { proposalChanged } from './errors.ts';
import { MOST_GROUPS } from './group.ts';

export type Proposal = typeof groupProposals.$inferSelect;

/** The proposal, for staff of its community. @throws not-signed-in, not-found */
export async function proposalFor(ctx: Ctx, id: string, lock: 'lock' | 'read' = 'read'): Promise<Proposal> {
  const query = ctx.db.select().from(groupProposals).where(eq(groupProposals.id, id));
  const [proposal] = await (lock === 'lock' ? query.for('update') : query);
  ensureCanSee(ctx.actor, 'group.handle', { unitId: proposal?.unitId ?? '' });
  if (!proposal) throw notFound();
  return proposal;
}

/** @throws groups-proposal-changed */
export function ensureSeen(proposal: Proposal, seen: number): void {
  if (proposal.version !== seen) throw proposalChanged(proposal.version);
}

/** Counts a change. @returns the new version */
export async function touch(ctx: Ctx, { id, version }: Proposal): Promise<number> {
  await ctx.db
    .update(groupProposals)
    .set({ version: sql`${groupProposals.version} + 1` })
    .where(eq(groupProposals.id, id));
  return version + 1;
}

export const slotsOf = (ctx: Ctx, { id }: Proposal) =>
  ctx.db
    .select({ slot: groupProposalSlots.slot, groupId: groupProposalSlots.groupId })
    .from(groupProposalSlots)
    .where(eq(groupProposalSlots.proposalId, id))
    .orderBy(asc(groupProposalSlots.slot))
    .limit(2 * MOST_GROUPS);
