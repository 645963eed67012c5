/** Money or goods were handed over: when, to whom, by which two people, with a photo of what was signed. */
import type { PlainDate } from '../dates.ts';
import { ensurePerson } from '../access/can.ts';
import { defineEffect, laterFacts } from '../engine/effect.ts';
import { openCase } from '../engine/effects/open-case.ts';
import { payPayments } from './ledger.ts';
import type { Handover } from './payment-form.ts';
import type { Reserved } from './reserve.ts';

interface Spend extends Handover {
  reserved: Reserved;
}

/**
 * Taking it back never deletes a payment: a decision undone opens a case that recovers the money. While a case still runs, what is
 * paid cannot be withdrawn.
 */
export const spend = defineEffect<Spend, { payments: string[]; day: PlainDate }>({
  name: 'care-spend',
  async apply(ctx, { reserved, paidOn, receiver, receiverName, second, receipt }) {
    const { name } = ensurePerson(ctx.actor);
    const details = {
      ...(receiver !== 'self' && { receiver: receiverName ?? '', relation: receiver }),
      handlers: [name ?? '', second],
      files: receipt,
    };
    await payPayments(ctx, reserved.payments, { day: paidOn, detailsOf: () => details });
    return { payments: reserved.payments, day: paidOn };
  },
  async undo(ctx, _receipt, cause) {
    if (cause.status !== 'approved') throw laterFacts('paid');
    await openCase.definition.apply(ctx, { kind: 'recovery', subjectId: cause.subjectId }, cause);
  },
});
