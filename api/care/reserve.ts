/** An approval sets money aside (第二十条): under the person's ceiling and inside the budget of the year. */
import type { CareForm } from '../../db/schema/care.ts';
import { dayOf } from '../dates.ts';
import { defineEffect } from '../engine/effect.ts';
import type { CareKind } from '../rulebook.ts';
import { releasePayments, reservePayments, stillReserved } from './ledger.ts';
import { payingUnit } from './paying-unit.ts';
import { periodOf } from './rules.ts';

interface Gift {
  ceiling: string;
  form: CareForm;
  fen: number;
}

interface Reserve {
  retireeId: string;
  /** The unit that decides; a community without a budget of its own uses its street's. */
  unitId: string;
  kind: CareKind;
  gifts: Gift[];
}

export interface Reserved {
  payments: string[];
  fen: number;
  unitId: string;
}

/** Taking it back releases what was not paid; for what was, `spend` opens a recovery. */
export const reserve = defineEffect<Reserve, Reserved>({
  name: 'care-reserve',
  async apply(ctx, { retireeId, unitId, kind, gifts }, { caseId }) {
    const year = Number(dayOf(ctx.clock()).slice(0, 4));
    const payer = await payingUnit(ctx, unitId, year, kind);
    const common = { retireeId, unitId: payer, year, kind, caseId };
    const payments = await reservePayments(
      ctx,
      gifts.map((gift) => ({ ...common, ...gift, period: periodOf(gift.ceiling, { year, caseId }) })),
    );
    return { payments, fen: gifts.reduce((sum, { fen }) => sum + fen, 0), unitId: payer };
  },
  async undo(ctx, { payments }) {
    await releasePayments(ctx, await stillReserved(ctx, payments), null);
  },
});
