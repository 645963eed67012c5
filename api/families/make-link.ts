/** A link between whoever asked and the retiree: made by the decision on an 亲情代办, taken back with it. */
import { and, eq, isNull, sql } from 'drizzle-orm';
import { accounts, links, type LinkScope, type Relation } from '../../db/schema/access.ts';
import type { Ctx } from '../context.ts';
import { endOf, type PlainDate } from '../dates.ts';
import { defineEffect } from '../engine/effect.ts';

interface MakeLink {
  retireeId: string;
  relation: Exclude<Relation, 'self'>;
  scope: LinkScope;
  /** The last day of it; null until it is revoked. */
  lastDay: PlainDate | null;
  /** What the asker is called, for an account without a name. */
  name: string;
}

/** What the link was before; null when there was none, or only one that had run out. */
type Before = Pick<typeof links.$inferSelect, 'relation' | 'scope' | 'caseId'> & { until: string | null };

interface Receipt {
  linkId: string | null;
  before: Before | null;
}

/** One link an account and retiree: a second agreement replaces the first. Nobody becomes a relative of themself. */
export const makeLink = defineEffect<MakeLink, Receipt>({
  name: 'make-link',
  async apply(ctx, { retireeId, relation, scope, lastDay, name }, { caseId, applicantId }) {
    if (applicantId === null) return { linkId: null, before: null };
    const held = await heldLink(ctx, applicantId, retireeId);
    if (held?.relation === 'self') return { linkId: null, before: null };
    const now = ctx.clock();
    const fresh = { relation, scope, until: lastDay && endOf(lastDay), caseId };
    const [made] = await ctx.db
      .insert(links)
      .values({ ...fresh, accountId: applicantId, retireeId, since: now })
      .onConflictDoUpdate({
        target: [links.accountId, links.retireeId],
        targetWhere: isNull(links.revokedAt),
        set: fresh,
      })
      .returning({ id: links.id });
    await ctx.db
      .update(accounts)
      .set({ name: sql`coalesce(${accounts.name}, ${name})` })
      .where(eq(accounts.id, applicantId));
    const isOver = held?.until !== null && held?.until !== undefined && held.until <= now;
    return { linkId: made?.id ?? null, before: held && !isOver ? asBefore(held) : null };
  },
  async undo(ctx, { linkId, before }) {
    if (linkId === null) return;
    const change = before
      ? { ...before, until: before.until === null ? null : new Date(before.until) }
      : { revokedAt: ctx.clock(), revokedBy: ctx.actor.is === 'person' ? ctx.actor.accountId : null };
    // One that was given back or revoked since is over already.
    await ctx.db
      .update(links)
      .set(change)
      .where(and(eq(links.id, linkId), isNull(links.revokedAt)));
  },
});

async function heldLink(ctx: Ctx, accountId: string, retireeId: string) {
  const [held] = await ctx.db
    .select()
    .from(links)
    .where(and(eq(links.accountId, accountId), eq(links.retireeId, retireeId), isNull(links.revokedAt)))
    .for('update');
  return held;
}

const asBefore = ({ relation, scope, caseId, until }: typeof links.$inferSelect): Before => ({
  relation,
  scope,
  caseId,
  until: until?.toISOString() ?? null,
});
