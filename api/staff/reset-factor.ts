/** Somebody lost phone and paper: a lead who knows them ends their second factor, and they set up a new one. */
import { and, eq, isNull } from 'drizzle-orm';
import { posts } from '../../db/schema/access.ts';
import { can } from '../access/can.ts';
import { needsSecondFactor } from '../access/posts.ts';
import { forgetFactor } from '../access/second-factor/forget.ts';
import type { Ctx } from '../context.ts';
import { notAllowed } from '../errors.ts';
import { changeStaff } from './change-staff.ts';
import { noFactor, notYourOwn } from './errors.ts';
import { endSessionsOf } from './let-go.ts';
import { managedPost } from './managed-post.ts';
import { noteChange, tellChange, type Noted } from './note.ts';

/**
 * Ends the factor and every session of the colleague. The lead looks after all of their posts that need it: a street does not open
 * the door of the city. @throws not-found, no-factor, not-allowed, not-your-own
 */
export async function resetFactor(ctx: Ctx, postId: string, { why }: { why: string }): Promise<void> {
  await changeStaff(ctx, async (inside, actor) => {
    const { accountId, unitId, role, name } = await managedPost(inside, postId);
    if (accountId === actor.accountId) throw notYourOwn();
    const held = await inside.db
      .select({ unitId: posts.unitId })
      .from(posts)
      .where(and(eq(posts.accountId, accountId), isNull(posts.endedAt)));
    const guarded = held
      .flatMap((one) => ctx.city.units.get(one.unitId) ?? [])
      .filter(({ level }) => needsSecondFactor(level));
    if (!guarded.every((unit) => can(inside.actor, 'staff.manage', { unitPath: unit.path }))) throw notAllowed();
    if (!(await forgetFactor(inside, accountId))) throw noFactor();
    await endSessionsOf(inside, accountId);
    const noted: Noted = { act: 'factor-reset', unitId, role, name, accountId, why };
    await noteChange(inside, noted);
    await tellChange(inside, accountId, 'factor-reset', noted);
  });
}
