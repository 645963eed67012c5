/** HTTP of the second factor. Nothing of it may stay in a cache: the answers hold secrets. */
import type { MiddlewareHandler } from 'hono';
import { describeRoute } from 'hono-openapi';
import { z } from 'zod';
import { router, valid, type Env } from '../../http.ts';
import { keepSession } from '../session-cookie.ts';
import { giveCode, makeChatProofLink, proveChat, readFactor, renewRecoveryCodes } from './prove.ts';
import { beginFactor, confirmFactor, replaceFactor } from './set-up.ts';

const about = (summary: string) => describeRoute({ summary });
const code = z.string().max(30);
const given = valid('json', z.object({ code }));

const unstored: MiddlewareHandler<Env> = async (c, next) => {
  await next();
  c.header('Cache-Control', 'no-store');
};

export const secondFactorRoutes = router()
  .use('/second-factor/*', unstored)
  .get('/second-factor', about('How many recovery codes are left'), async (c) => c.json(await readFactor(c.get('ctx'))))
  .post('/second-factor/begin', about('Make a secret for an authenticator app'), async (c) =>
    c.json(await beginFactor(c.get('ctx'))),
  )
  .post(
    '/second-factor/confirm',
    about('Confirm it by its first code; gives the recovery codes once'),
    given,
    async (c) => {
      const { session, codes } = await confirmFactor(c.get('ctx'), c.req.valid('json').code);
      await keepSession(c, session);
      return c.json({ codes });
    },
  )
  .post('/second-factor/give', about('Give a code, or a recovery code, in this browser'), given, async (c) => {
    const { session, left } = await giveCode(c.get('ctx'), c.req.valid('json').code);
    await keepSession(c, session);
    return c.json({ left });
  })
  .post('/second-factor/codes', about('Make ten new recovery codes'), given, async (c) =>
    c.json(await renewRecoveryCodes(c.get('ctx'), c.req.valid('json').code)),
  )
  .post('/second-factor/replace', about('Let another phone make the codes'), given, async (c) => {
    await replaceFactor(c.get('ctx'), c.req.valid('json').code);
    return c.json({ replaced: true });
  })
  .post(
    '/second-factor/chat-link',
    about('Make the link on which the code is given for a chat (chat only)'),
    async (c) => c.json(await makeChatProofLink(c.get('ctx'))),
  )
  .post(
    '/second-factor/chat',
    about('Give the code for the chat that the link came from'),
    valid('json', z.object({ token: z.string().max(60), code })),
    async (c) => {
      await proveChat(c.get('ctx'), c.req.valid('json'));
      return c.json({ proven: true });
    },
  );
