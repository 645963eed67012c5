/** HTTP of one's own data: seen, taken along, and given up; and the phone that was lost. */
import { stream } from 'hono/streaming';
import { describeRoute } from 'hono-openapi';
import { z } from 'zod';
import { dropSecret } from '../access/cookies.ts';
import { about, reply, router, valid } from '../http.ts';
import { momentOnly } from '../values/after.ts';
import { closeAccount, closing, readClosing } from './close-account.ts';
import { exportAll } from './export-all.ts';
import { listLookups, lookupLine } from './lookups.ts';
import { lostPhone } from './lost-phone.ts';
import { sendProof, type ProofPurpose } from './prove.ts';
import { myData, readMyData } from './read-my-data.ts';

const purposes = ['export', 'close-account'] as const satisfies readonly ProofPurpose[];
const code = z.string().max(20);

const aboutExport = describeRoute({
  summary: 'Everything that is held, as one JSON; needs the code',
  responses: { 200: { description: 'A file', content: { 'application/json': { schema: { type: 'object' } } } } },
});

export const myDataRoutes = router()
  .get('/me/data', about('What is held about the caller, numbers masked', myData), async (c) =>
    reply(c, await readMyData(c.get('ctx'))),
  )
  .get(
    '/me/lookups',
    about('Who looked at what is masked, and why, newest first', z.array(lookupLine)),
    valid('query', z.object({ before: momentOnly.optional() })),
    async (c) => reply(c, await listLookups(c.get('ctx'), c.req.valid('query').before)),
  )
  .post(
    '/me/codes',
    about('Send a code to the caller’s own phone, good for one purpose', z.object({ phone: z.string() })),
    valid('json', z.object({ purpose: z.enum(purposes) })),
    async (c) => reply(c, await sendProof(c.get('ctx'), c.req.valid('json').purpose, c.get('address'))),
  )
  .post('/me/export', aboutExport, valid('json', z.object({ code })), async (c) => {
    const pieces = await exportAll(c.get('ctx'), c.req.valid('json').code);
    c.header('Content-Type', 'application/json; charset=utf-8');
    c.header('Content-Disposition', 'attachment; filename="tuiguan.json"');
    c.header('Cache-Control', 'no-store');
    return stream(c, async (out) => {
      for await (const piece of pieces) await out.write(piece);
    });
  })
  .get('/me/closing', about('What goes on without the caller, should the account be closed', closing), async (c) =>
    reply(c, await readClosing(c.get('ctx'))),
  )
  .post(
    '/me/close',
    about(
      'Close the caller’s account; needs the code, and the open cases that were named',
      z.object({ closed: z.literal(true) }),
    ),
    valid('json', z.object({ code, cases: z.array(z.string().max(20)).max(50) })),
    async (c) => {
      await closeAccount(c.get('ctx'), c.req.valid('json'));
      dropSecret(c, 'session');
      return reply(c, { closed: true });
    },
  )
  .post(
    '/retirees/:id/lost-phone',
    about('Staff end the sessions and chats of a retiree who lost the phone', z.object({ ended: z.literal(true) })),
    valid('param', z.object({ id: z.uuid() })),
    async (c) => {
      await lostPhone(c.get('ctx'), c.req.valid('param').id);
      return reply(c, { ended: true });
    },
  );
