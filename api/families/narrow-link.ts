/** The retiree lets a relative do less than before. More needs a new agreement. */
import { eq } from 'drizzle-orm';
import { links, linkScopes, type LinkScope } from '../../db/schema/access.ts';
import { ensureCanSee } from '../access/can.ts';
import { freshActor } from '../access/person.ts';
import type { Ctx } from '../context.ts';
import { plain, words } from '../delivery/message.ts';
import { enqueue } from '../delivery/outbox.ts';
import { once } from '../engine/once.ts';
import { notLess } from './errors.ts';
import { lockLink } from './read-link.ts';

/** Whether the one scope allows less than the other. Pure. */
export const isLess = (wanted: LinkScope, held: LinkScope): boolean =>
  linkScopes.indexOf(wanted) < linkScopes.indexOf(held);

/** @throws not-found when it has ended or is not theirs, not-less when it would allow as much or more */
export async function narrowLink(ctx: Ctx, id: string, scope: LinkScope): Promise<{ scope: LinkScope }> {
  return once(ctx, async (tx) => {
    const inside = { ...tx, actor: await freshActor(tx) };
    const { link, retiree, facts } = await lockLink(inside, id);
    ensureCanSee(inside.actor, 'link.narrow', facts);
    if (!isLess(scope, link.scope)) throw notLess();
    await inside.db.update(links).set({ scope }).where(eq(links.id, link.id));
    const params = { name: plain(retiree.name), scope: words(`services/family-link:ask.scope.options.${scope}`) };
    await enqueue(inside, [{ to: { accountId: link.accountId }, form: 'notice', template: 'family.narrowed', params }]);
    return { scope };
  });
}
