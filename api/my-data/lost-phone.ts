/** 「手机丢了」, said at the counter: whoever found the phone must not go on as the retiree. */
import { and, eq, isNull } from 'drizzle-orm';
import { accountActs, links } from '../../db/schema/access.ts';
import { ensureCanSee, ensurePerson } from '../access/can.ts';
import { endSessions } from '../access/own-sessions.ts';
import { letChatsGo } from '../access/ways-in.ts';
import type { Ctx } from '../context.ts';
import { unitName } from '../delivery/message.ts';
import { enqueue } from '../delivery/outbox.ts';
import { once } from '../engine/once.ts';

/**
 * Staff end every session of a retiree's own account and unlink its chats, which come back only by proving the phone. The relatives'
 * accounts are theirs and stay. The retiree is told, by whom it is recorded.
 * @throws not-found when the retiree is not in the caller's care
 */
export async function lostPhone(ctx: Ctx, retireeId: string): Promise<void> {
  const staff = ensurePerson(ctx.actor);
  const retiree = await ctx.city.people.retiree(ctx.db, retireeId);
  const cared = retiree?.care ?? retiree?.insuredAt ?? null;
  ensureCanSee(ctx.actor, 'retiree.lost-phone', { retireeId, carePath: cared?.path ?? null });
  const unitId = staff.posts.find(({ path }) => cared && `${cared.path}.`.startsWith(`${path}.`))?.unitId ?? null;
  await once(ctx, async (inside) => {
    const own = await inside.db
      .selectDistinct({ accountId: links.accountId })
      .from(links)
      .where(and(eq(links.retireeId, retireeId), eq(links.relation, 'self'), isNull(links.revokedAt)));
    for (const { accountId } of own) await lockOut(inside, accountId, { byId: staff.accountId, unitId });
    return null;
  });
}

async function lockOut(ctx: Ctx, accountId: string, by: { byId: string; unitId: string | null }): Promise<void> {
  await endSessions(ctx, accountId);
  await letChatsGo(ctx, accountId);
  await ctx.db.insert(accountActs).values({ accountId, what: 'phone-lost', ...by, at: ctx.clock() });
  const params = { unit: unitName(by.unitId ?? '') };
  await enqueue(ctx, [{ to: { accountId }, form: 'notice', template: 'phone-lost', params }]);
}
