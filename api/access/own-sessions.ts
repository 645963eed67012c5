/** The devices that somebody is signed in on: seen by their owner, ended one by one, all others, or all. */
import { and, desc, eq, gt, isNull, ne, sql } from 'drizzle-orm';
import { sessions, type Device } from '../../db/schema/access.ts';
import type { Ctx } from '../context.ts';
import { ensurePerson } from './can.ts';
import { hashOf } from './secrets.ts';

/** More devices nobody has; the list has no pages. */
const MOST_LISTED = 50;

export interface SessionLine {
  id: string;
  device: Device | null;
  since: string;
  /** Last used, to the hour. */
  seenAt: string;
  /** The device that asks. */
  here: boolean;
}

/** The live sessions of the caller, last used first. `token` is that of the session that asks; null from a chat. */
export async function listSessions(ctx: Ctx, token: string | null): Promise<SessionLine[]> {
  const { accountId } = ensurePerson(ctx.actor);
  const here = token ? hashOf(token) : null;
  const used = sql`coalesce(${sessions.seenAt}, ${sessions.createdAt})`;
  const rows = await ctx.db
    .select()
    .from(sessions)
    .where(and(eq(sessions.accountId, accountId), isNull(sessions.endedAt), gt(sessions.expiresAt, ctx.clock())))
    .orderBy(desc(used), desc(sessions.id))
    .limit(MOST_LISTED);
  return rows.map(({ id, device, createdAt, seenAt, tokenHash }) => ({
    id,
    device,
    since: createdAt.toISOString(),
    seenAt: (seenAt ?? createdAt).toISOString(),
    here: here?.equals(tokenHash) ?? false,
  }));
}

/** Ends one session of the caller's. Somebody else's, or one that has ended, is answered alike: nothing happens. */
export async function endOwnSession(ctx: Ctx, id: string): Promise<void> {
  const { accountId } = ensurePerson(ctx.actor);
  await ctx.db
    .update(sessions)
    .set({ endedAt: ctx.clock() })
    .where(and(eq(sessions.id, id), eq(sessions.accountId, accountId), isNull(sessions.endedAt)));
}

/** Ends every session of an account, in all processes at once; the one of the token `except` stays. @returns how many ended */
export async function endSessions(ctx: Ctx, accountId: string, except: string | null = null): Promise<number> {
  const ended = await ctx.db
    .update(sessions)
    .set({ endedAt: ctx.clock() })
    .where(
      and(
        eq(sessions.accountId, accountId),
        isNull(sessions.endedAt),
        except ? ne(sessions.tokenHash, hashOf(except)) : undefined,
      ),
    )
    .returning({ id: sessions.id });
  return ended.length;
}
