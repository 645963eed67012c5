/** HTTP of looking at what is masked. POST, because it writes that somebody looked; what it gives is kept nowhere. */
import { describeRoute } from 'hono-openapi';
import { z } from 'zod';
import { maskedFacts, unmaskReasons } from '../../db/schema/access.ts';
import { router, valid } from '../http.ts';
import { unmask } from './unmask.ts';

export const unmaskRoutes = router().post(
  '/retirees/:id/unmask',
  describeRoute({ summary: 'Staff look at a whole number, or 民族, for a reason that the retiree can read' }),
  valid('param', z.object({ id: z.uuid() })),
  valid(
    'json',
    z.object({ what: z.enum(maskedFacts), why: z.enum(unmaskReasons), words: z.string().max(100).default('') }),
  ),
  async (c) => {
    const given = await unmask(c.get('ctx'), { retireeId: c.req.valid('param').id, ...c.req.valid('json') });
    c.header('Cache-Control', 'no-store');
    return c.json(given);
  },
);
