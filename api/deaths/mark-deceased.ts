/**
 * A retiree has died: care ends that day, their own account is theirs no more, and nothing that waits is sent to them. Relatives keep
 * their links, which from now on open only what follows a death.
 */
import { and, eq, inArray, isNull, notExists, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { links } from '../../db/schema/access.ts';
import { messages } from '../../db/schema/delivery.ts';
import { cases } from '../../db/schema/engine.ts';
import { care, retirees } from '../../db/schema/registry.ts';
import type { Ctx } from '../context.ts';
import type { PlainDate } from '../dates.ts';
import { defineEffect, laterFacts } from '../engine/effect.ts';
import { alreadyDeceased } from './errors.ts';

interface Died {
  retireeId: string;
  on: PlainDate;
}

interface Receipt extends Died {
  careId: string | null;
  linkIds: string[];
}

export const markDeceased = defineEffect<Died, Receipt>({
  name: 'mark-deceased',
  async apply(ctx, { retireeId, on }) {
    const [died] = await ctx.db
      .update(retirees)
      .set({ diedOn: on })
      .where(and(eq(retirees.id, retireeId), isNull(retirees.diedOn)))
      .returning({ id: retirees.id });
    if (!died) throw alreadyDeceased();
    const [ended] = await ctx.db
      .update(care)
      .set({ until: sql`greatest(${care.since}, ${on}::date)` })
      .where(and(eq(care.retireeId, retireeId), isNull(care.until)))
      .returning({ id: care.id });
    const own = await endOwnLinks(ctx, retireeId);
    await sendNothingMore(
      ctx,
      retireeId,
      own.map(({ accountId }) => accountId),
    );
    return { retireeId, on, careId: ended?.id ?? null, linkIds: own.map(({ id }) => id) };
  },
  async undo(ctx, { retireeId, on, careId, linkIds }) {
    const [alive] = await ctx.db
      .update(retirees)
      .set({ diedOn: null })
      .where(and(eq(retirees.id, retireeId), eq(retirees.diedOn, on)))
      .returning({ id: retirees.id });
    if (!alive) throw laterFacts('death');
    if (careId) await ctx.db.update(care).set({ until: null }).where(eq(care.id, careId));
    await restoreLinks(ctx, linkIds);
  },
});

async function endOwnLinks({ db, actor, clock }: Ctx, retireeId: string) {
  return db
    .update(links)
    .set({ revokedAt: clock(), revokedBy: actor.is === 'person' ? actor.accountId : null })
    .where(and(eq(links.retireeId, retireeId), eq(links.relation, 'self'), isNull(links.revokedAt)))
    .returning({ id: links.id, accountId: links.accountId });
}

/** One that was bound anew meanwhile stays as it is. */
async function restoreLinks({ db }: Ctx, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  const newer = alias(links, 'newer');
  const bound = db
    .select({ id: newer.id })
    .from(newer)
    .where(and(eq(newer.accountId, links.accountId), eq(newer.retireeId, links.retireeId), isNull(newer.revokedAt)));
  await db
    .update(links)
    .set({ revokedAt: null, revokedBy: null })
    .where(and(inArray(links.id, ids), notExists(bound)));
}

/** What waits for a retiree: at the number in the registry, or on their own account about themselves. */
async function sendNothingMore({ db }: Ctx, retireeId: string, accountIds: string[]): Promise<void> {
  const about = db.select({ id: cases.id }).from(cases).where(eq(cases.subjectId, retireeId));
  const own =
    accountIds.length > 0 ? and(inArray(messages.accountId, accountIds), inArray(messages.caseId, about)) : undefined;
  await db
    .update(messages)
    .set({ state: 'replaced' })
    .where(
      and(eq(messages.state, 'queued'), isNull(messages.claimedUntil), or(eq(messages.retireeId, retireeId), own)),
    );
}
