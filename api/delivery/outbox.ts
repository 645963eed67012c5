/** Puts messages into the outbox, in the transaction that causes them: rolled back together, sent only when committed. */
import { messages } from '../../db/schema/delivery.ts';
import type { Ctx } from '../context.ts';
import type { NewMessage } from './message.ts';

/** Writes the messages and the one job that will send them. `ctx.db` must be the causing transaction. */
export async function enqueue(ctx: Ctx, news: NewMessage[]): Promise<void> {
  if (news.length === 0) return;
  const now = ctx.clock();
  const rows = await ctx.db
    .insert(messages)
    .values(
      news.map(({ to, form, template, params, caseId, editOf, onceKey }) => ({
        ...to,
        form,
        template,
        params,
        caseId: caseId ?? null,
        editOf: editOf ?? null,
        onceKey: onceKey ?? null,
        createdAt: now,
        nextTryAt: now,
      })),
    )
    .onConflictDoNothing()
    .returning({ id: messages.id });
  if (rows.length > 0) await ctx.city.queue.send(ctx.db, 'deliver', { messages: rows.map((row) => row.id) });
}
