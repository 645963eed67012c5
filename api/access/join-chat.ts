/** Joining a chat to the account of a phone number that its owner proved. Two people are never made one in silence. */
import { and, eq, inArray, isNull, notInArray, sql } from 'drizzle-orm';
import {
  accountActs,
  accounts,
  consents,
  links,
  logins,
  posts,
  recoveryCodes,
  secondFactors,
} from '../../db/schema/access.ts';
import { messages } from '../../db/schema/delivery.ts';
import { caseParties, cases, drafts } from '../../db/schema/engine.ts';
import type { Ctx } from '../context.ts';
import { accountFor, findAccount, keyOf } from './accounts.ts';
import { accountsDiffer } from './errors.ts';
import { endSessions } from './own-sessions.ts';

/**
 * Joins a chat to the account of a phone number: drafts, cases, links, posts and consents of the chat come along, and what it was before
 * is closed. An account that other ways lead to as well keeps what is its own; only the chat changes over. `ctx.db` is a
 * transaction.
 * @returns the account that both lead to from now on
 * @throws accounts-differ when the two have posts each, or are different people to one retiree
 */
export async function joinChatToPhone(ctx: Ctx, chatId: string, phone: string): Promise<string> {
  const phoneKey = keyOf('phone', phone);
  // Two chats that prove one number at the same moment take turns.
  await ctx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${phoneKey.toString('hex')}, 0))`);
  const fromChat = await accountFor(ctx, 'telegram', chatId);
  const found = await findAccount(ctx, 'phone', phone);
  const toPhone = found && (await isOpen(ctx, found)) ? found : await addPhone(ctx, fromChat, phone);
  if (toPhone === fromChat) return fromChat;
  const [others] = await ctx.db
    .select({ n: sql<number>`count(*)::int` })
    .from(logins)
    .where(eq(logins.accountId, fromChat));
  const isAlone = (others?.n ?? 0) <= 1;
  if (isAlone) await ensureOnePerson(ctx, fromChat, toPhone);
  await ctx.db
    .update(logins)
    // What the chat proved for its account before, it did not prove for this one.
    .set({ accountId: toPhone, provenUntil: null })
    .where(and(eq(logins.kind, 'telegram'), eq(logins.key, keyOf('telegram', chatId))));
  if (isAlone) await moveAll(ctx, fromChat, toPhone);
  // The chat no longer speaks for whoever keeps the draft.
  else
    await ctx.db
      .update(drafts)
      .set({ chatKey: null })
      .where(eq(drafts.chatKey, `telegram:${chatId}`));
  return toPhone;
}

/** Waits for an account that is being closed at this moment: its number is free then. */
async function isOpen(ctx: Ctx, accountId: string): Promise<boolean> {
  const open = await ctx.db
    .select({ id: accounts.id })
    .from(accounts)
    .where(and(eq(accounts.id, accountId), isNull(accounts.closedAt)))
    .for('update');
  return open.length > 0;
}

/** The number leads to the chat's account from now on, unless somebody signed in with it this very moment. */
async function addPhone(ctx: Ctx, accountId: string, phone: string): Promise<string> {
  const [added] = await ctx.db
    .insert(logins)
    .values({ accountId, kind: 'phone', key: keyOf('phone', phone), address: phone, createdAt: ctx.clock() })
    .onConflictDoNothing()
    .returning({ accountId: logins.accountId });
  return added?.accountId ?? ((await findAccount(ctx, 'phone', phone)) as string);
}

/** @see joinChatToPhone: whoever is the retiree in one account and a relative in the other is not one person either. */
async function ensureOnePerson(ctx: Ctx, from: string, to: string): Promise<void> {
  const [found] = await ctx.db.execute<{ differ: boolean }>(sql`
    select (exists (select from posts where account_id = ${from} and ended_at is null)
        and exists (select from posts where account_id = ${to} and ended_at is null))
        or exists (select from links a join links b on b.account_id = ${to} and b.revoked_at is null
             where a.account_id = ${from} and a.revoked_at is null
               and case when a.retiree_id = b.retiree_id then (a.relation = 'self') <> (b.relation = 'self')
                        else a.relation = 'self' and b.relation = 'self' end) as differ`);
  if (found?.differ) throw accountsDiffer();
}

async function moveAll(ctx: Ctx, from: string, to: string): Promise<void> {
  const { db } = ctx;
  const accountId = to;
  await db
    .update(drafts)
    .set({ accountId, purpose: sql`'joined:' || ${drafts.id}` })
    .where(eq(drafts.accountId, from));
  await db.update(cases).set({ applicantId: to }).where(eq(cases.applicantId, from));
  await db.update(caseParties).set({ accountId }).where(eq(caseParties.accountId, from));
  await db
    .update(cases)
    .set({ claimedBy: to })
    .where(and(eq(cases.claimedBy, from), inArray(cases.status, ['open', 'entering'])));
  await moveLinks(ctx, from, to);
  await db.update(posts).set({ accountId }).where(eq(posts.accountId, from));
  await moveConsents(ctx, from, to);
  await moveSecondFactor(ctx, from, to);
  await db.update(messages).set({ accountId }).where(eq(messages.accountId, from));
  await db.update(accountActs).set({ accountId }).where(eq(accountActs.accountId, from));
  // Whoever opened the pages as the one is not silently the other now.
  await endSessions(ctx, from);
  const [before] = await db.select({ name: accounts.name }).from(accounts).where(eq(accounts.id, from));
  await db
    .update(accounts)
    .set({ name: before?.name ?? null })
    .where(and(eq(accounts.id, to), isNull(accounts.name)));
  await db.update(accounts).set({ closedAt: ctx.clock() }).where(eq(accounts.id, from));
  await db.insert(accountActs).values({ accountId, what: 'joined', byId: to, at: ctx.clock() });
}

/** Whom the one account might act for, the other may now; what both could already stands once. */
async function moveLinks(ctx: Ctx, from: string, to: string): Promise<void> {
  const held = ctx.db
    .select({ id: links.retireeId })
    .from(links)
    .where(and(eq(links.accountId, to), isNull(links.revokedAt)));
  await ctx.db
    .delete(links)
    .where(and(eq(links.accountId, from), isNull(links.revokedAt), inArray(links.retireeId, held)));
  await ctx.db.update(links).set({ accountId: to }).where(eq(links.accountId, from));
}

async function moveConsents(ctx: Ctx, from: string, to: string): Promise<void> {
  const given = ctx.db
    .select({ purpose: consents.purpose })
    .from(consents)
    .where(and(eq(consents.accountId, to), isNull(consents.withdrawnAt)));
  const isLive = and(eq(consents.accountId, from), isNull(consents.withdrawnAt));
  await ctx.db.delete(consents).where(and(isLive, inArray(consents.purpose, given)));
  await ctx.db.update(consents).set({ accountId: to }).where(eq(consents.accountId, from));
}

/** The second factor belongs to the posts: it comes along with them, unless there is one already. */
async function moveSecondFactor(ctx: Ctx, from: string, to: string): Promise<void> {
  const held = ctx.db
    .select({ id: secondFactors.accountId })
    .from(secondFactors)
    .where(eq(secondFactors.accountId, to));
  for (const table of [recoveryCodes, secondFactors])
    await ctx.db
      .update(table)
      .set({ accountId: to })
      .where(and(eq(table.accountId, from), notInArray(sql`${to}::uuid`, held)));
}
