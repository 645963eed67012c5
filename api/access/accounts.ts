/** Accounts and the ways into them. Several ways lead one person to one account. */
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { prepared, preparedSql } from '../../db/prepared.ts';
import { accounts, links, logins } from '../../db/schema/access.ts';
import { caseParties, cases, drafts } from '../../db/schema/engine.ts';
import { blindIndex } from '../../db/vault.ts';
import type { Ctx } from '../context.ts';
import type { Person } from './actor.ts';
import { personColumns, toPerson, type PersonRow } from './person.ts';

export type LoginKind = 'phone' | 'telegram';

/** The blind index by which a login is found. */
export const loginKey = (kind: LoginKind, address: string): Buffer => blindIndex('login', `${kind}:${address}`);

const byLogin = preparedSql<PersonRow>(sql`
  select ${personColumns} from logins way join accounts a on a.id = way.account_id
   where way.kind = ${sql.placeholder('kind')} and way.key = ${sql.placeholder('key')} and way.blocked_at is null`);

/** Who comes in this way, in one query; null for somebody new, and for somebody who could not be reached this way. */
export async function personOf(
  ctx: Ctx,
  kind: LoginKind,
  address: string,
): Promise<(Person & { locale: string }) | null> {
  const [row] = await byLogin(ctx.db, { kind, key: loginKey(kind, address), now: ctx.clock().toISOString() });
  return row ? { ...toPerson(row), locale: row.locale } : null;
}

/** The account that a phone number or chat leads to; made when there is none. */
export async function accountFor(
  ctx: Ctx,
  kind: LoginKind,
  address: string,
  name: string | null = null,
): Promise<string> {
  const found = await findAccount(ctx, kind, address);
  if (found) return found;
  const [account] = await ctx.db
    .insert(accounts)
    .values({ name, locale: ctx.locale, createdAt: ctx.clock() })
    .returning({ id: accounts.id });
  const [login] = await ctx.db
    .insert(logins)
    .values({ accountId: account?.id ?? '', kind, key: loginKey(kind, address), address, createdAt: ctx.clock() })
    .onConflictDoNothing()
    .returning({ accountId: logins.accountId });
  // Two first messages at once: the slower one takes the account of the quicker.
  return login?.accountId ?? ((await findAccount(ctx, kind, address)) as string);
}

const byKey = prepared((db) =>
  db
    .select({ accountId: logins.accountId, blockedAt: logins.blockedAt })
    .from(logins)
    .where(and(eq(logins.kind, sql.placeholder('kind')), eq(logins.key, sql.placeholder('key')))),
);

async function findAccount(ctx: Ctx, kind: LoginKind, address: string): Promise<string | null> {
  const [login] = await byKey(ctx.db, { kind, key: loginKey(kind, address) });
  // Whoever comes in this way can be reached this way again.
  if (login?.blockedAt) {
    await ctx.db
      .update(logins)
      .set({ blockedAt: null })
      .where(and(eq(logins.kind, kind), eq(logins.key, loginKey(kind, address))));
  }
  return login?.accountId ?? null;
}

/**
 * Joins a chat to the account of a phone number that its owner proved: drafts, cases and links of the chat come along.
 * An account that other numbers lead to as well keeps what is its own; only the chat changes over.
 * @returns the account that both lead to from now on
 */
export async function joinChatToPhone(ctx: Ctx, chatId: string, phone: string): Promise<string> {
  const fromChat = await accountFor(ctx, 'telegram', chatId);
  const phoneAccount = await findAccount(ctx, 'phone', phone);
  if (!phoneAccount) {
    await ctx.db.insert(logins).values({
      accountId: fromChat,
      kind: 'phone',
      key: loginKey('phone', phone),
      address: phone,
      createdAt: ctx.clock(),
    });
    return fromChat;
  }
  if (phoneAccount === fromChat) return fromChat;
  await ctx.db
    .update(logins)
    .set({ accountId: phoneAccount })
    .where(and(eq(logins.kind, 'telegram'), eq(logins.key, loginKey('telegram', chatId))));
  if (await hasLogin(ctx, fromChat)) return phoneAccount;
  await ctx.db
    .update(drafts)
    .set({ accountId: phoneAccount, purpose: sql`'joined:' || ${drafts.id}` })
    .where(eq(drafts.accountId, fromChat));
  await ctx.db.update(cases).set({ applicantId: phoneAccount }).where(eq(cases.applicantId, fromChat));
  await ctx.db.update(caseParties).set({ accountId: phoneAccount }).where(eq(caseParties.accountId, fromChat));
  await moveLinks(ctx, fromChat, phoneAccount);
  return phoneAccount;
}

async function hasLogin(ctx: Ctx, accountId: string): Promise<boolean> {
  const [login] = await ctx.db.select({ id: logins.id }).from(logins).where(eq(logins.accountId, accountId)).limit(1);
  return login !== undefined;
}

/** Whom the one account might act for, the other may now; what both could already stands once. */
async function moveLinks(ctx: Ctx, from: string, to: string): Promise<void> {
  const held = ctx.db
    .select({ id: links.retireeId })
    .from(links)
    .where(and(eq(links.accountId, to), isNull(links.revokedAt)));
  await ctx.db.delete(links).where(and(eq(links.accountId, from), inArray(links.retireeId, held)));
  await ctx.db.update(links).set({ accountId: to }).where(eq(links.accountId, from));
}

/** The phone numbers that an account's owner proved. */
export async function phonesOf(ctx: Ctx, accountId: string): Promise<string[]> {
  const rows = await ctx.db
    .select({ address: logins.address })
    .from(logins)
    .where(and(eq(logins.accountId, accountId), eq(logins.kind, 'phone')));
  return rows.map((row) => row.address);
}

export async function setLocale(ctx: Ctx, accountId: string, locale: string): Promise<void> {
  await ctx.db.update(accounts).set({ locale }).where(eq(accounts.id, accountId));
}

export async function setName(ctx: Ctx, accountId: string, name: string): Promise<void> {
  await ctx.db.update(accounts).set({ name }).where(eq(accounts.id, accountId));
}
