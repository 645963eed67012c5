/** Tells the staff of a unit something that they need not decide: a retiree left their care. */
import { and, eq, isNull, sql } from 'drizzle-orm';
import { prepared } from '../../db/prepared.ts';
import { posts } from '../../db/schema/access.ts';
import { plain, unitName, words } from '../delivery/message.ts';
import { enqueue } from '../delivery/outbox.ts';
import { defineEffect } from '../engine/effect.ts';

interface TellUnit {
  unitId: string;
  /** The name of a text in `notices`. */
  template: string;
  name: string;
}

/** Whoever of a unit's staff is told what happens there. */
export const onDuty = prepared((db) =>
  db
    .select({ accountId: posts.accountId })
    .from(posts)
    .where(
      and(
        eq(posts.unitId, sql.placeholder('unitId')),
        isNull(posts.endedAt),
        isNull(posts.suspendedAt),
        eq(posts.onDuty, true),
      ),
    ),
);

export const tellUnit = defineEffect<TellUnit, { unitId: string }>({
  name: 'tell-unit',
  async apply(ctx, { unitId, template, name }, cause) {
    const staff = await onDuty(ctx.db, { unitId });
    const params = {
      name: plain(name),
      unit: unitName(cause.unitId),
      number: cause.number,
      service: words(`services/${cause.kind}:title`),
    };
    await enqueue(
      ctx,
      staff.map((to) => ({ to, form: 'notice' as const, template, params, caseId: cause.caseId })),
    );
    return { unitId };
  },
  /** A message cannot be unsaid; the undoing is told by the case itself. */
  async undo() {},
});
