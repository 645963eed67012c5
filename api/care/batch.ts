/** What the verbs about a list (batch) share: finding it, and under its lock. */
import { eq } from 'drizzle-orm';
import { careBatches } from '../../db/schema/care.ts';
import { ensureCanSee } from '../access/can.ts';
import type { Ctx } from '../context.ts';
import { notFound } from '../errors.ts';
import { batchChanged } from './errors.ts';
import { unitNamed } from './unit.ts';

export type Batch = typeof careBatches.$inferSelect;

/** The list, for those who may. @throws not-signed-in, not-found */
export async function batchFor(
  ctx: Ctx,
  id: string,
  action: 'care.read' | 'care.handle' | 'care.approve',
  lock: 'lock' | 'read' = 'read',
): Promise<Batch> {
  const query = ctx.db.select().from(careBatches).where(eq(careBatches.id, id));
  const [batch] = await (lock === 'lock' ? query.for('update') : query);
  if (!batch) throw notFound();
  const unit = unitNamed(ctx, batch.unitId);
  if (action === 'care.read') ensureCanSee(ctx.actor, action, { unitPath: unit.path });
  else ensureCanSee(ctx.actor, action, { unitId: unit.id });
  return batch;
}

/** @throws batch-changed when it is not what was seen, or is decided already */
export function ensureProposed(batch: Batch, seen: number): void {
  if (batch.version !== seen || batch.status !== 'proposed') throw batchChanged(batch.version);
}

/** Counts the change. */
export async function touch(ctx: Ctx, batch: Batch, change: Partial<Batch> = {}): Promise<void> {
  await ctx.db
    .update(careBatches)
    .set({ ...change, version: batch.version + 1 })
    .where(eq(careBatches.id, batch.id));
}
