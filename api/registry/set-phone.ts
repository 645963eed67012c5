/** A new phone number to reach a retiree, confirmed by the community. */
import { eq } from 'drizzle-orm';
import { retirees } from '../../db/schema/registry.ts';
import { blindIndex } from '../../db/vault.ts';
import { defineEffect, laterFacts } from '../engine/effect.ts';

interface SetPhone {
  retireeId: string;
  phone: string;
}

interface Receipt extends SetPhone {
  before: string | null;
}

export const setPhone = defineEffect<SetPhone, Receipt>({
  name: 'set-phone',
  async apply(ctx, { retireeId, phone }) {
    const [held] = await ctx.db.select({ phone: retirees.phone }).from(retirees).where(eq(retirees.id, retireeId));
    await ctx.db
      .update(retirees)
      .set({ phone, phoneIndex: blindIndex('phone', phone) })
      .where(eq(retirees.id, retireeId));
    return { retireeId, phone, before: held?.phone ?? null };
  },
  async undo(ctx, { retireeId, phone, before }) {
    const [held] = await ctx.db.select({ phone: retirees.phone }).from(retirees).where(eq(retirees.id, retireeId));
    if (held?.phone !== phone) throw laterFacts('phone');
    await ctx.db
      .update(retirees)
      .set({ phone: before, phoneIndex: before === null ? null : blindIndex('phone', before) })
      .where(eq(retirees.id, retireeId));
  },
});
