/** A post that the actor may change, locked for the transaction that will. */
import { and, eq, isNull } from 'drizzle-orm';
import { accounts, posts, type Role } from '../../db/schema/access.ts';
import type { Person } from '../access/actor.ts';
import { ensureCanSee } from '../access/can.ts';
import type { Ctx } from '../context.ts';
import { notFound } from '../errors.ts';
import { ownLastLead } from './errors.ts';
import { unitPath } from './reach.ts';

export interface ManagedPost {
  id: string;
  accountId: string;
  /** Of whoever holds it. */
  name: string | null;
  unitId: string;
  role: Role;
  suspendedAt: Date | null;
}

/** @throws not-found when there is no such post any more, or it is none of the actor's staff */
export async function managedPost(ctx: Ctx, postId: string): Promise<ManagedPost> {
  const [post] = await ctx.db
    .select({
      id: posts.id,
      accountId: posts.accountId,
      name: accounts.name,
      unitId: posts.unitId,
      role: posts.role,
      suspendedAt: posts.suspendedAt,
    })
    .from(posts)
    .innerJoin(accounts, eq(accounts.id, posts.accountId))
    .where(and(eq(posts.id, postId), isNull(posts.endedAt)))
    .for('update', { of: posts });
  if (!post) throw notFound();
  ensureCanSee(ctx.actor, 'staff.manage', { unitPath: unitPath(ctx, post.unitId) });
  return post;
}

/** Nobody ends the only post by which they lead by mistake. @throws own-last-lead unless they are sure */
export function ensureSure(actor: Person, post: ManagedPost, sure: boolean): void {
  const leads = actor.posts.filter(({ role }) => role === 'lead');
  if (!sure && post.accountId === actor.accountId && post.role === 'lead' && leads.length < 2) throw ownLastLead();
}
