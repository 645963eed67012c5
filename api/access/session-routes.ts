/** HTTP of the ways in: the Mini App, and one's own devices and chats. */
import { describeRoute } from 'hono-openapi';
import { z } from 'zod';
import { router, valid } from '../http.ts';
import { ensurePerson } from './can.ts';
import { signInByMiniApp } from './mini-app.ts';
import { endOwnSession, endSessions, listSessions } from './own-sessions.ts';
import { dropSecret } from './cookies.ts';
import { keepSession } from './session-cookie.ts';
import { leaveChat, letChatsGo, waysIn } from './ways-in.ts';

const about = (summary: string) => describeRoute({ summary });
const id = z.object({ id: z.uuid() });

export const sessionRoutes = router()
  .post(
    '/sign-in/mini-app',
    about('Sign in as whoever opened the Telegram Mini App; each opening is good once, for an hour'),
    valid('json', z.object({ initData: z.string().max(4096), replacing: z.boolean().default(false) })),
    async (c) => {
      const session = await signInByMiniApp(c.get('ctx'), c.req.valid('json'));
      if (session) await keepSession(c, session);
      return c.json({ signedIn: true });
    },
  )
  .get('/me/sessions', about('The devices that the caller is signed in on, and the ways in'), async (c) => {
    const ctx = c.get('ctx');
    return c.json({ sessions: await listSessions(ctx, c.get('sessionToken')), ways: await waysIn(ctx) });
  })
  .delete('/me/sessions/:id', about('End one session of the caller'), valid('param', id), async (c) => {
    await endOwnSession(c.get('ctx'), c.req.valid('param').id);
    return c.body(null, 204);
  })
  .post(
    '/me/sessions/end',
    about('End all other sessions of the caller, or all with the chats: the phone is lost'),
    valid('json', z.object({ which: z.enum(['others', 'all']) })),
    async (c) => {
      const ctx = c.get('ctx');
      const { accountId } = ensurePerson(ctx.actor);
      const all = c.req.valid('json').which === 'all';
      await ctx.db.transaction(async (tx) => {
        const inside = { ...ctx, db: tx };
        await endSessions(inside, accountId, all ? null : c.get('sessionToken'));
        if (all) await letChatsGo(inside, accountId);
      });
      if (all) dropSecret(c, 'session');
      return c.json({ ended: true });
    },
  )
  .delete('/me/ways/:id', about('Let go of a chat of the caller'), valid('param', id), async (c) => {
    await leaveChat(c.get('ctx'), c.req.valid('param').id);
    return c.body(null, 204);
  });
