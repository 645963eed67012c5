/** The keys by which a clerk finds somebody, made anew after what they are made of has changed. */
import { eq } from 'drizzle-orm';
import { retirees, searchKeys } from '../../db/schema/registry.ts';
import type { Ctx } from '../context.ts';
import type { IdNumber } from '../values/id-number.ts';
import type { Phone } from '../values/phone.ts';
import { searchKeyRows } from './import/retiree-rows.ts';

/** `ctx.db` is the transaction of the change. Whoever could not be found before (care ended) is not found afterwards. */
export async function renewSearchKeys(ctx: Ctx, retireeId: string): Promise<void> {
  const [old] = await ctx.db.delete(searchKeys).where(eq(searchKeys.retireeId, retireeId)).returning();
  const [person] = await ctx.db
    .select({ name: retirees.name, idNumber: retirees.idNumber, phone: retirees.phone })
    .from(retirees)
    .where(eq(retirees.id, retireeId));
  if (!old || !person) return;
  const facts = { name: person.name, idNumber: person.idNumber as IdNumber, phone: person.phone as Phone | null };
  await ctx.db.insert(searchKeys).values(searchKeyRows(old.unitId, retireeId, facts));
}
