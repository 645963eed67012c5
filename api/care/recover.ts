/** Money paid by mistake came back: the payments of the case that was undone get an entry against them. */
import { and, eq, inArray, notExists, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { carePayments } from '../../db/schema/care.ts';
import { cases } from '../../db/schema/engine.ts';
import type { Ctx } from '../context.ts';
import type { PlainDate } from '../dates.ts';
import { defineEffect, laterFacts } from '../engine/effect.ts';
import { nothingReserved } from './errors.ts';
import { reversePayments } from './ledger.ts';

/** Reverses what the case that this one recovers from paid, itself or by a case that it opened. */
export const recover = defineEffect<{ day: PlainDate; reason: string }, { payments: string[] }>({
  name: 'care-recover',
  async apply(ctx, back, { caseId }) {
    const payments = await paidBy(ctx, caseId);
    if (payments.length === 0) throw nothingReserved();
    await reversePayments(ctx, payments, back);
    return { payments };
  },
  async undo() {
    throw laterFacts('recovered');
  },
});

async function paidBy({ db }: Ctx, recoveryId: string): Promise<string[]> {
  const parent = db.select({ id: cases.parentId }).from(cases).where(eq(cases.id, recoveryId));
  const children = db.select({ id: cases.id }).from(cases).where(inArray(cases.parentId, parent));
  const reversed = alias(carePayments, 'reversed');
  const rows = await db
    .select({ paymentId: carePayments.paymentId })
    .from(carePayments)
    .where(
      and(
        eq(carePayments.entry, 'pay'),
        or(inArray(carePayments.caseId, parent), inArray(carePayments.caseId, children)),
        notExists(
          db
            .select({ one: sql`1` })
            .from(reversed)
            .where(and(eq(reversed.paymentId, carePayments.paymentId), eq(reversed.entry, 'reverse'))),
        ),
      ),
    );
  return rows.map(({ paymentId }) => paymentId);
}
