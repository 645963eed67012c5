/** HTTP of what is told to people: their own messages, and the question whether a sign-in is theirs. */
import { and, desc, eq, inArray, lt, ne, notInArray, or } from 'drizzle-orm';
import { z } from 'zod';
import { cases } from '../../db/schema/engine.ts';
import { messages } from '../../db/schema/delivery.ts';
import { ensurePerson } from '../access/can.ts';
import { claimSignInLink } from '../access/tickets.ts';
import type { Ctx } from '../context.ts';
import { about, reply, router, valid } from '../http.ts';
import { momentOnly } from '../values/after.ts';
import { asksAtHome, render } from './message.ts';
import { tellAccount } from './tell-account.ts';

const PAGE = 20;

const messageLine = z.object({
  id: z.uuid(),
  at: z.iso.datetime(),
  text: z.string(),
  /** The number of the case that it is about. */
  case: z.string().nullable(),
});
export type MessageLine = z.infer<typeof messageLine>;

async function listMessages(ctx: Ctx, before?: string): Promise<MessageLine[]> {
  const { accountId } = ensurePerson(ctx.actor);
  const rows = await ctx.db
    .select({ message: messages, number: cases.number })
    .from(messages)
    .leftJoin(cases, eq(cases.id, messages.caseId))
    .where(
      and(
        eq(messages.accountId, accountId),
        or(eq(messages.form, 'notice'), inArray(messages.template, [...asksAtHome])),
        notInArray(messages.template, ['confirm-sign-in', 'erased']),
        // What was taken back before it went out was never said.
        ne(messages.state, 'replaced'),
        before ? lt(messages.createdAt, new Date(before)) : undefined,
      ),
    )
    .orderBy(desc(messages.createdAt), desc(messages.id))
    .limit(PAGE);
  return rows.map(({ message, number }) => ({
    id: message.id,
    at: message.createdAt.toISOString(),
    text: render(message.template, message.params, ctx.locale, ctx.city),
    case: number,
  }));
}

export const messageRoutes = router()
  .get(
    '/messages',
    about('What the caller was told, newest first', z.array(messageLine)),
    valid('query', z.object({ before: momentOnly.optional() })),
    async (c) => reply(c, await listMessages(c.get('ctx'), c.req.valid('query').before)),
  )
  .post(
    '/sign-in/link/claim',
    about('Use a sign-in link up: its chat is asked', z.object({ asked: z.literal(true) })),
    valid('json', z.object({ token: z.string().max(60) })),
    async (c) => {
      const ctx = c.get('ctx');
      const { accountId, ticketId } = await claimSignInLink(ctx, c.req.valid('json').token);
      await tellAccount(ctx, accountId, 'confirm-sign-in', { ticket: ticketId });
      return reply(c, { asked: true });
    },
  );
