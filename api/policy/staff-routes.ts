/** HTTP of policy for staff: bringing documents in, explaining articles, publishing answers. */
import { z } from 'zod';
import { partKinds } from '../../db/schema/policy.ts';
import { isPlainDate, type PlainDate } from '../dates.ts';
import { about, aboutNothing, reply, router, valid } from '../http.ts';
import { documentPreview, explainArticle, previewDocument, saveDocument } from './import-document.ts';
import {
  answerList,
  consulted,
  listAnswers,
  publishAnswer,
  readConsultation,
  withdrawAnswer,
} from './publish-answer.ts';

/** The longest regulation of the city has a tenth of it. */
const MOST_TEXT = 300_000;
const MOST_PARTS = 500;
const id = z.object({ id: z.uuid() });
const number = z.object({ number: z.string().max(20) });
const day = z
  .string()
  .refine((text): text is PlainDate => isPlainDate(text))
  .nullable();
const label = z.string().trim().min(1).max(40);
const document = z.object({
  number: z.string().trim().min(1).max(60),
  title: z.string().trim().min(1).max(120),
  issuer: z.string().trim().min(1).max(120),
  issuedOn: day,
  inForceFrom: day,
  inForceUntil: day,
  parts: z
    .array(
      z.object({
        kind: z.enum(partKinds),
        label,
        title: z.string().trim().max(200),
        text: z.string().trim().max(20_000),
      }),
    )
    .max(MOST_PARTS),
});

export const policyStaffRoutes = router()
  .post(
    '/staff/policy/preview',
    about('What a text becomes: chapters, articles, mended sentences, doubts; nothing is kept', documentPreview),
    valid('json', z.object({ text: z.string().max(MOST_TEXT) })),
    async (c) => reply(c, await previewDocument(c.get('ctx'), c.req.valid('json').text)),
  )
  .post('/staff/policy', about('Keep a document', id), valid('json', document), async (c) =>
    reply(c, await saveDocument(c.get('ctx'), c.req.valid('json'))),
  )
  .put(
    '/staff/policy/:id/plain',
    aboutNothing('Explain an article in plain words'),
    valid('param', id),
    valid('json', z.object({ label, plain: z.string().trim().max(1000) })),
    async (c) => {
      const { label: which, plain } = c.req.valid('json');
      await explainArticle(c.get('ctx'), c.req.valid('param').id, which, plain);
      return c.body(null, 204);
    },
  )
  .get(
    '/staff/answers',
    about('A unit’s consultations that could be published, and its published answers', answerList),
    valid('query', z.object({ unit: z.string().max(20) })),
    async (c) => reply(c, await listAnswers(c.get('ctx'), c.req.valid('query').unit)),
  )
  .get(
    '/staff/answers/:number',
    about('What was asked and answered in a consultation', consulted),
    valid('param', number),
    async (c) => reply(c, await readConsultation(c.get('ctx'), c.req.valid('param').number)),
  )
  .post(
    '/staff/answers',
    about('Publish an answer', id),
    valid(
      'json',
      number.extend({ question: z.string().trim().min(1).max(200), answer: z.string().trim().min(1).max(1000) }),
    ),
    async (c) => reply(c, await publishAnswer(c.get('ctx'), c.req.valid('json'))),
  )
  .post('/staff/answers/:id/withdraw', aboutNothing('Take an answer back'), valid('param', id), async (c) => {
    await withdrawAnswer(c.get('ctx'), c.req.valid('param').id);
    return c.body(null, 204);
  });
