/** What a retiree was given before: shown to those who decide about them (第十九条（四）: an earlier grant is seen). */
import { and, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { carePayments, type CareForm } from '../../db/schema/care.ts';
import { cases } from '../../db/schema/engine.ts';
import { care } from '../../db/schema/registry.ts';
import { ensureCanSee } from '../access/can.ts';
import type { Ctx } from '../context.ts';
import type { CareKind } from '../rulebook.ts';

export interface Given {
  paymentId: string;
  day: string;
  unit: string;
  kind: CareKind;
  form: CareForm;
  fen: number;
  state: 'reserved' | 'paid' | 'reversed';
}

const MOST = 40;

/** Newest first; what was released is left out. @throws not-signed-in, not-found for all but staff in care or deciding */
export async function readGiven(ctx: Ctx, retireeId: string): Promise<Given[]> {
  ensureCanSee(ctx.actor, 'care.see-given', { units: await unitsConcerned(ctx, retireeId) });
  const rows = await ctx.db
    .select({
      entry: carePayments,
      later: sql<string[]>`array(select l.entry from ${carePayments} l
        where l.payment_id = ${carePayments.paymentId} and l.entry <> 'reserve')`,
      paidOn: sql<string | null>`(select l.day::text from ${carePayments} l
        where l.payment_id = ${carePayments.paymentId} and l.entry = 'pay')`,
    })
    .from(carePayments)
    .where(and(eq(carePayments.retireeId, retireeId), eq(carePayments.entry, 'reserve')))
    .orderBy(desc(carePayments.day), desc(carePayments.id))
    .limit(MOST);
  return rows
    .filter(({ later }) => !later.includes('release'))
    .map(({ entry, later, paidOn }) => ({
      paymentId: entry.paymentId,
      day: paidOn ?? entry.day,
      unit: ctx.city.units.get(entry.unitId)?.name ?? '',
      kind: entry.kind as CareKind,
      form: entry.form,
      fen: entry.fen,
      state: later.includes('reverse') ? 'reversed' : later.includes('pay') ? 'paid' : 'reserved',
    }));
}

/** The unit of their care, the one right above it, and those that must decide a case about them now. */
async function unitsConcerned({ db, city }: Ctx, retireeId: string): Promise<string[]> {
  const [[held], deciding] = await Promise.all([
    db
      .select({ unitId: care.unitId })
      .from(care)
      .where(and(eq(care.retireeId, retireeId), isNull(care.until))),
    db
      .selectDistinct({ unitId: cases.unitId })
      .from(cases)
      .where(and(eq(cases.subjectId, retireeId), inArray(cases.status, ['open', 'entering']))),
  ]);
  const own = held ? [held.unitId, city.units.get(held.unitId)?.parentId ?? ''] : [];
  return [...own, ...deciding.map(({ unitId }) => unitId)];
}
