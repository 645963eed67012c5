/** Closing an account: its owner leaves. The registry record stays with the office (第四条), the chains of the cases stay whole. */
import { and, eq, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import {
  accountActs,
  accounts,
  consents,
  links,
  logins,
  posts,
  recoveryCodes,
  secondFactors,
  tickets,
} from '../../db/schema/access.ts';
import { messages } from '../../db/schema/delivery.ts';
import { drafts } from '../../db/schema/engine.ts';
import { endSessions } from '../access/own-sessions.ts';
import { freshActor } from '../access/person.ts';
import type { Ctx } from '../context.ts';
import { enqueue } from '../delivery/outbox.ts';
import { openCasesOf } from '../engine/cases/records.ts';
import { caseLine, type CaseLine } from '../engine/cases/shapes.ts';
import { hasPosts, openCasesChanged } from './errors.ts';
import { ownerOf } from './owner.ts';
import { ensureProven } from './prove.ts';

/** What must be known before leaving: the cases that go on without the account, and whether a post stands in the way. */
export const closing = z.object({
  cases: z.array(caseLine),
  hasPosts: z.boolean(),
});
export type Closing = z.infer<typeof closing>;

/** @see Closing */
export async function readClosing(ctx: Ctx): Promise<Closing> {
  const owner = ownerOf(ctx);
  return { cases: await goingOn(ctx), hasPosts: await holdsPosts(ctx, owner.accountId) };
}

/** One's own cases, as an applicant or as the retiree they are about; a parent's go on with the parent. */
function goingOn(ctx: Ctx): Promise<CaseLine[]> {
  const { accountId, self } = ownerOf(ctx);
  return openCasesOf(ctx, { accountId, whole: self, linked: [] });
}

/**
 * Closes the caller's account. Everything that leads to it or that only it needed is gone; cases, their timelines and what was told about
 * them stay, without the name. The phone number is free: signing in with it makes a new account.
 * @param input `cases` are the open ones that were named to the person
 * @throws wrong-code, has-posts, open-cases-changed
 */
export async function closeAccount(ctx: Ctx, input: { code: string; cases: readonly string[] }): Promise<void> {
  const { accountId } = ownerOf(ctx);
  if (await holdsPosts(ctx, accountId)) throw hasPosts();
  await ensureProven(ctx, 'close-account', input.code);
  await ctx.db.transaction(async (tx) => {
    const inside = { ...ctx, db: tx };
    // Nothing is added to an account while it is closed; a second tap finds it closed already.
    const [open] = await tx
      .select({ id: accounts.id })
      .from(accounts)
      .where(and(eq(accounts.id, accountId), isNull(accounts.closedAt)))
      .for('update');
    if (!open) return;
    const fresh = { ...inside, actor: await freshActor(inside) };
    if (await holdsPosts(fresh, accountId)) throw hasPosts();
    const named = new Set(input.cases);
    const going = await goingOn(fresh);
    if (going.length !== named.size || going.some(({ number }) => !named.has(number))) throw openCasesChanged();
    await tellRetiree(fresh);
    await clear(fresh, accountId);
  });
}

async function holdsPosts(ctx: Ctx, accountId: string): Promise<boolean> {
  const [found] = await ctx.db
    .select({ id: posts.id })
    .from(posts)
    .where(and(eq(posts.accountId, accountId), isNull(posts.endedAt)))
    .limit(1);
  return found !== undefined;
}

/** At the number in the registry: if it was not the retiree, they hear of it. */
async function tellRetiree(ctx: Ctx): Promise<void> {
  const { self } = ownerOf(ctx);
  await enqueue(
    ctx,
    self.map((retireeId) => ({
      to: { retireeId },
      form: 'notice' as const,
      template: 'account-closed',
      params: {},
    })),
  );
}

async function clear(ctx: Ctx, accountId: string): Promise<void> {
  const { db } = ctx;
  const now = ctx.clock();
  await endSessions(ctx, accountId);
  await db.delete(logins).where(eq(logins.accountId, accountId));
  await db.update(tickets).set({ expiresAt: now }).where(eq(tickets.accountId, accountId));
  await db
    .update(links)
    .set({ revokedAt: now, revokedBy: accountId })
    .where(and(eq(links.accountId, accountId), isNull(links.revokedAt)));
  await db
    .update(consents)
    .set({ withdrawnAt: now })
    .where(and(eq(consents.accountId, accountId), isNull(consents.withdrawnAt)));
  await db.delete(drafts).where(and(eq(drafts.accountId, accountId), isNull(drafts.submittedAt)));
  await db.delete(recoveryCodes).where(eq(recoveryCodes.accountId, accountId));
  await db.delete(secondFactors).where(eq(secondFactors.accountId, accountId));
  // What was told about a case belongs to the case; the rest was for this person only.
  await db.delete(messages).where(and(eq(messages.accountId, accountId), isNull(messages.caseId)));
  await db
    .update(messages)
    .set({ state: 'replaced' })
    .where(and(eq(messages.accountId, accountId), eq(messages.state, 'queued')));
  // Who once decided in an office stands by their name in the timelines.
  const served = sql`exists (select from posts where posts.account_id = ${accounts.id})`;
  const name = sql`case when ${served} then ${accounts.name} end`;
  await db.update(accounts).set({ name, closedAt: now }).where(eq(accounts.id, accountId));
  await db.insert(accountActs).values({ accountId, what: 'closed', byId: accountId, at: now });
}
