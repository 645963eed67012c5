/** Limits that hold across processes: attempts are counted in the database, by blind index, and forgotten after a day. */
import { and, eq, gt, lt, sql } from 'drizzle-orm';
import { attempts } from '../../db/schema/access.ts';
import { blindIndex } from '../../db/vault.ts';
import type { Ctx } from '../context.ts';
import { tooManyAttempts } from './errors.ts';

export interface Limit {
  what: string;
  most: number;
  minutes: number;
}

const MINUTE_MS = 60_000;

/** Codes sent to one number, and asked for from one address. */
export const codesToPhone: Limit = { what: 'code-phone', most: 5, minutes: 60 };
export const codesFromAddress: Limit = { what: 'code-address', most: 60, minutes: 60 };
/** Wrong codes for one number. */
export const wrongCodes: Limit = { what: 'wrong-code', most: 8, minutes: 60 };
/** Five failed bindings lock the attempt for an hour. */
export const failedBindings: Limit = { what: 'binding', most: 5, minutes: 60 };

/** @throws too-many-attempts when the limit is reached */
export async function ensureWithin(ctx: Ctx, limit: Limit, who: string): Promise<void> {
  const since = new Date(ctx.clock().getTime() - limit.minutes * MINUTE_MS);
  const [found] = await ctx.db
    .select({ n: sql<number>`count(*)::int` })
    .from(attempts)
    .where(and(eq(attempts.what, limit.what), eq(attempts.key, keyOf(limit, who)), gt(attempts.at, since)));
  if ((found?.n ?? 0) >= limit.most) throw tooManyAttempts(limit.minutes);
}

/** Counts one attempt. */
export async function count(ctx: Ctx, limit: Limit, who: string): Promise<void> {
  await ctx.db.insert(attempts).values({ what: limit.what, key: keyOf(limit, who), at: ctx.clock() });
}

/** Forgets attempts that no limit looks at any more. */
export async function forgetOldAttempts(ctx: Ctx): Promise<void> {
  await ctx.db.delete(attempts).where(lt(attempts.at, new Date(ctx.clock().getTime() - 24 * 60 * MINUTE_MS)));
}

const keyOf = (limit: Limit, who: string) => blindIndex('code', `${limit.what}:${who}`);
