/** One link that has not ended, with what access must know of it; under its lock, since it is about to change. */
import { and, eq, isNull } from 'drizzle-orm';
import { links } from '../../db/schema/access.ts';
import type { LinkFacts } from '../access/facts.ts';
import type { Ctx } from '../context.ts';
import { notFound } from '../errors.ts';
import type { Retiree } from '../ports.ts';

export interface HeldLink {
  link: typeof links.$inferSelect;
  retiree: Retiree;
  facts: LinkFacts;
}

/** `ctx.db` is a transaction. @throws not-found, also for one that has ended */
export async function lockLink(ctx: Ctx, id: string): Promise<HeldLink> {
  const [link] = await ctx.db
    .select()
    .from(links)
    .where(and(eq(links.id, id), isNull(links.revokedAt)))
    .for('update');
  const retiree = link ? await ctx.city.people.retiree(ctx.db, link.retireeId) : null;
  if (!link || !retiree) throw notFound();
  const { accountId, retireeId, relation } = link;
  const carePath = (retiree.care ?? retiree.insuredAt).path;
  return { link, retiree, facts: { accountId, retireeId, carePath, own: relation === 'self' } };
}
