/** The right spelling of a retiree's name: in the registry, for those who search, and where their own account is greeted by it. */
import { and, eq, inArray, isNull } from 'drizzle-orm';
import { accounts, links } from '../../db/schema/access.ts';
import { retirees } from '../../db/schema/registry.ts';
import type { Ctx } from '../context.ts';
import { defineEffect, laterFacts } from '../engine/effect.ts';
import { renewSearchKeys } from './search-keys.ts';

interface SetName {
  retireeId: string;
  name: string;
}

interface Receipt extends SetName {
  before: string;
}

export const setName = defineEffect<SetName, Receipt>({
  name: 'set-name',
  async apply(ctx, { retireeId, name }) {
    const before = await held(ctx, retireeId);
    await keep(ctx, retireeId, before, name);
    return { retireeId, name, before };
  },
  async undo(ctx, { retireeId, name, before }) {
    if ((await held(ctx, retireeId)) !== name) throw laterFacts('name');
    await keep(ctx, retireeId, name, before);
  },
});

async function held(ctx: Ctx, retireeId: string): Promise<string> {
  const [row] = await ctx.db
    .select({ name: retirees.name })
    .from(retirees)
    .where(eq(retirees.id, retireeId))
    .for('update');
  return row?.name ?? '';
}

async function keep(ctx: Ctx, retireeId: string, old: string, name: string): Promise<void> {
  await ctx.db.update(retirees).set({ name }).where(eq(retirees.id, retireeId));
  await renewSearchKeys(ctx, retireeId);
  const own = ctx.db
    .select({ id: links.accountId })
    .from(links)
    .where(and(eq(links.retireeId, retireeId), eq(links.relation, 'self'), isNull(links.revokedAt)));
  await ctx.db
    .update(accounts)
    .set({ name })
    .where(and(inArray(accounts.id, own), eq(accounts.name, old)));
}
