/** A proposal as staff check it: each group with its people, where they live, and which group they are in today. */
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { groupProposalRows } from '../../db/schema/groups.ts';
import type { Ctx } from '../context.ts';
import { groupSize } from '../rulebook.ts';
import { showAddress } from '../values/address.ts';
import { groupsOf, MOST_PEOPLE, nameOf, residentsOf, unitFor } from './group.ts';
import { proposalFor, slotsOf } from './proposal.ts';
import { isLawful, lineUp, obstacleFor } from './rules.ts';

const proposedPerson = z.object({
  id: z.uuid(),
  name: z.string(),
  home: z.string(),
  /** The group they are in today, by its name; null for whoever is in none. */
  now: z.string().nullable(),
});
export type ProposedPerson = z.infer<typeof proposedPerson>;

const proposedGroup = z.object({
  slot: z.int(),
  name: z.string(),
  fresh: z.boolean(),
  lawful: z.boolean(),
  people: z.array(proposedPerson),
});

export const proposalView = z.object({
  id: z.uuid(),
  version: z.int(),
  unit: z.object({ id: z.string(), name: z.string() }),
  groups: z.array(proposedGroup),
  /** In none of them. */
  left: z.array(proposedPerson),
  /** Why somebody must be left out; null when everybody could be in a group. */
  obstacle: z.object({ reason: z.enum(['too-few', 'between']), people: z.int(), short: z.int() }).nullable(),
  /** Groups of today that would end. */
  ending: z.array(z.string()),
  sizes: z.object({ least: z.int(), most: z.int() }),
});
export type ProposalView = z.infer<typeof proposalView>;

/** Whoever left the community since it was made is not shown. @throws not-signed-in, not-found */
export async function readProposal(ctx: Ctx, id: string): Promise<ProposalView> {
  const proposal = await proposalFor(ctx, id);
  const unit = unitFor(ctx, proposal.unitId);
  const [slots, rows, residents, standing] = await Promise.all([
    slotsOf(ctx, proposal),
    ctx.db.select().from(groupProposalRows).where(eq(groupProposalRows.proposalId, id)).limit(MOST_PEOPLE),
    residentsOf(ctx, unit.id),
    groupsOf(ctx, unit.id),
  ]);
  const nameById = new Map(standing.map((group) => [group.id, nameOf(group, ctx.locale)]));
  const slotOf = new Map(rows.map(({ retireeId, slot }) => [retireeId, slot]));
  const listed = lineUp(residents.filter((one) => slotOf.has(one.id)));
  const inSlot = Map.groupBy(listed, (one) => slotOf.get(one.id) ?? null);
  const peopleIn = (slot: number | null): ProposedPerson[] =>
    (inSlot.get(slot) ?? []).map(({ id: retireeId, name, home, groupId }) => ({
      id: retireeId,
      name,
      home: home ? showAddress(home) : '',
      now: nameById.get(groupId ?? '') ?? null,
    }));
  const kept = new Set(slots.flatMap(({ slot, groupId }) => (groupId && inSlot.has(slot) ? [groupId] : [])));
  return {
    id,
    version: proposal.version,
    unit: { id: unit.id, name: unit.name },
    groups: slots.map(({ slot, groupId }) => {
      const people = peopleIn(slot);
      const name = nameById.get(groupId ?? '') ?? nameOf({ n: slot, name: null }, ctx.locale);
      return { slot, name, fresh: groupId === null, lawful: people.length === 0 || isLawful(people.length), people };
    }),
    left: peopleIn(null),
    obstacle: obstacleFor(listed.length),
    ending: standing.filter((group) => !kept.has(group.id)).map((group) => nameOf(group, ctx.locale)),
    sizes: { ...groupSize },
  };
}
