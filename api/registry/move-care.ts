/** Care moves to another unit (第五条): the old care ends, the new one begins, and the person is found at the new unit. */
import { and, eq, isNull, sql } from 'drizzle-orm';
import { care, searchKeys } from '../../db/schema/registry.ts';
import type { Ctx } from '../context.ts';
import type { PlainDate } from '../dates.ts';
import { defineEffect, laterFacts } from '../engine/effect.ts';

interface MoveCare {
  retireeId: string;
  unitId: string;
  since: PlainDate;
}

interface Receipt {
  retireeId: string;
  /** The care that ended, with its unit; null when there was none. */
  ended: { id: string; unitId: string } | null;
  /** The care that began. */
  begun: string;
}

export const moveCare = defineEffect<MoveCare, Receipt>({
  name: 'move-care',
  async apply(ctx, { retireeId, unitId, since }, { caseId }) {
    const ended = await endCare(ctx, retireeId, since);
    // A move reported late cannot begin before the care that it ends.
    const from = ended && ended.since > since ? ended.since : since;
    const [begun] = await ctx.db
      .insert(care)
      .values({ retireeId, unitId, since: from, caseId })
      .returning({ id: care.id });
    await findAt(ctx, retireeId, unitId);
    return { retireeId, ended: ended && { id: ended.id, unitId: ended.unitId }, begun: begun?.id ?? '' };
  },
  async undo(ctx, { retireeId, ended, begun }) {
    const [now] = await ctx.db
      .select()
      .from(care)
      .where(and(eq(care.retireeId, retireeId), isNull(care.until)));
    if (now?.id !== begun) throw laterFacts('care');
    await ctx.db.delete(care).where(eq(care.id, begun));
    if (!ended) return;
    await ctx.db.update(care).set({ until: null }).where(eq(care.id, ended.id));
    await findAt(ctx, retireeId, ended.unitId);
  },
});

async function endCare(ctx: Ctx, retireeId: string, until: PlainDate) {
  const [ended] = await ctx.db
    .update(care)
    .set({ until: sql`greatest(${care.since}, ${until}::date)` })
    .where(and(eq(care.retireeId, retireeId), isNull(care.until)))
    .returning({ id: care.id, unitId: care.unitId, since: care.since });
  return ended ?? null;
}

async function findAt(ctx: Ctx, retireeId: string, unitId: string): Promise<void> {
  await ctx.db.update(searchKeys).set({ unitId }).where(eq(searchKeys.retireeId, retireeId));
}
