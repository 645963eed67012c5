/** A new phone number to reach a retiree, confirmed by the community. */
import { and, eq } from 'drizzle-orm';
import { retirees, searchKeys } from '../../db/schema/registry.ts';
import { blindIndex } from '../../db/vault.ts';
import type { Ctx } from '../context.ts';
import { defineEffect, laterFacts } from '../engine/effect.ts';
import { lastFourKey } from './import/retiree-rows.ts';

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
    await keep(ctx, retireeId, held?.phone ?? null, phone);
    return { retireeId, phone, before: held?.phone ?? null };
  },
  async undo(ctx, { retireeId, phone, before }) {
    const [held] = await ctx.db.select({ phone: retirees.phone }).from(retirees).where(eq(retirees.id, retireeId));
    if (held?.phone !== phone) throw laterFacts('phone');
    await keep(ctx, retireeId, phone, before);
  },
});

/** Writes the number and the key by which its last four digits are found. */
async function keep(ctx: Ctx, retireeId: string, old: string | null, phone: string | null): Promise<void> {
  const [written] = await ctx.db
    .update(retirees)
    .set({ phone, phoneIndex: phone === null ? null : blindIndex('phone', phone) })
    .where(eq(retirees.id, retireeId))
    .returning({ idNumber: retirees.idNumber });
  const now = [phone, written?.idNumber].flatMap((number) => (number ? [lastFourKey(number.slice(-4))] : []));
  if (old && !now.includes(lastFourKey(old.slice(-4)))) {
    await ctx.db
      .delete(searchKeys)
      .where(and(eq(searchKeys.retireeId, retireeId), eq(searchKeys.key, lastFourKey(old.slice(-4)))));
  }
  const [{ unitId } = { unitId: null }] = await ctx.db
    .select({ unitId: searchKeys.unitId })
    .from(searchKeys)
    .where(eq(searchKeys.retireeId, retireeId))
    .limit(1);
  if (unitId && phone) {
    await ctx.db
      .insert(searchKeys)
      .values({ unitId, retireeId, key: lastFourKey(phone.slice(-4)) })
      .onConflictDoNothing();
  }
}
