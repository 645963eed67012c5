/** HTTP of the second factor. Nothing of it may stay in a cache: the answers hold secrets. */
import type { MiddlewareHandler } from 'hono';
import { z } from 'zod';
import { about, reply, router, valid, type Env } from '../../http.ts';
import { keepSession } from '../session-cookie.ts';
import { giveCode, makeChatProofLink, proveChat, readFactor, renewRecoveryCodes } from './prove.ts';
import { beginFactor, confirmFactor, newFactor, replaceFactor } from './set-up.ts';

const code = z.string().max(30);
/** The new recovery codes, in words, for the only time. */
const codes = z.object({ codes: z.array(z.string()) });
const given = valid('json', z.object({ code }));

const unstored: MiddlewareHandler<Env> = async (c, next) => {
  await next();
  c.header('Cache-Control', 'no-store');
};

export const secondFactorRoutes = router()
  .use('/second-factor/*', unstored)
  .get('/second-factor', about('How many recovery codes are left', z.object({ left: z.int() })), async (c) =>
    reply(c, await readFactor(c.get('ctx'))),
  )
  .post('/second-factor/begin', about('Make a secret for an authenticator app', newFactor), async (c) =>
    reply(c, await beginFactor(c.get('ctx'))),
  )
  .post(
    '/second-factor/confirm',
    about('Confirm it by its first code; gives the recovery codes once', codes),
    given,
    async (c) => {
      const { session, codes: made } = await confirmFactor(c.get('ctx'), c.req.valid('json').code);
      await keepSession(c, session);
      return reply(c, { codes: made });
    },
  )
  .post(
    '/second-factor/give',
    about('Give a code, or a recovery code, in this browser', z.object({ left: z.int().nullable() })),
    given,
    async (c) => {
      const { session, left } = await giveCode(c.get('ctx'), c.req.valid('json').code);
      await keepSession(c, session);
      return reply(c, { left });
    },
  )
  .post('/second-factor/codes', about('Make ten new recovery codes', codes), given, async (c) =>
    reply(c, await renewRecoveryCodes(c.get('ctx'), c.req.valid('json').code)),
  )
  .post(
    '/second-factor/replace',
    about('Let another phone make the codes', z.object({ replaced: z.literal(true) })),
    given,
    async (c) => {
      await replaceFactor(c.get('ctx'), c.req.valid('json').code);
      return reply(c, { replaced: true });
    },
  )
  .post(
    '/second-factor/chat-link',
    about('Make the link on which the code is given for a chat (chat only)', z.object({ token: z.string() })),
    async (c) => reply(c, await makeChatProofLink(c.get('ctx'))),
  )
  .post(
    '/second-factor/chat',
    about('Give the code for the chat that the link came from', z.object({ proven: z.literal(true) })),
    valid('json', z.object({ token: z.string().max(60), code })),
    async (c) => {
      await proveChat(c.get('ctx'), c.req.valid('json'));
      return reply(c, { proven: true });
    },
  );
