/** Care moves to another unit (第五条): the old care ends, the new one begins, and the person is found at the new unit. */
import { and, eq, isNull, sql } from 'drizzle-orm';
import { preparedSql } from '../../db/prepared.ts';
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
    const [moved] = await move(ctx.db, { retireeId, unitId, since, caseId });
    const { endedId, endedAt, begun = '' } = moved ?? {};
    return { retireeId, ended: endedId && endedAt ? { id: endedId, unitId: endedAt } : null, begun };
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

/** A move reported late cannot begin before the care that it ends, nor end it before it began. */
const move = preparedSql<{ endedId: string | null; endedAt: string | null; begun: string }>(sql`
  with ended as (
         update care set until = greatest(since, ${sql.placeholder('since')}::date)
          where retiree_id = ${sql.placeholder('retireeId')}::uuid and until is null
         returning id, unit_id, until),
       begun as (
         insert into care (retiree_id, unit_id, since, case_id)
         select ${sql.placeholder('retireeId')}::uuid, ${sql.placeholder('unitId')},
                coalesce((select until from ended), ${sql.placeholder('since')}::date), ${sql.placeholder('caseId')}::uuid
         returning id),
       found as (
         update search_keys set unit_id = ${sql.placeholder('unitId')} where retiree_id = ${sql.placeholder('retireeId')}::uuid)
  select (select id from ended) as "endedId", (select unit_id from ended) as "endedAt", id as begun from begun`);

async function findAt(ctx: Ctx, retireeId: string, unitId: string): Promise<void> {
  await ctx.db.update(searchKeys).set({ unitId }).where(eq(searchKeys.retireeId, retireeId));
}
