/** Whoever reported a death, and is family as staff found, goes on for the family: as a relative linked for what follows it. */
import { and, eq, isNull } from 'drizzle-orm';
import { links, type Relation } from '../../db/schema/access.ts';
import { defineEffect } from '../engine/effect.ts';

interface Family {
  retireeId: string;
  relation: Exclude<Relation, 'self'>;
}

export const admitFamily = defineEffect<Family, { linkId: string | null }>({
  name: 'admit-family',
  async apply(ctx, { retireeId, relation }, { applicantId, caseId }) {
    // Somebody not signed in has no account to be linked; the community helps them.
    if (!applicantId) return { linkId: null };
    const [link] = await ctx.db
      .insert(links)
      .values({ accountId: applicantId, retireeId, relation, scope: 'apply', since: ctx.clock(), caseId })
      .onConflictDoNothing()
      .returning({ id: links.id });
    return { linkId: link?.id ?? null };
  },
  async undo(ctx, { linkId }) {
    if (!linkId) return;
    await ctx.db
      .update(links)
      .set({ revokedAt: ctx.clock() })
      .where(and(eq(links.id, linkId), isNull(links.revokedAt)));
  },
});
