/** HTTP of what became of messages to people, for the staff of their unit. */
import { z } from 'zod';
import { about, aboutNothing, reply, router, valid } from '../http.ts';
import { deliveryLists, deliveryPage, deliveryWays, listDelivery, settlings } from './list-delivery.ts';
import { settleMessage, tryAgain } from './settle-message.ts';

const id = z.object({ id: z.uuid() });
const unit = z.object({ unit: z.string().max(20) });

export const deliveryStaffRoutes = router()
  .get(
    '/staff/delivery',
    about(
      'What became of the messages to the people of a unit, page by page; what did not arrive, unless asked otherwise',
      deliveryPage,
    ),
    valid(
      'query',
      unit.extend({
        list: z.enum(deliveryLists).optional(),
        way: z.enum(deliveryWays).optional(),
        words: z.string().max(60).optional(),
        after: z
          .string()
          .regex(/^[\dT:.Z-]{20,30},[\da-f-]{36}$/)
          .optional(),
      }),
    ),
    async (c) => reply(c, await listDelivery(c.get('ctx'), c.req.valid('query'))),
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
