/** Limits that hold across processes: attempts are counted in the database, by blind index, and forgotten after a day. */
import { and, eq, gt, sql } from 'drizzle-orm';
import { preparedSql } from '../../db/prepared.ts';
import { attempts } from '../../db/schema/access.ts';
import { blindIndex } from '../../db/vault.ts';
import type { Ctx } from '../context.ts';
import { AppError } from '../errors.ts';
import { tooManyAttempts, tooManyToday } from './errors.ts';

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
/** Exports of everything that is held, for one account. */
export const exportsOfAll: Limit = { what: 'export', most: 3, minutes: 60 };
/** Wrong codes of one account's second factor, from the app or from paper. */
export const wrongFactorCodes: Limit = { what: 'factor-code', most: 5, minutes: 15 };
/** Masked numbers that one member of staff looks at. */
export const unmaskedNumbers: Limit = { what: 'unmask', most: 30, minutes: 60 };
/** Codes tried from one address. Thousands of phones share one behind a carrier's router; a guesser needs more than this. */
export const signInsFromAddress: Limit = { what: 'sign-in-address', most: 300, minutes: 60 };
/** Forms begun by people not signed in, from one address: each leaves a row behind. */
export const guestDrafts: Limit = { what: 'guest-draft', most: 100, minutes: 60 };
/** Pictures: each is made anew, which takes the processor a while. A form holds twelve. */
export const uploads: Limit = { what: 'upload', most: 120, minutes: 60 };
/** Searches for people: a busy counter makes sixty an hour; who copies the registry makes thousands. */
export const searches: Limit = { what: 'search', most: 600, minutes: 60 };
/** Five failed bindings lock the attempt for an hour: of one account, and of one identity number, whoever tries it. */
export const bindingsByAccount: Limit = { what: 'binding', most: 5, minutes: 60 };
export const bindingsOfNumber: Limit = { what: 'binding-number', most: 5, minutes: 60 };
/** A community's own network, or a carrier's, stands behind one address. */
export const bindingsFromAddress: Limit = { what: 'binding-address', most: 100, minutes: 60 };
/** Slips that were not good. */
export const slipsByAccount: Limit = { what: 'slip', most: 5, minutes: 60 };
export const slipsFromAddress: Limit = { what: 'slip-address', most: 100, minutes: 60 };

/** Commands in one Telegram group: it takes twenty messages a minute, of which ten are left to what is sent there (`ROOM_PAUSE_S`). */
export const roomCommands: Limit = { what: 'room', most: 10, minutes: 1 };

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

const DAY_MINUTES = 24 * 60;

/** Objections to public notices: of one person, and of those not signed in from one address (a whole house may share it). */
export const objectionsOfOne: Limit = { what: 'object', most: 5, minutes: DAY_MINUTES };
export const objectionsFromAddress: Limit = { what: 'object-address', most: 20, minutes: DAY_MINUTES };

/** Requests that one retiree is told of, from however many people: the others wait in their list and at the community. */
export const asksOfOne: Limit = { what: 'asked', most: 5, minutes: DAY_MINUTES };

/** How often something may be done within a day. */
export const perDay = (what: string, most: number): Limit => ({ what, most, minutes: DAY_MINUTES });

/**
 * Counts an act in the transaction that does it: one at a time, and what is rolled back was never counted. `ctx.db` is that transaction.
 * @throws too-many-today
 */
export async function spend(ctx: Ctx, limit: Limit, who: string): Promise<void> {
  const now = ctx.clock();
  const key = keyOf(limit, who);
  const since = new Date(now.getTime() - limit.minutes * MINUTE_MS);
  await ctx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${key.toString('hex')}, 0))`);
  const [found] = await ctx.db
    .select({ n: sql<number>`count(*)::int` })
    .from(attempts)
    .where(and(eq(attempts.what, limit.what), eq(attempts.key, key), gt(attempts.at, since)));
  if ((found?.n ?? 0) >= limit.most) throw tooManyToday();
  await ctx.db.insert(attempts).values({ what: limit.what, key, at: now });
}

/** The same without an error: whether it was still to be had. */
export async function canSpend(ctx: Ctx, limit: Limit, who: string): Promise<boolean> {
  try {
    await spend(ctx, limit, who);
    return true;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

/** Limits with whom each of them counts, in an order that is the same everywhere: whoever waits for one holds none after it. */
export type Tries = readonly (readonly [Limit, string])[];

const lockEach = preparedSql<never>(sql`
  select pg_advisory_xact_lock(hashtextextended(l.key, 0)) from (
    select key from json_to_recordset(${sql.placeholder('limits')}::json) as l(at int, key text) order by at) l`);
const countEach = preparedSql<{ n: number }>(sql`
  select (select count(*)::int from attempts a where a.what = l.what and a.key = decode(l.key, 'hex') and a.at > l.since) as n
    from json_to_recordset(${sql.placeholder('limits')}::json) as l(at int, what text, key text, since timestamptz)
   order by l.at`);

/**
 * How many attempts each limit has seen within its time. Others at the same wait until this transaction, `ctx.db`, is over: of many
 * at once no more than allowed get through. Says nothing itself; refusing and noting are the caller's.
 */
export async function triesUnder(ctx: Ctx, tries: Tries): Promise<{ counts: number[]; isOver: boolean }> {
  const now = ctx.clock().getTime();
  const limits = JSON.stringify(
    tries.map(([limit, who], at) => ({
      at,
      what: limit.what,
      key: keyOf(limit, who).toString('hex'),
      since: new Date(now - limit.minutes * MINUTE_MS).toISOString(),
    })),
  );
  await lockEach(ctx.db, { limits });
  const counts = (await countEach(ctx.db, { limits })).map(({ n }) => n);
  return { counts, isOver: tries.some(([limit], at) => (counts[at] ?? 0) >= limit.most) };
}

/** What is refused unseen is written all the same, under a name that nobody counts: it must not be the quicker answer. */
const REFUSED = 'refused';

/** Notes a failed attempt under each limit, or one that was refused, which counts for nothing, so that waiting helps. */
export async function noteTry(ctx: Ctx, tries: Tries, wasRefused: boolean): Promise<void> {
  const at = ctx.clock();
  await ctx.db
    .insert(attempts)
    .values(tries.map(([limit, who]) => ({ what: wasRefused ? REFUSED : limit.what, key: keyOf(limit, who), at })));
}

const keyOf = (limit: Limit, who: string) => blindIndex('code', `${limit.what}:${who}`);
