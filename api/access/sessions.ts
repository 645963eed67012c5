/** Sessions of browsers: made at sign-in, found by the cookie's hash, ended by sign-out. Reads may use one up to five seconds old. */
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { preparedSql } from '../../db/prepared.ts';
import { sessions } from '../../db/schema/access.ts';
import { caseParties, cases, drafts } from '../../db/schema/engine.ts';
import type { Db } from '../../db/connect.ts';
import type { Clock } from '../dates.ts';
import type { Ctx } from '../context.ts';
import type { Person } from './actor.ts';
import { personColumns, toPerson, type PersonRow } from './person.ts';
import { hashOf, newToken } from './secrets.ts';

/** Long, since signing in again is what old people fear most; it can be ended from every other phone. */
const SESSION_LIFE_MS = 90 * 24 * 60 * 60 * 1000;
const CACHE_MS = 5000;
/** When a session was last used is written this often, so that reading stays cheap. */
const SEEN_EVERY_MS = 60 * 60 * 1000;
const MOST_CACHED = 10_000;

export interface NewSession {
  /** For the cookie; kept nowhere. */
  token: string;
  accountId: string;
  expiresAt: Date;
}

export interface SignedIn {
  person: Person;
  locale: string;
}

/** Begins a session and takes the guest's drafts along, in one transaction: `ctx.db`. */
export async function startSession(ctx: Ctx, accountId: string): Promise<NewSession> {
  const token = newToken();
  const now = ctx.clock();
  const expiresAt = new Date(now.getTime() + SESSION_LIFE_MS);
  await ctx.db
    .insert(sessions)
    .values({ tokenHash: hashOf(token), accountId, device: ctx.device ?? null, createdAt: now, expiresAt });
  if (ctx.actor.is === 'guest' && ctx.actor.guestHash) await claimGuestsOwn(ctx, ctx.actor.guestHash, accountId);
  return { token, accountId, expiresAt };
}

/** What a guest began, and the cases that came of it, are theirs from now on. */
async function claimGuestsOwn(ctx: Ctx, guestHash: Buffer, accountId: string): Promise<void> {
  const claimed = await ctx.db
    .update(drafts)
    .set({ accountId, guestHash: null, purpose: sql`'claimed:' || ${drafts.id}` })
    .where(eq(drafts.guestHash, guestHash))
    .returning({ id: drafts.id });
  await ctx.db.update(caseParties).set({ accountId, guestHash: null }).where(eq(caseParties.guestHash, guestHash));
  if (claimed.length === 0) return;
  const ids = claimed.map((draft) => draft.id);
  await ctx.db
    .update(cases)
    .set({ applicantId: accountId })
    .where(and(inArray(cases.draftId, ids), isNull(cases.applicantId)));
}

export async function endSession(ctx: Ctx, token: string): Promise<void> {
  await ctx.db
    .update(sessions)
    .set({ endedAt: ctx.clock() })
    .where(and(eq(sessions.tokenHash, hashOf(token)), isNull(sessions.endedAt)));
}

/** `held`: a few seconds old will do. `last`: it will do once more, and the next one looks again. `anew`: past the cache. */
export type Lookup = 'held' | 'last' | 'anew';

export interface Sessions {
  /** Who a cookie's token is; null when there is no such session (any more). */
  find(token: string, how: Lookup): Promise<SignedIn | null>;
  /** Forgets what is cached of an account: its session ended elsewhere. */
  forget(accountId: string): void;
}

/** The sessions of one process. */
export function sessionsOf(db: Db, clock: Clock): Sessions {
  const cache = new Map<string, { found: SignedIn; until: number }>();
  return {
    async find(token, how) {
      const key = hashOf(token).toString('base64');
      const now = clock().getTime();
      const cached = how === 'anew' ? undefined : cache.get(key);
      // Whoever writes may change what they may do themselves (binding): the next read looks again.
      if (how !== 'held') cache.delete(key);
      if (cached && cached.until > now) return cached.found;
      const found = await read(db, token, clock());
      if (how !== 'held') return found;
      if (!found) {
        cache.delete(key);
        return null;
      }
      if (cache.size >= MOST_CACHED) cache.clear();
      cache.set(key, { found, until: now + CACHE_MS });
      return found;
    },
    forget(accountId) {
      for (const [key, { found }] of cache) if (found.person.accountId === accountId) cache.delete(key);
    },
  };
}

const byToken = preparedSql<PersonRow & { sessionId: string; unseen: boolean }>(sql`
  select ${personColumns('session')}, s.id as "sessionId",
         coalesce(s.seen_at, s.created_at) < ${sql.placeholder('hourAgo')}::timestamptz as unseen
    from sessions s join accounts a on a.id = s.account_id and a.closed_at is null
   where s.token_hash = ${sql.placeholder('hash')} and s.ended_at is null
     and s.expires_at > ${sql.placeholder('now')}::timestamptz`);

async function read(db: Db, token: string, now: Date): Promise<SignedIn | null> {
  const hourAgo = new Date(now.getTime() - SEEN_EVERY_MS).toISOString();
  const [row] = await byToken(db, { hash: hashOf(token), now: now.toISOString(), hourAgo });
  if (row?.unseen) await db.update(sessions).set({ seenAt: now }).where(eq(sessions.id, row.sessionId));
  return row ? { person: toPerson(row, 'session'), locale: row.locale } : null;
}
