/** Tells the staff of a unit something that they need not decide: a retiree left their care. */
import { sql } from 'drizzle-orm';
import { preparedSql } from '../../db/prepared.ts';
import { isOnDuty, onDay } from '../access/duty.ts';
import { dayOf } from '../dates.ts';
import { plain, unitName, words } from '../delivery/message.ts';
import { enqueue } from '../delivery/outbox.ts';
import { defineEffect } from '../engine/effect.ts';

interface TellUnit {
  unitId: string;
  /** The name of a text in `notices`. */
  template: string;
  name: string;
}

/** Whoever of a unit's staff is told on a day what happens there. */
export const onDuty = preparedSql<{ accountId: string }>(sql`
  select account_id as "accountId" from posts
   where unit_id = ${sql.placeholder('unitId')} and ended_at is null and suspended_at is null and ${isOnDuty(sql`posts`, onDay)}`);

export const tellUnit = defineEffect<TellUnit, { unitId: string }>({
  name: 'tell-unit',
  async apply(ctx, { unitId, template, name }, cause) {
    const staff = await onDuty(ctx.db, { unitId, day: dayOf(ctx.clock()) });
    const params = {
      name: plain(name),
      unit: unitName(cause.unitId),
      number: cause.number,
      service: words(`services/${cause.kind}:title`),
    };
    await enqueue(
      ctx,
      staff.map(({ accountId }) => ({
        to: { accountId, atUnit: unitId },
        form: 'notice' as const,
        template,
        params,
        caseId: cause.caseId,
      })),
    );
    return { unitId };
  },
  /** A message cannot be unsaid; the undoing is told by the case itself. */
  async undo() {},
});
