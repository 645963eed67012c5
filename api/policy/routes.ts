/** HTTP of policy for everybody: asking, documents, and articles in plain words. */
import { z } from 'zod';
import { about, reply, router, valid } from '../http.ts';
import { ask, asking } from './ask.ts';
import { articleView, documentLine, documentView, listDocuments, readArticle, readDocument } from './read-document.ts';

/** Longer than any question; a story is told to a person. */
const MOST_ASKED = 500;

export const policyRoutes = router()
  .get(
    '/ask',
    about('What answers a question in somebody’s own words, the best first', asking),
    valid('query', z.object({ q: z.string().trim().min(1).max(MOST_ASKED) })),
    async (c) => reply(c, await ask(c.get('ctx'), c.req.valid('query').q)),
  )
  .get('/policy', about('Documents, the newest first', z.array(documentLine)), async (c) =>
    reply(c, await listDocuments(c.get('ctx'))),
  )
  .get(
    '/policy/articles/:label',
    about('An article, item or annex; of the regulation when no document is named', articleView),
    valid('param', z.object({ label: z.string().max(40) })),
    valid('query', z.object({ document: z.uuid().optional() })),
    async (c) => reply(c, await readArticle(c.get('ctx'), c.req.valid('param').label, c.req.valid('query').document)),
  )
  .get(
    '/policy/:id',
    about('A document with the names of its parts', documentView),
    valid('param', z.object({ id: z.uuid() })),
    async (c) => reply(c, await readDocument(c.get('ctx'), c.req.valid('param').id)),
  );
