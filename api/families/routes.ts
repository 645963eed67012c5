/** HTTP of families: who may act for whom, ending and narrowing a link, and binding at the counter. */
import { describeRoute } from 'hono-openapi';
import { z } from 'zod';
import { linkScopes, relations, revokeReasons } from '../../db/schema/access.ts';
import { router, valid } from '../http.ts';
import { bindAtCounter } from './bind-at-counter.ts';
import { endLink } from './end-link.ts';
import { listHelpers } from './list-helpers.ts';
import { narrowLink } from './narrow-link.ts';
import { readFamily } from './read-family.ts';

const about = (summary: string) => describeRoute({ summary });
const id = z.object({ id: z.uuid() });

export const familyRoutes = router()
  .get('/family', about('Who may act for the caller, for whom the caller may act, and who asks to'), async (c) =>
    c.json(await readFamily(c.get('ctx'))),
  )
  .get(
    '/retirees/:id/links',
    about('Staff see who may act for a retiree in their care'),
    valid('param', id),
    async (c) => c.json(await listHelpers(c.get('ctx'), c.req.valid('param').id)),
  )
  .post(
    '/links/:id/end',
    about('End a link: give it back, take it back, or as staff with a reason'),
    valid('param', id),
    valid('json', z.object({ why: z.enum(revokeReasons).optional() })),
    async (c) => c.json(await endLink(c.get('ctx'), c.req.valid('param').id, c.req.valid('json').why)),
  )
  .post(
    '/links/:id/narrow',
    about('Let a relative do less'),
    valid('param', id),
    valid('json', z.object({ scope: z.enum(linkScopes) })),
    async (c) => c.json(await narrowLink(c.get('ctx'), c.req.valid('param').id, c.req.valid('json').scope)),
  )
  .post(
    '/bindings',
    about('Staff bind a phone number to a retiree in their care'),
    valid(
      'json',
      z.object({
        retireeId: z.uuid(),
        phone: z.string().max(40),
        relation: z.enum(relations),
        scope: z.enum(linkScopes).optional(),
        name: z.string().max(60).optional(),
      }),
    ),
    async (c) => {
      await bindAtCounter(c.get('ctx'), c.req.valid('json'));
      return c.json({ bound: true });
    },
  );
