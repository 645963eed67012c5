/** 专人（第二十一条）: a lead names who of a unit's staff answers for the retirees; units that have nobody show at the one above. */
import { z } from 'zod';
import { responsible } from '../../db/schema/responsible.ts';
import { responsibleAt } from '../access/responsible.ts';
import type { Ctx } from '../context.ts';
import { changeStaff } from './change-staff.ts';
import { suspendedPost } from './errors.ts';
import { managedPost } from './managed-post.ts';
import { noteChange, tellChange, type Noted } from './note.ts';
import { ownReach, unitChoice } from './reach.ts';

/** More than any unit has right below it. */
const MOST_UNITS = 100;

/** Names the holder of a post, in place of whoever was named before. @throws not-found, suspended-post */
export async function nameResponsible(ctx: Ctx, postId: string): Promise<void> {
  await changeStaff(ctx, async (inside, actor) => {
    const post = await managedPost(inside, postId);
    if (post.suspendedAt) throw suspendedPost();
    const { unitId, accountId, name, role } = post;
    if ((await responsibleAt(inside, [unitId])).get(unitId)?.postId === postId) return;
    const now = { postId, namedBy: actor.accountId, namedAt: ctx.clock() };
    await inside.db
      .insert(responsible)
      .values({ unitId, ...now })
      .onConflictDoUpdate({ target: responsible.unitId, set: now });
    const noted: Noted = { act: 'named-responsible', unitId, role, name, accountId };
    await noteChange(inside, noted);
    await tellChange(inside, accountId, 'post-responsible', noted);
  });
}

export const responsibleOf = z.object({
  /** Whether the unit itself has named somebody. */
  own: z.object({ name: z.string().nullable() }).nullable(),
  /** Units right below that have not. */
  without: z.array(unitChoice),
});
export type ResponsibleOf = z.infer<typeof responsibleOf>;

/** @throws not-signed-in, not-allowed */
export async function readResponsible(ctx: Ctx, unitId: string): Promise<ResponsibleOf> {
  const unit = ownReach(ctx, unitId);
  const { units } = ctx.city;
  const below = units.children(unit.id).slice(0, MOST_UNITS);
  const named = await responsibleAt(ctx, [unit.id, ...below.map(({ id }) => id)]);
  const own = named.get(unit.id);
  return {
    own: own ? { name: own.name } : null,
    without: below
      .filter(({ id }) => !named.has(id))
      .map((one) => ({ id: one.id, name: one.name, fullName: units.fullName(one) })),
  };
}
