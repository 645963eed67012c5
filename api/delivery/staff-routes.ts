/** HTTP of what became of messages to people and to colleagues, for the staff of their unit. */
import { z } from 'zod';
import { about, aboutNothing, reply, router, valid } from '../http.ts';
import { afterMoment } from '../values/after.ts';
import { listDelivery, peopleLine } from './list-delivery.ts';
import { deliveryLists, deliveryWays, settlings, type Settling } from './list-lines.ts';
import { listStaffDelivery, staffLine, staffSettlings } from './list-staff-delivery.ts';
import { audiences, settleMessage, tryAgain } from './settle-message.ts';

const id = z.object({ id: z.uuid() });
/** `to`: the messages to the unit's people, when left out, or those to its staff. */
const which = z.object({ unit: z.string().max(20), to: z.enum(audiences).default('people') });

/** `next` is to be given as `after` for the page behind; null at the end. */
const deliveryPage = z.object({
  messages: z.array(z.discriminatedUnion('to', [peopleLine, staffLine])),
  next: z.string().nullable(),
});
export type DeliveryPage = z.infer<typeof deliveryPage>;
export type DeliveryLine = DeliveryPage['messages'][number];

const isForStaff = (how: Settling) => staffSettlings.some((one) => one === how);

export const deliveryStaffRoutes = router()
  .get(
    '/staff/delivery',
    about(
      'What became of the messages to the people of a unit, or to its staff, page by page; what did not arrive, unless asked otherwise',
      deliveryPage,
    ),
    valid(
      'query',
      which.extend({
        list: z.enum(deliveryLists).optional(),
        way: z.enum(deliveryWays).optional(),
        words: z.string().max(60).optional(),
        after: afterMoment.optional(),
      }),
    ),
    async (c) => {
      const { to, ...query } = c.req.valid('query');
      const list = to === 'staff' ? listStaffDelivery : listDelivery;
      return reply(c, await list(c.get('ctx'), query));
    },
  )
  .post(
    '/staff/delivery/:id/retry',
    aboutNothing('Try a message once more'),
    valid('param', id),
    valid('json', which),
    async (c) => {
      await tryAgain(c.get('ctx'), { ...c.req.valid('json'), ...c.req.valid('param') });
      return c.body(null, 204);
    },
  )
  .post(
    '/staff/delivery/:id/settle',
    aboutNothing('Note how the person was told in the end; a colleague is phoned, or the message is given up'),
    valid('param', id),
    valid(
      'json',
      which.extend({ how: z.enum(settlings) }).refine(({ to, how }) => to === 'people' || isForStaff(how), {
        path: ['how'],
      }),
    ),
    async (c) => {
      const { how, ...listed } = c.req.valid('json');
      await settleMessage(c.get('ctx'), { ...listed, ...c.req.valid('param') }, how);
      return c.body(null, 204);
    },
  );
