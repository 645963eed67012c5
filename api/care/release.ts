/** What was set aside goes back to the budget: an objection, or a step begun again. */
import { defineEffect } from '../engine/effect.ts';
import { releasePayments } from './ledger.ts';
import type { Reserved } from './reserve.ts';

export const release = defineEffect<Reserved, { payments: string[] }>({
  name: 'care-release',
  async apply(ctx, { payments }) {
    await releasePayments(ctx, payments, null);
    return { payments };
  },
  /** The money went to others meanwhile: whoever decides again sets it aside again. */
  async undo() {},
});
