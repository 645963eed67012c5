/** Anybody may object to a public notice, but nobody a hundred times: limits that hold across processes. */
import { objectionsFromAddress, objectionsOfOne, spend } from '../../access/limits.ts';
import type { Ctx } from '../../context.ts';

/** Counts an objection in its own transaction. @throws too-many-today */
export async function limitObjections(ctx: Ctx): Promise<void> {
  const { actor, address } = ctx;
  if (actor.is === 'person') await spend(ctx, objectionsOfOne, actor.accountId);
  if (actor.is !== 'guest') return;
  if (actor.guestHash) await spend(ctx, objectionsOfOne, actor.guestHash.toString('hex'));
  await spend(ctx, objectionsFromAddress, address ?? 'unknown');
}
