/** Suspending, resuming and removing a post. */
import { eq } from 'drizzle-orm';
import { posts } from '../../db/schema/access.ts';
import type { Ctx } from '../context.ts';
import { changeStaff } from './change-staff.ts';
import { endSessionsOf, letGo } from './let-go.ts';
import { ensureSure, managedPost, type ManagedPost } from './managed-post.ts';
import { noteChange, tellChange, type Noted } from './note.ts';

export interface EndInput {
  why: string;
  /** Said again by whoever would end the only post by which they lead. */
  sure?: boolean | undefined;
}

/**
 * Takes a post away for good: it ends now, with its sessions and cards, and the cases in hand go back.
 * @throws not-found, own-last-lead
 */
export const removePost = (ctx: Ctx, postId: string, input: EndInput): Promise<void> =>
  takePower(ctx, postId, input, 'removed', async (inside, post, by) => {
    await inside.db.update(posts).set({ endedAt: ctx.clock(), endedBy: by }).where(eq(posts.id, post.id));
  });

/** The same until the post is taken up again. @throws not-found, own-last-lead */
export const suspendPost = (ctx: Ctx, postId: string, input: EndInput): Promise<void> =>
  takePower(ctx, postId, input, 'suspended', async (inside, post) => {
    await inside.db.update(posts).set({ suspendedAt: ctx.clock() }).where(eq(posts.id, post.id));
  });

async function takePower(
  ctx: Ctx,
  postId: string,
  { why, sure = false }: EndInput,
  act: 'removed' | 'suspended',
  end: (inside: Ctx, post: ManagedPost, by: string) => Promise<void>,
): Promise<void> {
  await changeStaff(ctx, async (inside, actor) => {
    const post = await managedPost(inside, postId);
    if (act === 'suspended' && post.suspendedAt) return;
    ensureSure(actor, post, sure);
    await end(inside, post, actor.accountId);
    await letGo(inside, post);
    await endSessionsOf(inside, post.accountId);
    await tell(inside, post, act, why);
  });
}

/** Gives a suspended post its power back. @throws not-found */
export async function resumePost(ctx: Ctx, postId: string): Promise<void> {
  await changeStaff(ctx, async (inside) => {
    const post = await managedPost(inside, postId);
    if (!post.suspendedAt) return;
    await inside.db.update(posts).set({ suspendedAt: null }).where(eq(posts.id, post.id));
    await tell(inside, post, 'resumed', null);
  });
}

/** The words in which whoever had it hears of it. */
const templates = { removed: 'post-removed', suspended: 'post-suspended', resumed: 'post-resumed' } as const;

async function tell(ctx: Ctx, post: ManagedPost, act: 'removed' | 'suspended' | 'resumed', why: string | null) {
  const { accountId, unitId, role, name } = post;
  const noted: Noted = { act, unitId, role, name, accountId, why };
  await noteChange(ctx, noted);
  await tellChange(ctx, accountId, templates[act], noted);
}
