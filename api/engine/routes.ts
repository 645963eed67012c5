/** HTTP of the engine: services, drafts, cases. Generic: a new service needs no route. */
import { z } from 'zod';
import { keptFlags } from '../../db/schema/care.ts';
import { limited } from '../access/limited.ts';
import { guestDrafts, uploads } from '../access/limits.ts';
import { about, aboutFile, aboutNothing, reply, router, valid } from '../http.ts';
import { act, actResult } from './cases/act.ts';
import { countPending, pendingCounts } from './cases/count.ts';
import { caseList, myCases } from './cases/list.ts';
import { pending, pendingViews } from './cases/pending.ts';
import { noticeList, publicNotice, publicNotices, readPublicNotice } from './cases/public-notice.ts';
import { readSheet, sheetView } from './cases/sheet.ts';
import { caseDetails } from './cases/shapes.ts';
import { addRemark, LONGEST_REMARK } from './cases/staff-side.ts';
import { decideTogether, MOST_TOGETHER, previewTogether, togetherPreview, togetherResults } from './cases/together.ts';
import { readCase } from './cases/view.ts';
import { allServices, serviceOf } from './catalogue.ts';
import { saveAnswers } from './drafts/answer.ts';
import { startDecision } from './drafts/decide.ts';
import { chatDraft, discardDraft, focusChat, listDrafts, readDraft, readQuestion } from './drafts/manage.ts';
import { startDraft, started } from './drafts/start.ts';
import { submitDraft } from './drafts/submit.ts';
import { draftView, questionView } from './drafts/view.ts';
import { addFile, keptFile, readFile } from './files.ts';
import { guide, readGuide, serviceLine, serviceLineShape } from './guide.ts';
import { afterMoment, momentOnly } from '../values/after.ts';
import { verbNames } from './verbs.ts';

const id = z.object({ id: z.uuid() });
const number = z.object({ number: z.string().max(20) });
const answer = z.object({ value: z.unknown(), seen: z.int().min(0).optional() });
const answers = z.record(z.string().max(60), answer);
const pendingFilter = z.object({
  view: z.enum(pendingViews).default('unit'),
  kind: z.string().max(60).optional(),
  words: z.string().max(60).optional(),
  after: afterMoment.optional(),
});
const verb = z.enum(verbNames);
const seenCase = z.object({ number: z.string().max(20), version: z.int().min(1) });
const chatTalk = z.object({ draft: draftView.nullable() });

