/** Limits that hold across processes: attempts are counted in the database, by blind index, and forgotten after a day. */
import { and, eq, gt, sql } from 'drizzle-orm';
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

/**
 * Counts one attempt, and then looks: of many at once no more than allowed get through. What was refused is not counted, so
 * that waiting helps. `ctx.db` is no transaction.
 * @returns a way to take the attempt back, when it turns out to be none
 * @throws too-many-attempts
 */
export async function attempt(ctx: Ctx, limit: Limit, who: string): Promise<() => Promise<void>> {
  const now = ctx.clock();
  const key = keyOf(limit, who);
  const since = new Date(now.getTime() - limit.minutes * MINUTE_MS);
  const [made] = await ctx.db.insert(attempts).values({ what: limit.what, key, at: now }).returning({ n: attempts.n });
  const forget = async () => {
    if (made) await ctx.db.delete(attempts).where(eq(attempts.n, made.n));
  };
  const [found] = await ctx.db
    .select({ n: sql<number>`count(*)::int` })
    .from(attempts)
    .where(and(eq(attempts.what, limit.what), eq(attempts.key, key), gt(attempts.at, since)));
  if ((found?.n ?? 0) <= limit.most) return forget;
  await forget();
  throw tooManyAttempts(limit.minutes);
}

const keyOf = (limit: Limit, who: string) => blindIndex('code', `${limit.what}:${who}`);
