/** Accounts and the ways into them. Several ways lead one person to one account. */
import { and, eq, sql } from 'drizzle-orm';
import { prepared, preparedSql } from '../../db/prepared.ts';
import { accounts, logins } from '../../db/schema/access.ts';
import { blindIndex } from '../../db/vault.ts';
import type { Ctx } from '../context.ts';
import type { Person } from './actor.ts';
import { personColumns, toPerson, type PersonRow } from './person.ts';

export type LoginKind = 'phone' | 'telegram';

/** How a way in is found without being read. */
export const keyOf = (kind: LoginKind, address: string) => blindIndex('login', `${kind}:${address}`);

const byLogin = preparedSql<PersonRow>(sql`
  select ${personColumns('login')} from logins way join accounts a on a.id = way.account_id
   where way.kind = ${sql.placeholder('kind')} and way.key = ${sql.placeholder('key')} and way.blocked_at is null
     and a.closed_at is null`);

/** Who comes in this way, in one query; null for somebody new, and for somebody who could not be reached this way. */
export async function personOf(
  ctx: Ctx,
  kind: LoginKind,
  address: string,
): Promise<(Person & { locale: string }) | null> {
  const [row] = await byLogin(ctx.db, { kind, key: keyOf(kind, address), now: ctx.clock().toISOString() });
  return row ? { ...toPerson(row, 'login'), locale: row.locale } : null;
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
    .values({ accountId: account?.id ?? '', kind, key: keyOf(kind, address), address, createdAt: ctx.clock() })
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

/** The account that this way leads to; null when there is none. */
export async function findAccount(ctx: Ctx, kind: LoginKind, address: string): Promise<string | null> {
  const [login] = await byKey(ctx.db, { kind, key: keyOf(kind, address) });
  // Whoever comes in this way can be reached this way again.
  if (login?.blockedAt) {
    await ctx.db
      .update(logins)
      .set({ blockedAt: null })
      .where(and(eq(logins.kind, kind), eq(logins.key, keyOf(kind, address))));
  }
  return login?.accountId ?? null;
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
