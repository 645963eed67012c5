/** HTTP of notices for staff: writing, the second pair of eyes, correcting, withdrawing, and whom they reached. */
import { z } from 'zod';
import { keptFlags } from '../../db/schema/care.ts';
import { noticeCategories } from '../../db/schema/notices.ts';
import { employerKinds } from '../../db/schema/registry.ts';
import { limited } from '../access/limited.ts';
import { uploads } from '../access/limits.ts';
import { isPlainDate, type PlainDate } from '../dates.ts';
import { about, reply, router, valid } from '../http.ts';
import { cleaned, cleanPaste } from './clean.ts';
import { addedFile, addFile } from './files.ts';
import { approveNotice, submitNotice, takeBackNotice, withdrawNotice } from './publish.ts';
import { reach, readReach, readUntold, untold } from './reach.ts';
import { MOST_BODY, MOST_FILES, MOST_SUMMARY, MOST_TITLE, OLDEST, YOUNGEST } from './rules.ts';
import { listStaffNotices, preview, previewBody, readStaffNotice, staffList, staffView } from './staff-notices.ts';
import { beginNotice, correctNotice, dropNotice, saveNotice } from './write-notice.ts';

const id = z.object({ id: z.uuid() });
const unit = z.string().max(20);
const version = z.int().min(0);
const seen = z.object({ version });
const changed = z.object({ version: z.int() });
/** Behind whom a list goes on: a unit and a retiree. */
const PLACE = /^[\w-]{1,20}\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const day = z
  .string()
  .refine((text): text is PlainDate => isPlainDate(text))
  .nullable();
const age = z.int().min(YOUNGEST).max(OLDEST).nullable();
const writing = z.object({
  version,
  category: z.enum(noticeCategories),
  title: z.string().trim().max(MOST_TITLE),
  summary: z.string().trim().max(MOST_SUMMARY),
  text: z.string().max(MOST_BODY),
  files: z.array(z.object({ id: z.uuid(), name: z.string().trim().min(1).max(100) })).max(MOST_FILES),
  inForceFrom: day,
  inForceUntil: day,
  pinned: z.boolean(),
  audience: z.object({
    ageFrom: age,
    ageTo: age,
    employerKinds: z.array(z.enum(employerKinds)).nullable(),
    flags: z.array(z.enum(keptFlags)).nullable(),
  }),
  change: z.string().trim().max(200),
});

export const noticeStaffRoutes = router()
  .get(
    '/staff/notices',
    about('Notices of a unit, of those below it, and what those above published', staffList),
    valid('query', z.object({ unit, after: z.uuid().optional() })),
    async (c) => {
      const { unit: unitId, after } = c.req.valid('query');
      return reply(c, await listStaffNotices(c.get('ctx'), unitId, after));
    },
  )
  .post('/staff/notices', about('Begin a notice', id), valid('json', z.object({ unit })), async (c) =>
    reply(c, await beginNotice(c.get('ctx'), c.req.valid('json').unit)),
  )
  .post(
    '/staff/notices/paste',
    about('What was copied from Word or a page, as the lines of a notice (the body is HTML)', cleaned),
    async (c) => reply(c, cleanPaste(c.get('ctx'), await c.req.text())),
  )
  .post(
    '/staff/notices/preview',
    about('The pieces that lines stand for', preview),
    valid('json', z.object({ text: z.string().max(MOST_BODY) })),
    (c) => reply(c, previewBody(c.get('ctx'), c.req.valid('json').text)),
  )
  .get('/staff/notices/:id', about('One notice with its versions', staffView), valid('param', id), async (c) =>
    reply(c, await readStaffNotice(c.get('ctx'), c.req.valid('param').id)),
  )
  .put(
    '/staff/notices/:id',
    about('Save what is written', changed),
    valid('param', id),
    valid('json', writing),
    async (c) => reply(c, await saveNotice(c.get('ctx'), c.req.valid('param').id, c.req.valid('json'))),
  )
  .post(
    '/staff/notices/:id/files/:kind',
    about('Add a picture or a file (the body is the file)', addedFile),
    limited('caller', uploads),
    valid('param', id.extend({ kind: z.enum(['picture', 'file']) })),
    async (c) => {
      const { id: noticeId, kind } = c.req.valid('param');
      return reply(c, await addFile(c.get('ctx'), noticeId, kind, () => c.req.arrayBuffer()));
    },
  )
  .post('/staff/notices/:id/submit', about('Hand it in', changed), valid('param', id), valid('json', seen), async (c) =>
    reply(c, await submitNotice(c.get('ctx'), c.req.valid('param').id, c.req.valid('json').version)),
  )
  .post(
    '/staff/notices/:id/take-back',
    about('Give it back to be written on', changed),
    valid('param', id),
    valid('json', seen),
    async (c) => reply(c, await takeBackNotice(c.get('ctx'), c.req.valid('param').id, c.req.valid('json').version)),
  )
  .post(
    '/staff/notices/:id/approve',
    about('Publish it: somebody else than who handed it in', changed),
    valid('param', id),
    valid('json', seen),
    async (c) => reply(c, await approveNotice(c.get('ctx'), c.req.valid('param').id, c.req.valid('json').version)),
  )
  .post(
    '/staff/notices/:id/correct',
    about('Begin a further version', changed),
    valid('param', id),
    valid('json', seen),
    async (c) => reply(c, await correctNotice(c.get('ctx'), c.req.valid('param').id, c.req.valid('json').version)),
  )
  .post(
    '/staff/notices/:id/drop',
    about('Drop what is being written', changed),
    valid('param', id),
    valid('json', seen),
    async (c) => reply(c, await dropNotice(c.get('ctx'), c.req.valid('param').id, c.req.valid('json').version)),
  )
  .post(
    '/staff/notices/:id/withdraw',
    about('Take back what was published', changed),
    valid('param', id),
    valid('json', seen.extend({ why: z.string().trim().min(2).max(200) })),
    async (c) => {
      const { version: known, why } = c.req.valid('json');
      return reply(c, await withdrawNotice(c.get('ctx'), c.req.valid('param').id, known, why));
    },
  )
  .get(
    '/staff/notices/:id/reach',
    about('The share of a unit’s people whom it reached', reach),
    valid('param', id),
    valid('query', z.object({ unit })),
    async (c) => reply(c, await readReach(c.get('ctx'), c.req.valid('param').id, c.req.valid('query').unit)),
  )
  // POST, because of a notice by special-care flags the reading is recorded.
  .post(
    '/staff/notices/:id/untold',
    about('Whom it did not reach', untold),
    valid('param', id),
    valid(
      'json',
      z.object({
        unit,
        after: z.string().regex(PLACE).optional(),
      }),
    ),
    async (c) => {
      const { unit: unitId, after } = c.req.valid('json');
      return reply(c, await readUntold(c.get('ctx'), c.req.valid('param').id, unitId, after));
    },
  );
