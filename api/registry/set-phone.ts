/** A new phone number to reach a retiree, confirmed by the community. */
import { eq } from 'drizzle-orm';
import { retirees } from '../../db/schema/registry.ts';
import { blindIndex } from '../../db/vault.ts';
import type { Ctx } from '../context.ts';
import { defineEffect, laterFacts } from '../engine/effect.ts';
import { renewSearchKeys } from './search-keys.ts';

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
    const before = await held(ctx, retireeId);
    await keep(ctx, retireeId, phone);
    return { retireeId, phone, before };
  },
  async undo(ctx, { retireeId, phone, before }) {
    if ((await held(ctx, retireeId)) !== phone) throw laterFacts('phone');
    await keep(ctx, retireeId, before);
  },
});

async function held(ctx: Ctx, retireeId: string): Promise<string | null> {
  const [row] = await ctx.db
    .select({ phone: retirees.phone })
    .from(retirees)
    .where(eq(retirees.id, retireeId))
    .for('update');
  return row?.phone ?? null;
}

/** Writes the number, its index, and the key by which its last four digits are found. */
async function keep(ctx: Ctx, retireeId: string, phone: string | null): Promise<void> {
  await ctx.db
    .update(retirees)
    .set({ phone, phoneIndex: phone === null ? null : blindIndex('phone', phone) })
    .where(eq(retirees.id, retireeId));
  await renewSearchKeys(ctx, retireeId);
}
