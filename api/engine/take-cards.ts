/** Takes the cards of a unit away from somebody who works there no more: they lose their buttons, and those not sent yet stay here. */
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { messages } from '../../db/schema/delivery.ts';
import { cases } from '../../db/schema/engine.ts';
import type { Ctx } from '../context.ts';
import { enqueue } from '../delivery/outbox.ts';

/** `ctx.db` is the transaction that ends the post. */
export async function takeCards(ctx: Ctx, { accountId, unitId }: { accountId: string; unitId: string }): Promise<void> {
  const ofUnit = ctx.db.select({ id: cases.id }).from(cases).where(eq(cases.unitId, unitId));
  const taken = await ctx.db
    .update(messages)
    .set({
      readAt: ctx.clock(),
      state: sql`case when ${messages.state} = 'queued' then 'replaced' else ${messages.state} end`,
    })
    .where(
      and(
        eq(messages.accountId, accountId),
        eq(messages.form, 'card'),
        isNull(messages.readAt),
        inArray(messages.caseId, ofUnit),
      ),
    )
    .returning({ id: messages.id, caseId: messages.caseId, params: messages.params, state: messages.state });
  await enqueue(
    ctx,
    taken
      .filter(({ state }) => state === 'sent')
      .map(({ id, caseId, params }) => ({
        to: { accountId },
        form: 'edit' as const,
        template: 'card-taken',
        params,
        caseId,
        editOf: id,
      })),
  );
}
