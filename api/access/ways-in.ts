/** The ways into one's account: phone numbers that were proved, and chats. Chats can be let go; they come back by proving the phone. */
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { logins } from '../../db/schema/access.ts';
import { drafts } from '../../db/schema/engine.ts';
import type { Ctx } from '../context.ts';
import { maskPhone, type Phone } from '../values/phone.ts';
import type { LoginKind } from './accounts.ts';
import { ensurePerson } from './can.ts';
import { lastWay } from './errors.ts';

/** More phones and chats than this nobody has. */
const MOST_LISTED = 50;

export interface WayIn {
  id: string;
  kind: LoginKind;
  /** A phone number, masked; a chat has no name that would say anything. */
  shown: string | null;
  since: string;
}

export async function waysIn(ctx: Ctx): Promise<WayIn[]> {
  const { accountId } = ensurePerson(ctx.actor);
  const rows = await ctx.db
    .select()
    .from(logins)
    .where(eq(logins.accountId, accountId))
    .orderBy(asc(logins.createdAt))
    .limit(MOST_LISTED);
  return rows.map(({ id, kind, address, createdAt }) => ({
    id,
    kind,
    shown: kind === 'phone' ? maskPhone(address as Phone) : null,
    since: createdAt.toISOString(),
  }));
}

/** Lets go of one chat of the caller's. @throws last-way when no phone number would lead to the account any more */
export async function leaveChat(ctx: Ctx, loginId: string): Promise<void> {
  const { accountId } = ensurePerson(ctx.actor);
  const [phone] = await ctx.db
    .select({ id: logins.id })
    .from(logins)
    .where(and(eq(logins.accountId, accountId), eq(logins.kind, 'phone')))
    .limit(1);
  if (!phone) throw lastWay();
  await ctx.db.transaction((tx) => letChatsGo({ ...ctx, db: tx }, accountId, loginId));
}

/**
 * Unlinks an account's chats, or the one named; a message from there begins a new account. What the chat was talking about stays
 * with the account. `ctx.db` is a transaction.
 */
export async function letChatsGo(ctx: Ctx, accountId: string, loginId?: string): Promise<void> {
  const gone = await ctx.db
    .delete(logins)
    .where(
      and(eq(logins.accountId, accountId), eq(logins.kind, 'telegram'), loginId ? eq(logins.id, loginId) : undefined),
    )
    .returning({ address: logins.address });
  if (gone.length === 0) return;
  const keys = gone.map(({ address }) => `telegram:${address}`);
  await ctx.db
    .update(drafts)
    .set({ chatKey: null })
    .where(and(isNull(drafts.submittedAt), sql`${drafts.chatKey} = any(${sql.param(`{${keys.join(',')}}`)}::text[])`));
}
