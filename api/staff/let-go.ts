/** What happens when a post gives no more power: within the same transaction nothing of it is left in anybody's hands. */
import { and, eq, inArray, isNull } from 'drizzle-orm';
import { invites, posts, sessions } from '../../db/schema/access.ts';
import { units } from '../../db/schema/registry.ts';
import { isWithin } from '../access/posts.ts';
import type { Ctx } from '../context.ts';
import { handBackAll } from '../engine/cases/hand-back-all.ts';
import { takeCards } from '../engine/take-cards.ts';
import type { ManagedPost } from './managed-post.ts';
import { unitPath } from './reach.ts';

/** Hands the claimed cases back, takes the cards in the chat away, and revokes invitations that they may not give any more. */
export async function letGo(ctx: Ctx, post: ManagedPost): Promise<void> {
  await handBackAll(ctx, post);
  await takeCards(ctx, post);
  await revokeInvitesOutOfReach(ctx, post.accountId);
}

/** Ends every session: whoever had the post signs in again, as whatever they are now. */
export async function endSessionsOf(ctx: Ctx, accountId: string): Promise<void> {
  await ctx.db
    .update(sessions)
    .set({ endedAt: ctx.clock() })
    .where(and(eq(sessions.accountId, accountId), isNull(sessions.endedAt)));
}

/** An open invitation lasts only as long as whoever gave it could give it again. */
export async function revokeInvitesOutOfReach(ctx: Ctx, accountId: string): Promise<void> {
  const open = await ctx.db
    .select({ id: invites.id, unitId: invites.unitId })
    .from(invites)
    .where(and(eq(invites.invitedBy, accountId), isNull(invites.usedAt), isNull(invites.revokedAt)));
  const leads = await ctx.db
    .select({ path: units.path })
    .from(posts)
    .innerJoin(units, eq(units.id, posts.unitId))
    .where(
      and(eq(posts.accountId, accountId), eq(posts.role, 'lead'), isNull(posts.endedAt), isNull(posts.suspendedAt)),
    );
  const lost = open.filter(({ unitId }) => !leads.some(({ path }) => isWithin(unitPath(ctx, unitId), path)));
  if (lost.length === 0) return;
  await ctx.db
    .update(invites)
    .set({ revokedAt: ctx.clock() })
    .where(
      inArray(
        invites.id,
        lost.map(({ id }) => id),
      ),
    );
}
