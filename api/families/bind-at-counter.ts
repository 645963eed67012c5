/** Staff bind a phone number to a retiree in their care, having seen the person's papers: the retiree's own, or a relative's. */
import { and, eq, isNull } from 'drizzle-orm';
import { accounts, type LinkScope, type Relation } from '../../db/schema/access.ts';
import { accountFor } from '../access/accounts.ts';
import { ensureCanSee, ensurePerson } from '../access/can.ts';
import { notAName } from '../access/errors.ts';
import { link, usualScope } from '../access/link.ts';
import { mobile } from '../access/sign-in.ts';
import type { Ctx } from '../context.ts';
import { plain, unitName, words } from '../delivery/message.ts';
import { tellRetiree } from '../delivery/tell-retiree.ts';
import { notFound } from '../errors.ts';

export interface CounterBinding {
  retireeId: string;
  phone: string;
  relation: Relation;
  /** What a relative may do; the retiree's own account may everything. */
  scope?: LinkScope | undefined;
  name?: string | undefined;
}

/**
 * The retiree is told, on another account of theirs or at the number in the registry.
 * @throws not-found when the retiree is not theirs to see, not-a-mobile, not-a-name, already-bound
 */
export async function bindAtCounter(ctx: Ctx, input: CounterBinding): Promise<void> {
  const staff = ensurePerson(ctx.actor);
  const retiree = await ctx.city.people.retiree(ctx.db, input.retireeId);
  const unit = retiree?.care ?? retiree?.insuredAt ?? null;
  ensureCanSee(ctx.actor, 'retiree.bind', { retireeId: input.retireeId, carePath: unit?.path ?? null });
  if (!retiree || !unit) throw notFound();
  const phone = mobile(input.phone);
  // A number in the wrong field would be kept, and shown, as a name.
  if (/\d/.test(input.name?.normalize('NFKC') ?? '')) throw notAName();
  const { relation, retireeId } = input;
  const scope = relation === 'self' ? 'everything' : (input.scope ?? usualScope(relation));
  await ctx.db.transaction(async (tx) => {
    const inside = { ...ctx, db: tx };
    const accountId = await accountFor(inside, 'phone', phone);
    await link(inside, { accountId, retireeId, relation, scope, boundBy: staff.accountId });
    const name = input.name ?? (relation === 'self' ? retiree.name : undefined);
    if (name)
      await tx
        .update(accounts)
        .set({ name })
        .where(and(eq(accounts.id, accountId), isNull(accounts.name)));
    const template = relation === 'self' ? 'family.bound-self' : 'family.bound';
    const params = {
      name: plain(retiree.name),
      unit: unitName(unit.id),
      helper: plain(input.name ?? ''),
      relation: words(`notices:family.relations.${relation}`),
    };
    await tellRetiree(inside, retireeId, { template, params, registeredToo: relation === 'self' });
  });
}
