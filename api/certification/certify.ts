/** A retiree has been certified (第十一条（三）): the pension goes on for a year from that day. */
import { and, eq, isNull, lt, or } from 'drizzle-orm';
import { retirees } from '../../db/schema/registry.ts';
import type { PlainDate } from '../dates.ts';
import { defineEffect, laterFacts } from '../engine/effect.ts';

interface Certified {
  retireeId: string;
  on: PlainDate;
}

/** `before` is what stood there; null when this day brought nothing newer than what was known. */
interface Receipt extends Certified {
  changed: boolean;
  before: string | null;
}

export const certify = defineEffect<Certified, Receipt>({
  name: 'certify',
  async apply({ db }, { retireeId, on }) {
    const [held] = await db
      .select({ certifiedOn: retirees.certifiedOn })
      .from(retirees)
      .where(eq(retirees.id, retireeId))
      .for('update');
    const before = held?.certifiedOn ?? null;
    // A day reported late never takes back a newer one.
    const [changed] = await db
      .update(retirees)
      .set({ certifiedOn: on })
      .where(and(eq(retirees.id, retireeId), or(isNull(retirees.certifiedOn), lt(retirees.certifiedOn, on))))
      .returning({ id: retirees.id });
    return { retireeId, on, changed: changed !== undefined, before };
  },
  async undo({ db }, { retireeId, on, changed, before }) {
    if (!changed) return;
    const [restored] = await db
      .update(retirees)
      .set({ certifiedOn: before })
      .where(and(eq(retirees.id, retireeId), eq(retirees.certifiedOn, on)))
      .returning({ id: retirees.id });
    if (!restored) throw laterFacts('certification');
  },
});
