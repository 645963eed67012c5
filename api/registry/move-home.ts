/** A new residence (第四条（二）, 第五条): the old one gets its end. */
import { and, eq, isNull, sql } from 'drizzle-orm';
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

export const moveHome = defineEffect<MoveHome, Receipt>({
  name: 'move-home',
  async apply(ctx, { retireeId, communityId, place, since }, { caseId }) {
    const [ended] = await ctx.db
      .update(residences)
      .set({ until: sql`greatest(${residences.since}, ${since}::date)` })
      .where(and(eq(residences.retireeId, retireeId), isNull(residences.until)))
      .returning({ id: residences.id, since: residences.since });
    const from = ended && ended.since > since ? ended.since : since;
    const [begun] = await ctx.db
      .insert(residences)
      .values({ retireeId, communityId, place, since: from, caseId })
      .returning({ id: residences.id });
    return { retireeId, ended: ended?.id ?? null, begun: begun?.id ?? '' };
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
