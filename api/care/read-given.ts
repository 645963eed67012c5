/** What a retiree was given before: shown to those who decide about them (第十九条（四）: an earlier grant is seen). */
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import { careForms, carePayments } from '../../db/schema/care.ts';
import { cases } from '../../db/schema/engine.ts';
import { care } from '../../db/schema/registry.ts';
import { ensureCanSee } from '../access/can.ts';
import type { Ctx } from '../context.ts';
import { careKinds } from '../rulebook.ts';

/** A payment to a retiree. */
export const given = z.object({
  paymentId: z.uuid(),
  day: z.iso.date(),
  unit: z.string(),
  kind: z.enum(careKinds),
  form: z.enum(careForms),
  fen: z.int(),
  state: z.enum(['reserved', 'paid', 'reversed']),
});
export type Given = z.infer<typeof given>;

const MOST = 40;

type Row = { [K in keyof Omit<Given, 'unit'>]: Given[K] } & { unitId: string };

/** Newest first; what was released is left out. @throws not-signed-in, not-found for all but staff in care or deciding */
export async function readGiven(ctx: Ctx, retireeId: string): Promise<Given[]> {
  ensureCanSee(ctx.actor, 'care.see-given', { units: await unitsConcerned(ctx, retireeId) });
  const rows = await ctx.db.execute<Row>(sql`
    select payment_id as "paymentId", max(day) filter (where entry in ('reserve', 'pay'))::text as day,
           unit_id as "unitId", kind, form, fen,
           case when bool_or(entry = 'reverse') then 'reversed' when bool_or(entry = 'pay') then 'paid' else 'reserved' end as state
      from ${carePayments} where retiree_id = ${retireeId}
     group by payment_id, unit_id, kind, form, fen
    having not bool_or(entry = 'release')
     order by 2 desc, payment_id desc limit ${MOST}`);
  return [...rows].map(({ unitId, ...row }) => ({ ...row, unit: ctx.city.units.get(unitId)?.name ?? '' }));
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
