/** The retiree whom staff want to bind somebody to, if it is theirs to do. */
import { ensureCanSee } from '../access/can.ts';
import type { Ctx } from '../context.ts';
import { notFound } from '../errors.ts';
import type { Retiree } from '../ports.ts';

/** @throws not-found when the retiree is not in the care of the caller's unit, or there is none */
export async function ensureTheirs(ctx: Ctx, retireeId: string): Promise<Retiree> {
  const retiree = await ctx.city.people.retiree(ctx.db, retireeId);
  const carePath = (retiree?.care ?? retiree?.insuredAt)?.path ?? null;
  ensureCanSee(ctx.actor, 'retiree.bind', { retireeId, carePath });
  if (!retiree) throw notFound();
  return retiree;
}
