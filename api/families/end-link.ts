/** Ends a link: the relative gives it back, the retiree takes it back, or staff end it and say why. The other side is told. */
import { eq } from 'drizzle-orm';
import { links, type RevokeReason } from '../../db/schema/access.ts';
import { can, ensureCanSee, ensurePerson } from '../access/can.ts';
import { freshActor } from '../access/person.ts';
import type { Ctx } from '../context.ts';
import { plain, words, type Part } from '../delivery/message.ts';
import { enqueue } from '../delivery/outbox.ts';
import { tellRetiree } from '../delivery/tell-retiree.ts';
import { once } from '../engine/once.ts';
import { sayWhy } from './errors.ts';
import { lockLink, type HeldLink } from './read-link.ts';
import { nameOfHelper } from './names.ts';

/** @throws not-found when it has ended or is not theirs to end, say-why when staff give no reason */
export async function endLink(ctx: Ctx, id: string, why?: RevokeReason): Promise<{ ended: true }> {
  return once(ctx, async (tx) => {
    const inside = { ...tx, actor: await freshActor(tx) };
    const held = await lockLink(inside, id);
    ensureCanSee(inside.actor, 'link.end', held.facts);
    const { accountId } = ensurePerson(inside.actor);
    const asStaff = isOnlyStaff(inside, held);
    if (asStaff && !why) throw sayWhy();
    await inside.db
      .update(links)
      .set({ revokedAt: ctx.clock(), revokedBy: accountId, revokedWhy: asStaff ? (why ?? null) : null })
      .where(eq(links.id, held.link.id));
    await tell(inside, held, accountId, asStaff ? (why ?? null) : null);
    return { ended: true as const };
  });
}

/** Whoever is the retiree or holds the link ends it as that, whatever post they have. */
function isOnlyStaff({ actor }: Ctx, { facts, link }: HeldLink): boolean {
  if (!can(actor, 'link.end-as-staff', facts) || actor.is !== 'person') return false;
  return !actor.links.some((one) => one.relation === 'self' && one.retireeId === link.retireeId);
}

async function tell(ctx: Ctx, { link, retiree }: HeldLink, by: string, why: RevokeReason | null): Promise<void> {
  const params: Record<string, Part> = {
    name: plain(retiree.name),
    helper: plain(await nameOfHelper(ctx, link)),
    ...(why && { why: words(`notices:family.why.${why}`) }),
  };
  const ended = why ? 'family.ended-by-staff' : 'family.ended';
  if (by !== link.accountId)
    await enqueue(ctx, [{ to: { accountId: link.accountId }, form: 'notice', template: ended, params }]);
  const toldRetiree = by === link.accountId ? 'family.given-back' : why ? 'family.ended-for-you' : 'family.you-ended';
  await tellRetiree(ctx, link.retireeId, { template: toldRetiree, params, except: by });
}
