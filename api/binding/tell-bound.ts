/** Tells a retiree who may act for them from now on. */
import { and, eq, isNull, ne } from 'drizzle-orm';
import { accounts, links, type Relation } from '../../db/schema/access.ts';
import { phonesOf } from '../access/accounts.ts';
import type { Ctx } from '../context.ts';
import { plain, unitName, words } from '../delivery/message.ts';
import { enqueue } from '../delivery/outbox.ts';
import type { Retiree } from '../ports.ts';

/**
 * A relative's link is told to the retiree's own accounts, else to the number in the registry; a link of their own is told to
 * that number when it is another one than they signed in with. `ctx.db` is the transaction that links.
 */
export async function tellBound(
  ctx: Ctx,
  retiree: Retiree,
  { accountId, relation }: { accountId: string; relation: Relation },
): Promise<void> {
  if (!retiree.alive) return;
  const common = {
    form: 'notice' as const,
    params: {
      name: plain(retiree.name),
      who: await nameOf(ctx, accountId),
      relation: words(`binding:relations.${relation}`),
      unit: unitName((retiree.care ?? retiree.insuredAt).id),
    },
  };
  const registered = { ...common, to: { retireeId: retiree.id } };
  if (relation === 'self') {
    const isTheirs = retiree.phone !== null && (await phonesOf(ctx, accountId)).includes(retiree.phone);
    await enqueue(ctx, isTheirs ? [] : [{ ...registered, template: 'bound-self' }]);
    return;
  }
  const own = await ctx.db
    .select({ accountId: links.accountId })
    .from(links)
    .where(
      and(
        eq(links.retireeId, retiree.id),
        eq(links.relation, 'self'),
        isNull(links.revokedAt),
        ne(links.accountId, accountId),
      ),
    );
  const told = own.length > 0 ? own.map((to) => ({ ...common, to })) : [registered];
  await enqueue(
    ctx,
    told.map((message) => ({ ...message, template: 'bound-relative' })),
  );
}

async function nameOf(ctx: Ctx, accountId: string): Promise<string> {
  const [row] = await ctx.db.select({ name: accounts.name }).from(accounts).where(eq(accounts.id, accountId));
  return row?.name ? plain(row.name) : words('binding:someone');
}
