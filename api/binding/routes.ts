/** HTTP of binding: by the person alone, and by a slip that staff print. */
import { z } from 'zod';
import { linkScopes, relations } from '../../db/schema/access.ts';
import { about, aboutNothing, reply, router, valid } from '../http.ts';
import { bindSelf } from './bind-self.ts';
import { cancelSlip } from './cancel-slip.ts';
import { listSlips, slipLine } from './list-slips.ts';
import { madeSlip, makeSlip } from './make-slip.ts';
import { usedSlip, useSlip } from './use-slip.ts';

const relation = z.enum(relations);
const scope = z.enum(linkScopes);
const name = z.string().max(60);

export const bindingRoutes = router()
  .post(
    '/me/bind',
    about('Bind the caller to their own record', z.object({ retireeId: z.uuid() })),
    valid('json', z.object({ name, idNumber: z.string().max(60) })),
    async (c) => reply(c, await bindSelf(c.get('ctx'), c.req.valid('json'), c.get('address'))),
  )
  .post(
    '/slips',
    about('Staff make a slip that binds whoever types its digits, once', madeSlip),
    valid('json', z.object({ retireeId: z.uuid(), relation, scope: scope.optional() })),
    async (c) => reply(c, await makeSlip(c.get('ctx'), c.req.valid('json'))),
  )
  .get(
    '/slips',
    about('The slips of a retiree that can still be used', z.array(slipLine)),
    valid('query', z.object({ retiree: z.uuid() })),
    async (c) => reply(c, await listSlips(c.get('ctx'), c.req.valid('query').retiree)),
  )
  .post(
    '/slips/use',
    about('Bind the caller by the digits of a slip', usedSlip),
    valid('json', z.object({ code: z.string().max(40) })),
    async (c) => reply(c, await useSlip(c.get('ctx'), c.req.valid('json').code, c.get('address'))),
  )
  .delete('/slips/:id', aboutNothing('Staff cancel a slip'), valid('param', z.object({ id: z.uuid() })), async (c) => {
    await cancelSlip(c.get('ctx'), c.req.valid('param').id);
    return c.body(null, 204);
  });
