/** Tells one account something in its chat, apart from any case. */
import type { Ctx } from '../context.ts';
import { plain } from './message.ts';
import { enqueue } from './outbox.ts';

/** Sends a notice by its text; `params` are plain words. */
export async function tellAccount(
  ctx: Ctx,
  accountId: string,
  template: string,
  params: Record<string, string> = {},
): Promise<void> {
  const parts = Object.fromEntries(Object.entries(params).map(([name, text]) => [name, plain(text)]));
  await ctx.db.transaction((tx) =>
    enqueue({ ...ctx, db: tx }, [{ to: { accountId }, form: 'notice', template, params: parts }]),
  );
}
