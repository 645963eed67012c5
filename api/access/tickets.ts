/**
 * One-time links. The token stands in the URL's fragment, so no server log or preview sees it; a tapped POST uses it up. A question
 * link answers one question of one draft and is never a session; a sign-in link becomes one only once it is
 * confirmed in the chat it came from; what proves a second factor for a chat is in `second-factor/prove.ts`.
 */
import { and, eq, gt, isNull, isNotNull } from 'drizzle-orm';
import { tickets } from '../../db/schema/access.ts';
import type { Ctx } from '../context.ts';
import { ensurePerson } from './can.ts';
import { linkUsed, notConfirmed, onlyInChat } from './errors.ts';
import { hashOf, newToken } from './secrets.ts';
import { startSession, type NewSession } from './sessions.ts';

const TICKET_LIFE_MS = 15 * 60 * 1000;

export interface QuestionGrant {
  accountId: string;
  draftId: string;
  question: string;
}

/** Makes a link to one question of one draft of the caller's. */
export async function makeQuestionLink(ctx: Ctx, draftId: string, question: string): Promise<{ token: string }> {
  return makeTicket(ctx, { kind: 'question', draftId, question });
}

/** Makes a link that signs a browser in, once the chat confirms it. */
export async function makeSignInLink(ctx: Ctx): Promise<{ token: string }> {
  if (!ctx.chatKey) throw onlyInChat();
  return makeTicket(ctx, { kind: 'sign-in' });
}

type About =
  | { kind: 'sign-in' }
  | { kind: 'question'; draftId: string; question: string }
  | { kind: 'chat-proof'; loginId: string };

/** Makes a link of the caller's. */
export async function makeTicket(ctx: Ctx, about: About): Promise<{ token: string }> {
  const { accountId } = ensurePerson(ctx.actor);
  const token = newToken();
  const now = ctx.clock();
  await ctx.db.insert(tickets).values({
    ...about,
    accountId,
    tokenHash: hashOf(token),
    createdAt: now,
    expiresAt: new Date(now.getTime() + TICKET_LIFE_MS),
  });
  return { token };
}

/** Uses a question link up and gives what the page needs to answer: a grant for that question only. @throws link-used */
export async function openQuestionLink(ctx: Ctx, token: string): Promise<QuestionGrant & { grant: string }> {
  const grant = newToken();
  const [ticket] = await ctx.db
    .update(tickets)
    .set({ usedAt: ctx.clock(), grantHash: hashOf(grant) })
    .where(and(liveTicket(ctx, token, 'question'), isNull(tickets.usedAt)))
    .returning();
  if (!ticket?.draftId || !ticket.question) throw linkUsed();
  return { accountId: ticket.accountId, draftId: ticket.draftId, question: ticket.question, grant };
}

/** What a grant is good for. It lives as long as the link would have. @throws link-used */
export async function readGrant(ctx: Ctx, grant: string): Promise<QuestionGrant> {
  const [ticket] = await ctx.db
    .select()
    .from(tickets)
    .where(
      and(
        eq(tickets.grantHash, hashOf(grant)),
        gt(tickets.expiresAt, new Date(ctx.clock().getTime() - TICKET_LIFE_MS)),
      ),
    );
  if (!ticket?.draftId || !ticket.question) throw linkUsed();
  return { accountId: ticket.accountId, draftId: ticket.draftId, question: ticket.question };
}

/** A browser holds a sign-in link: the chat is to be asked. @returns the account and the ticket to confirm */
export async function claimSignInLink(ctx: Ctx, token: string): Promise<{ accountId: string; ticketId: string }> {
  const [ticket] = await ctx.db
    .update(tickets)
    .set({ usedAt: ctx.clock() })
    .where(and(liveTicket(ctx, token, 'sign-in'), isNull(tickets.usedAt)))
    .returning();
  if (!ticket) throw linkUsed();
  return { accountId: ticket.accountId, ticketId: ticket.id };
}

/** The chat says that it was its own person. */
export async function confirmSignIn(ctx: Ctx, ticketId: string, yes: boolean): Promise<void> {
  const { accountId } = ensurePerson(ctx.actor);
  if (!ctx.chatKey) throw onlyInChat();
  const now = ctx.clock();
  const [ticket] = await ctx.db
    .update(tickets)
    .set(yes ? { confirmedAt: now } : { expiresAt: now })
    .where(and(eq(tickets.id, ticketId), eq(tickets.accountId, accountId), gt(tickets.expiresAt, now)))
    .returning({ id: tickets.id });
  if (!ticket) throw linkUsed();
}

/** The browser that holds the link signs in, once. @throws not-confirmed until the chat said yes, link-used afterwards */
export async function finishSignIn(ctx: Ctx, token: string): Promise<NewSession> {
  return ctx.db.transaction(async (tx) => {
    const inside = { ...ctx, db: tx };
    const [ticket] = await tx
      .select()
      .from(tickets)
      .where(liveTicket(ctx, token, 'sign-in'))
      .for('update');
    if (!ticket?.usedAt) throw linkUsed();
    if (!ticket.confirmedAt) throw notConfirmed();
    await tx
      .update(tickets)
      .set({ expiresAt: ctx.clock() })
      .where(and(eq(tickets.id, ticket.id), isNotNull(tickets.confirmedAt)));
    return startSession(inside, ticket.accountId);
  });
}

/** The condition of a link that is there and not too old. */
export function liveTicket(ctx: Ctx, token: string, kind: About['kind']) {
  return and(eq(tickets.tokenHash, hashOf(token)), eq(tickets.kind, kind), gt(tickets.expiresAt, ctx.clock()));
}
