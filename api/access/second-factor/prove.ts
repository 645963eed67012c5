/** Proving: the second factor was given in this browser, or for a chat on the page that its link leads to. */
import { and, eq, gt, isNull } from 'drizzle-orm';
import { logins, sessions, tickets } from '../../../db/schema/access.ts';
import type { Ctx } from '../../context.ts';
import { notSignedIn } from '../../errors.ts';
import { ensureCan, ensurePerson } from '../can.ts';
import { linkUsed, onlyInChat } from '../errors.ts';
import { hashOf, newToken } from '../secrets.ts';
import type { NewSession } from '../sessions.ts';
import { makeTicket, liveTicket } from '../tickets.ts';
import { makeRecoveryCodes, readRecoveryCode, recoveryCodesLeft } from './recovery-codes.ts';
import { takeCode } from './take-code.ts';

/** A chat is asked again after this. */
const CHAT_PROOF_MS = 30 * 24 * 60 * 60 * 1000;

export interface Proven {
  /** The session under its new cookie. */
  session: NewSession;
}

/** Gives the code in this browser. @returns how many recovery codes are left, when one was used @throws wrong-factor-code, not-allowed */
export async function giveCode(ctx: Ctx, code: string): Promise<Proven & { left: number | null }> {
  const { accountId } = ensurePerson(ctx.actor);
  ensureCan(ctx.actor, 'factor.give', null);
  return takeCode(ctx, accountId, { code, of: 'confirmed' }, async (inside) => ({
    left: readRecoveryCode(code) === null ? null : await recoveryCodesLeft(inside, accountId),
    ...(await proveSession(inside)),
  }));
}

/** Ten new recovery codes for a code; those on the old paper are good no more. @throws wrong-factor-code, not-allowed */
export async function renewRecoveryCodes(ctx: Ctx, code: string): Promise<{ codes: string[] }> {
  const { accountId } = ensurePerson(ctx.actor);
  ensureCan(ctx.actor, 'factor.keep', null);
  return takeCode(ctx, accountId, { code, of: 'confirmed' }, async (inside) => ({
    codes: await makeRecoveryCodes(inside, accountId),
  }));
}

/** How many recovery codes are left. @throws not-allowed */
export async function readFactor(ctx: Ctx): Promise<{ left: number }> {
  const { accountId } = ensurePerson(ctx.actor);
  ensureCan(ctx.actor, 'factor.keep', null);
  return { left: await recoveryCodesLeft(ctx, accountId) };
}

/**
 * Marks the session of this browser as proven, under a new cookie: a copy of the old one, taken before, gains nothing by it.
 * `ctx.db` is the transaction that took the code. @throws not-signed-in for a session that ended meanwhile
 */
export async function proveSession(ctx: Ctx): Promise<Proven> {
  const { door, accountId } = ensurePerson(ctx.actor);
  if (door?.is !== 'session') throw notSignedIn();
  const token = newToken();
  const [row] = await ctx.db
    .update(sessions)
    .set({ tokenHash: hashOf(token), provenAt: ctx.clock() })
    .where(and(eq(sessions.id, door.id), isNull(sessions.endedAt)))
    .returning({ expiresAt: sessions.expiresAt });
  if (!row) throw notSignedIn();
  return { session: { token, accountId, expiresAt: row.expiresAt } };
}

/** Makes the link on which a chat's owner gives the code. @throws only-in-chat, not-allowed */
export async function makeChatProofLink(ctx: Ctx): Promise<{ token: string }> {
  const { door } = ensurePerson(ctx.actor);
  if (!ctx.chatKey || door?.is !== 'login') throw onlyInChat();
  ensureCan(ctx.actor, 'factor.give', null);
  return makeTicket(ctx, { kind: 'chat-proof', loginId: door.id });
}

/**
 * Gives the code for the chat that a link came from. The link is used up by a code that is right; it is no session, and the chat has
 * it for 30 days. @throws link-used, wrong-factor-code, too-many-attempts
 */
export async function proveChat(ctx: Ctx, { token, code }: { token: string; code: string }): Promise<void> {
  const [ticket] = await ctx.db
    .select({ id: tickets.id, accountId: tickets.accountId, loginId: tickets.loginId })
    .from(tickets)
    .where(and(liveTicket(ctx, token, 'chat-proof'), isNull(tickets.usedAt)));
  if (!ticket?.loginId) throw linkUsed();
  const { accountId, loginId, id } = ticket;
  await takeCode(ctx, accountId, { code, of: 'confirmed' }, async (inside) => {
    const now = ctx.clock();
    const [used] = await inside.db
      .update(tickets)
      .set({ usedAt: now })
      .where(and(eq(tickets.id, id), isNull(tickets.usedAt), gt(tickets.expiresAt, now)))
      .returning({ id: tickets.id });
    const [proven] = await inside.db
      .update(logins)
      .set({ provenUntil: new Date(now.getTime() + CHAT_PROOF_MS) })
      .where(and(eq(logins.id, loginId), eq(logins.accountId, accountId)))
      .returning({ id: logins.id });
    if (!used || !proven) throw linkUsed();
  });
}
