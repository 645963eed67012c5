/** Staff move people from one proposed group to another, add an empty group to move them to, or drop the proposal. */
import { and, eq, inArray } from 'drizzle-orm';
import { groupProposalRows, groupProposals, groupProposalSlots } from '../../db/schema/groups.ts';
import { freshActor } from '../access/person.ts';
import type { Ctx } from '../context.ts';
import { once } from '../engine/once.ts';
import { noSuchGroup, tooManyAtOnce } from './errors.ts';
import { MOST_GROUPS } from './group.ts';
import { ensureSeen, proposalFor, slotsOf, touch } from './proposal.ts';

/** Whom to move and where to; `slot` null takes them out of every group. */
export interface Moving {
  people: string[];
  slot: number | null;
}

/** @throws not-signed-in, not-found, groups-proposal-changed, group-none */
export async function movePeople(
  ctx: Ctx,
  id: string,
  seen: number,
  { people, slot }: Moving,
): Promise<{ version: number }> {
  return once(ctx, async (tx) => {
    const inside = { ...tx, actor: await freshActor(tx) };
    const proposal = await proposalFor(inside, id, 'lock');
    ensureSeen(proposal, seen);
    const slots = await slotsOf(inside, proposal);
    if (slot !== null && !slots.some((one) => one.slot === slot)) throw noSuchGroup();
    await inside.db
      .update(groupProposalRows)
      .set({ slot })
      .where(and(eq(groupProposalRows.proposalId, id), inArray(groupProposalRows.retireeId, people)));
    return { version: await touch(inside, proposal) };
  });
}

/** A further group, with nobody in it yet. @throws not-signed-in, not-found, groups-proposal-changed, groups-too-many */
export async function addSlot(ctx: Ctx, id: string, seen: number): Promise<{ version: number }> {
  return once(ctx, async (tx) => {
    const inside = { ...tx, actor: await freshActor(tx) };
    const proposal = await proposalFor(inside, id, 'lock');
    ensureSeen(proposal, seen);
    const slots = await slotsOf(inside, proposal);
    if (slots.length >= MOST_GROUPS) throw tooManyAtOnce(MOST_GROUPS);
    const slot = Math.max(0, ...slots.map((one) => one.slot)) + 1;
    await inside.db.insert(groupProposalSlots).values({ proposalId: id, slot, groupId: null });
    return { version: await touch(inside, proposal) };
  });
}

/** Nothing comes of it. @throws not-signed-in, not-found, groups-proposal-changed */
export async function dropProposal(ctx: Ctx, id: string, seen: number): Promise<void> {
  await once(ctx, async (tx) => {
    const inside = { ...tx, actor: await freshActor(tx) };
    const proposal = await proposalFor(inside, id, 'lock');
    ensureSeen(proposal, seen);
    await inside.db.delete(groupProposals).where(eq(groupProposals.id, id));
    return null;
  });
}
