/** A new residence (第四条（二）, 第五条): the old one gets its end. */
import { and, eq, isNull, sql } from 'drizzle-orm';
import { asStored, preparedSql } from '../../db/prepared.ts';
import { residences, type Place } from '../../db/schema/registry.ts';
import type { PlainDate } from '../dates.ts';
import { defineEffect, laterFacts } from '../engine/effect.ts';

interface MoveHome {
  retireeId: string;
  /** Null outside the city; then `place.words` says where. */
  communityId: string | null;
  place: Place;
  since: PlainDate;
}

interface Receipt {
  retireeId: string;
  ended: string | null;
  begun: string;
}

/** A move reported late cannot begin before the residence that it ends, nor end it before it began. */
const move = preparedSql<{ ended: string | null; begun: string }>(sql`
  with ended as (
         update residences set until = greatest(since, ${sql.placeholder('since')}::date)
          where retiree_id = ${sql.placeholder('retireeId')}::uuid and until is null
         returning id, until),
       begun as (
         insert into residences (retiree_id, community_id, place, since, case_id)
         select ${sql.placeholder('retireeId')}::uuid, ${sql.placeholder('communityId')}, ${asStored(residences.place, 'place')},
                coalesce((select until from ended), ${sql.placeholder('since')}::date), ${sql.placeholder('caseId')}::uuid
         returning id)
  select (select id from ended) as ended, id as begun from begun`);

export const moveHome = defineEffect<MoveHome, Receipt>({
  name: 'move-home',
  async apply(ctx, { retireeId, communityId, place, since }, { caseId }) {
    const [moved] = await move(ctx.db, { retireeId, communityId, place, since, caseId });
    return { retireeId, ended: moved?.ended ?? null, begun: moved?.begun ?? '' };
  },
  async undo(ctx, { retireeId, ended, begun }) {
    const [now] = await ctx.db
      .select({ id: residences.id })
      .from(residences)
      .where(and(eq(residences.retireeId, retireeId), isNull(residences.until)));
    if (now?.id !== begun) throw laterFacts('home');
    await ctx.db.delete(residences).where(eq(residences.id, begun));
    if (ended) await ctx.db.update(residences).set({ until: null }).where(eq(residences.id, ended));
  },
});
