/** A case as its service's conditions and effects see it. */
import type { Ctx } from '../../context.ts';
import { dayOf } from '../../dates.ts';
import { existing } from '../questions/unit.ts';
import type { EffectMaker } from '../effect.ts';
import type { CaseRow } from '../drafts/load.ts';
import type { CaseView, AnySubject } from '../service.ts';

type Values = Record<string, unknown>;

/** @see CaseView */
export function caseView(
  ctx: Ctx,
  row: CaseRow,
  about: {
    subject: AnySubject | null;
    answers: Values;
    step: Values;
    receipts: readonly { effect: string; receipt: unknown }[];
  },
): CaseView<Values, Values, AnySubject | null> {
  return {
    id: row.id,
    subject: about.subject,
    answers: about.answers,
    step: about.step,
    unit: existing(ctx.city.units.get(row.unitId), row.unitId),
    units: ctx.city.units,
    today: dayOf(ctx.clock()),
    receiptOf<R>(effect: EffectMaker<never, R>): R {
      const found = about.receipts.find((one) => one.effect === effect.definition.name);
      if (!found) throw new Error(`Case ${row.number} has no receipt of "${effect.definition.name}".`);
      return found.receipt as R;
    },
  };
}
