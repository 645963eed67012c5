/** HTTP of what did not reach people, for the staff of their unit. */
import { z } from 'zod';
import { about, aboutNothing, reply, router, valid } from '../http.ts';
import { deliveryWays, listUndelivered, settleMessage, settlings, tryAgain, undelivered } from './undelivered.ts';

const id = z.object({ id: z.uuid() });
const unit = z.object({ unit: z.string().max(20) });

export const deliveryStaffRoutes = router()
  .get(
    '/staff/delivery',
    about('What did not reach the people of a unit, the oldest first; or what was told by hand lately', undelivered),
    valid('query', unit.extend({ way: z.enum(deliveryWays).optional() })),
    async (c) => {
      const { unit: unitId, way } = c.req.valid('query');
      return reply(c, await listUndelivered(c.get('ctx'), unitId, way));
    },
  )
  .post(
    '/staff/delivery/:id/retry',
    aboutNothing('Try a message once more'),
    valid('param', id),
    valid('json', unit),
    async (c) => {
      await tryAgain(c.get('ctx'), c.req.valid('json').unit, c.req.valid('param').id);
      return c.body(null, 204);
    },
  )
  .post(
    '/staff/delivery/:id/settle',
    aboutNothing('Note how the person was told in the end'),
    valid('param', id),
    valid('json', unit.extend({ how: z.enum(settlings) })),
    async (c) => {
      const { unit: unitId, how } = c.req.valid('json');
      await settleMessage(c.get('ctx'), unitId, c.req.valid('param').id, how);
      return c.body(null, 204);
    },
  );
