/** Question links: a question that may not be asked in chat is answered on a page, and the chat goes on by itself. */
import { describeRoute } from 'hono-openapi';
import { z } from 'zod';
import { drafts } from '../../db/schema/engine.ts';
import { eq } from 'drizzle-orm';
import { loadPerson } from '../access/person.ts';
import { limited } from '../access/limited.ts';
import { uploads } from '../access/limits.ts';
import { makeQuestionLink, openQuestionLink, readGrant, type QuestionGrant } from '../access/tickets.ts';
import type { Ctx } from '../context.ts';
import { enqueue } from '../delivery/outbox.ts';
import { notFound } from '../errors.ts';
import { router, valid } from '../http.ts';
import { saveAnswers } from './drafts/answer.ts';
import { loadDraft } from './drafts/load.ts';
import { readQuestion } from './drafts/manage.ts';
import { addFile } from './files.ts';

const about = (summary: string) => describeRoute({ summary });
const grantHeader = z.object({ 'x-grant': z.string().max(60) });

/** The context of whoever the link was made for. It is used for the one question only, and never becomes a session. */
async function asOwner(ctx: Ctx, grant: QuestionGrant): Promise<Ctx> {
  const person = await loadPerson(ctx.db, grant.accountId, ctx.clock());
  if (!person) throw notFound();
  return { ...ctx, actor: person };
}

/** Lets the chat that talks about the draft go on. */
async function resumeChat(ctx: Ctx, { accountId, draftId }: QuestionGrant): Promise<void> {
  const [row] = await ctx.db.select({ chatKey: drafts.chatKey }).from(drafts).where(eq(drafts.id, draftId));
  if (!row?.chatKey) return;
  const resume = {
    to: { accountId },
    form: 'resume' as const,
    template: 'answered-on-page',
    params: { draft: draftId },
  };
  await ctx.db.transaction((tx) => enqueue({ ...ctx, db: tx }, [resume]));
}

export const questionLinkRoutes = router()
  .post(
    '/drafts/:id/links/:key',
    about('Make a one-time link to one question'),
    valid('param', z.object({ id: z.uuid(), key: z.string().max(60) })),
    async (c) => {
      const ctx = c.get('ctx');
      const { id, key } = c.req.valid('param');
      await loadDraft(ctx, id);
      return c.json(await makeQuestionLink(ctx, id, key));
    },
  )
  .post(
    '/question-links/open',
    about('Use a question link up: gives the question and a grant to answer it'),
    valid('json', z.object({ token: z.string().max(60) })),
    async (c) => {
      const ctx = c.get('ctx');
      const { grant, ...linked } = await openQuestionLink(ctx, c.req.valid('json').token);
      const owner = await asOwner(ctx, linked);
      const { subject, service } = await loadDraft(owner, linked.draftId);
      return c.json({
        grant,
        kind: service.kind,
        subject: subject && { name: subject.name },
        question: await readQuestion(owner, linked.draftId, linked.question),
      });
    },
  )
  .post(
    '/question-links/files',
    about('Upload a picture for the linked question'),
    limited('caller', uploads),
    valid('header', grantHeader),
    async (c) => {
      const grant = await readGrant(c.get('ctx'), c.req.valid('header')['x-grant']);
      const owner = await asOwner(c.get('ctx'), grant);
      return c.json(await addFile(owner, grant.draftId, grant.question, () => c.req.arrayBuffer()));
    },
  )
  .put(
    '/question-links/answer',
    about('Answer the linked question; the chat goes on'),
    valid('header', grantHeader),
    valid('json', z.object({ value: z.unknown(), seen: z.int().min(0).optional() })),
    async (c) => {
      const grant = await readGrant(c.get('ctx'), c.req.valid('header')['x-grant']);
      const owner = await asOwner(c.get('ctx'), grant);
      await saveAnswers(owner, grant.draftId, { [grant.question]: c.req.valid('json') });
      await resumeChat(owner, grant);
      return c.json({ saved: true });
    },
  );
