/** Moving somebody to another unit or another role. */
import { eq } from 'drizzle-orm';
import { posts, type Role } from '../../db/schema/access.ts';
import type { Ctx } from '../context.ts';
import { changeStaff } from './change-staff.ts';
import { alreadyThere } from './errors.ts';
import { letGo, revokeInvitesOutOfReach } from './let-go.ts';
import { ensureSure, managedPost } from './managed-post.ts';
import { noteChange, tellChange, type Noted } from './note.ts';
import { ownReach } from './reach.ts';

export interface MoveInput {
  unitId: string;
  role: Role;
  why: string;
  sure?: boolean | undefined;
}

/**
 * Ends the post and gives one at the other unit; the cases in hand stay with the old one. At the same unit only the role changes.
 * @throws not-found, not-allowed for a unit out of reach, already-there, own-last-lead
 */
export async function movePost(
  ctx: Ctx,
  postId: string,
  { unitId, role, why, sure = false }: MoveInput,
): Promise<void> {
  await changeStaff(ctx, async (inside, actor) => {
    const post = await managedPost(inside, postId);
    ownReach(inside, unitId);
    const { accountId, name } = post;
    if (unitId === post.unitId && role === post.role) return;
    ensureSure(actor, post, sure);
    if (unitId === post.unitId) {
      await inside.db.update(posts).set({ role }).where(eq(posts.id, post.id));
      await revokeInvitesOutOfReach(inside, accountId);
    } else {
      const now = ctx.clock();
      await inside.db.update(posts).set({ endedAt: now, endedBy: actor.accountId }).where(eq(posts.id, post.id));
      const [given] = await inside.db
        .insert(posts)
        // Suspended there, suspended here: moving is no way round it.
        .values({ accountId, unitId, role, since: now, givenBy: actor.accountId, suspendedAt: post.suspendedAt })
        .onConflictDoNothing()
        .returning({ id: posts.id });
      if (!given) throw alreadyThere();
      await letGo(inside, post);
    }
    const noted: Noted = { act: 'moved', unitId: post.unitId, role, name, accountId, why, toUnitId: unitId };
    await noteChange(inside, noted);
    await tellChange(inside, accountId, 'post-moved', noted);
  });
}