export const engineRoutes = router()
  .get('/services', about('The services one can apply for', z.array(serviceLineShape)), (c) => {
    const ctx = c.get('ctx');
    return reply(
      c,
      allServices()
        .filter((service) => service.open.by)
        .map((service) => serviceLine(ctx, service)),
    );
  })
  .get('/services/:kind', about('The guide of a service: who, what is asked, how long', guide), (c) => {
    return reply(c, readGuide(c.get('ctx'), serviceOf(c.req.param('kind'))));
  })
  .get('/drafts', about('What the caller began and did not finish', z.array(draftView)), async (c) =>
    reply(c, await listDrafts(c.get('ctx'))),
  )
  .post(
    '/drafts',
    about('Begin an application, or find the one begun; or the case that stands in its way', started),
    limited('guest', guestDrafts),
    valid('json', z.object({ kind: z.string().max(60), subjectId: z.uuid().optional(), answers: answers.optional() })),
    async (c) => reply(c, await startDraft(c.get('ctx'), c.req.valid('json'))),
  )
  .get('/drafts/:id', about('A draft with its next question', draftView), valid('param', id), async (c) =>
    reply(c, await readDraft(c.get('ctx'), c.req.valid('param').id)),
  )
  .delete('/drafts/:id', aboutNothing('Throw a draft away'), valid('param', id), async (c) => {
    await discardDraft(c.get('ctx'), c.req.valid('param').id);
    return c.body(null, 204);
  })
  .get(
    '/drafts/:id/questions/:key',
    about('One question of a draft, to be changed', questionView),
    valid('param', id.extend({ key: z.string().max(60) })),
    async (c) => reply(c, await readQuestion(c.get('ctx'), c.req.valid('param').id, c.req.valid('param').key)),
  )
  .put(
    '/drafts/:id/answers',
    about('Save answers; gives the draft with its next question', draftView),
    valid('param', id),
    valid('json', z.object({ answers })),
    async (c) => reply(c, await saveAnswers(c.get('ctx'), c.req.valid('param').id, c.req.valid('json').answers)),
  )
  .post(
    '/drafts/:id/files/:key',
    about('Upload a picture for a photo question (the body is the file)', keptFile),
    limited('caller', uploads),
    valid('param', id.extend({ key: z.string().max(60) })),
    async (c) => {
      const { id: draftId, key } = c.req.valid('param');
      return reply(c, await addFile(c.get('ctx'), draftId, key, () => c.req.arrayBuffer()));
    },
  )
  .post(
    '/drafts/:id/submit',
    about('Submit what was checked', actResult),
    valid('param', id),
    valid('json', z.object({ checked: z.int().min(0), version: z.int().min(1).optional() })),
    async (c) => reply(c, await submitDraft(c.get('ctx'), c.req.valid('param').id, c.req.valid('json'))),
  )
  .get(
    '/files/:id',
    aboutFile('A picture, for those who may see its case or draft', 'image/jpeg'),
    valid('param', id),
    async (c) => {
      const file = await readFile(c.get('ctx'), c.req.valid('param').id);
      return c.body(new Uint8Array(file.content), 200, {
        'Content-Type': file.mime,
        'Cache-Control': 'private, max-age=300',
      });
    },
  )
  .get(
    '/cases',
    about('The cases of the caller and of the retirees they look after', caseList),
    valid('query', z.object({ after: momentOnly.optional() })),
    async (c) => reply(c, await myCases(c.get('ctx'), c.req.valid('query').after)),
  )
  .get(
    '/cases/:number',
    about('A case: state, timeline, answers, and the verbs the caller may use', caseDetails),
    valid('param', number),
    async (c) => reply(c, await readCase(c.get('ctx'), c.req.valid('param').number)),
  )
  .get(
    '/cases/:number/sheets/:sheet',
    about('A sheet to print and sign, with what was answered', sheetView),
    valid('param', number.extend({ sheet: z.string().max(40) })),
    async (c) => {
      const { number: caseNumber, sheet } = c.req.valid('param');
      return reply(c, await readSheet(c.get('ctx'), caseNumber, sheet));
    },
  )
  .post(
    '/cases/:number/drafts',
    about('Begin a decision or a resubmission as a draft', draftView),
    valid('param', number),
    valid('json', z.object({ verb })),
    async (c) => reply(c, await startDecision(c.get('ctx'), c.req.valid('param').number, c.req.valid('json').verb)),
  )
  .post(
    '/cases/:number/remarks',
    about(
      'Tell the other staff something about a case; nobody outside the offices reads it',
      z.object({ id: z.uuid() }),
    ),
    valid('param', number),
    valid('json', z.object({ words: z.string().trim().min(1).max(LONGEST_REMARK) })),
    async (c) => reply(c, await addRemark(c.get('ctx'), c.req.valid('param').number, c.req.valid('json').words)),
  )
  .post(
    '/cases/:number/:verb',
    about('Use a verb on a case, with its answers if it asks anything', actResult),
    valid('param', number.extend({ verb })),
    valid('json', z.object({ version: z.int().min(1).optional(), answers: answers.optional() })),
    async (c) => {
      const { number: caseNumber, verb: used } = c.req.valid('param');
      return reply(c, await act(c.get('ctx'), caseNumber, { verb: used, ...c.req.valid('json') }));
    },
  )
  .get(
    '/public-notices',
    about('What is on public notice at a unit and those below it; anybody may read it', noticeList),
    valid('query', z.object({ unit: z.string().max(20), after: afterMoment.optional() })),
    async (c) => {
      c.header('X-Robots-Tag', 'noindex');
      return reply(c, await publicNotices(c.get('ctx'), c.req.valid('query')));
    },
  )
  .get(
    '/public-notices/:number',
    about('One public notice; anybody may object to it', publicNotice),
    valid('param', number),
    async (c) => {
      c.header('X-Robots-Tag', 'noindex');
      return reply(c, await readPublicNotice(c.get('ctx'), c.req.valid('param').number));
    },
  )
  .get(
    '/pending',
    about('What waits for staff, by due time', caseList),
    valid('query', pendingFilter.extend({ flagged: z.literal('any').optional() })),
    async (c) => reply(c, await pending(c.get('ctx'), c.req.valid('query'))),
  )
  // POST, because the reading is recorded, and so that no address says of whom one asks what.
  .post(
    '/pending/by-flag',
    about('What waits for people with one special-care flag, by due time; the reading is recorded', caseList),
    valid('json', pendingFilter.extend({ flagged: z.enum(keptFlags) })),
    async (c) => reply(c, await pending(c.get('ctx'), c.req.valid('json'))),
  )
  .get('/pending/counts', about('How many cases wait in each view, up to a hundred', pendingCounts), async (c) =>
    reply(c, await countPending(c.get('ctx'))),
  )
  .post(
    '/pending/together/preview',
    about('What deciding several cases at once would do to each, and which cannot be and why', togetherPreview),
    valid('json', z.object({ numbers: z.array(z.string().max(20)).min(1).max(MOST_TOGETHER) })),
    async (c) => reply(c, await previewTogether(c.get('ctx'), c.req.valid('json').numbers)),
  )
  .post(
    '/pending/together',
    about('Decide several cases that are alike, each by itself; says what became of each', togetherResults),
    valid('json', z.object({ cases: z.array(seenCase).min(1).max(MOST_TOGETHER) })),
    async (c) => reply(c, await decideTogether(c.get('ctx'), c.req.valid('json').cases)),
  )
  .get('/chat/draft', about('The draft that this chat talks about', chatTalk), async (c) =>
    reply(c, { draft: await chatDraft(c.get('ctx')) }),
  )
  .put(
    '/chat/draft',
    about('Make this chat talk about a draft, or about none', chatTalk),
    valid('json', z.object({ id: z.uuid().nullable() })),
    async (c) => {
      await focusChat(c.get('ctx'), c.req.valid('json').id);
      return reply(c, { draft: await chatDraft(c.get('ctx')) });
    },
  );
