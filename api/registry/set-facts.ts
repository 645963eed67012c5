/** Puts right what the registry holds of a retiree, field by field. Each field has the inverse of its own change, nothing else. */
import { isDeepStrictEqual } from 'node:util';
import { eq } from 'drizzle-orm';
import { retirees } from '../../db/schema/registry.ts';
import type { Ctx } from '../context.ts';
import { defineEffect, laterFacts } from '../engine/effect.ts';

const columns = {
  born: retirees.born,
  retiredOn: retirees.retiredOn,
  employer: retirees.employer,
  employerKind: retirees.employerKind,
  ethnicity: retirees.ethnicity,
};
type Facts = Partial<Pick<typeof retirees.$inferSelect, keyof typeof columns>>;

interface SetFacts {
  retireeId: string;
  facts: Facts;
}

interface Receipt extends SetFacts {
  before: Facts;
}

export const setFacts = defineEffect<SetFacts, Receipt>({
  name: 'set-facts',
  async apply(ctx, { retireeId, facts }) {
    const before = await held(ctx, retireeId, facts);
    await ctx.db.update(retirees).set(facts).where(eq(retirees.id, retireeId));
    return { retireeId, facts, before };
  },
  async undo(ctx, { retireeId, facts, before }) {
    if (!isDeepStrictEqual(await held(ctx, retireeId, facts), facts)) throw laterFacts('facts');
    await ctx.db.update(retirees).set(before).where(eq(retirees.id, retireeId));
  },
});

/** What stands in the fields that `facts` names, under the row's lock. */
async function held(ctx: Ctx, retireeId: string, facts: Facts): Promise<Facts> {
  const [row] = await ctx.db.select(columns).from(retirees).where(eq(retirees.id, retireeId)).for('update');
  return Object.fromEntries(Object.entries(row ?? {}).filter(([name]) => name in facts));
}
