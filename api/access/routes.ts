/** HTTP of access: signing in and out, who one is, binding, and what only a chat may ask. */
import { describeRoute } from 'hono-openapi';
import { z } from 'zod';
import { locales } from '../../locales/index.ts';
import { router, valid } from '../http.ts';
import { setLocale } from './accounts.ts';
import { ensurePerson } from './can.ts';
import { colleagues } from './colleagues.ts';
import { dropSecret } from './cookies.ts';
import { notYourContact, onlyInChat } from './errors.ts';
import { joinChatToPhone } from './join-chat.ts';
import { limited } from './limited.ts';
import { signInsFromAddress } from './limits.ts';
import { readMe } from './me.ts';
import { keepSession } from './session-cookie.ts';
import { endSession } from './sessions.ts';
import { mobile, sendCode, signIn } from './sign-in.ts';
import { confirmSignIn, finishSignIn, makeSignInLink } from './tickets.ts';

const about = (summary: string) => describeRoute({ summary });
const phone = z.string().max(40);
const token = z.object({ token: z.string().max(60) });

export const accessRoutes = router()
  .post('/sign-in/code', about('Send a one-time code by SMS'), valid('json', z.object({ phone })), async (c) => {
    await sendCode(c.get('ctx'), c.req.valid('json').phone, c.get('address'));
    return c.json({ sent: true });
  })
  .post(
    '/sign-in',
    about('Sign in with the code'),
    limited('address', signInsFromAddress),
    valid('json', z.object({ phone, code: z.string().max(20) })),
    async (c) => {
      await keepSession(c, await signIn(c.get('ctx'), c.req.valid('json')));
      return c.json({ signedIn: true });
    },
  )
  .post('/sign-out', about('End this session'), async (c) => {
    const held = c.get('sessionToken');
    if (held) await endSession(c.get('ctx'), held);
    dropSecret(c, 'session');
    return c.json({ signedIn: false });
  })
  .get('/me', about('Who the caller is, whom they may act for, and where they work'), async (c) =>
    c.json(await readMe(c.get('ctx'))),
  )
  .put('/me/locale', about('Choose a language'), valid('json', z.object({ locale: z.enum(locales) })), async (c) => {
    const ctx = c.get('ctx');
    await setLocale(ctx, ensurePerson(ctx.actor).accountId, c.req.valid('json').locale);
    return c.json({ locale: c.req.valid('json').locale });
  })
  .get(
    '/colleagues',
    about('Who works at a unit of the caller, to assign a case to'),
    valid('query', z.object({ unit: z.string().max(20) })),
    async (c) => c.json(await colleagues(c.get('ctx'), c.req.valid('query').unit)),
  )
  .post('/sign-in/link', about('Make a link that signs a browser in (chat only)'), async (c) =>
    c.json(await makeSignInLink(c.get('ctx'))),
  )
  .post('/sign-in/link/finish', about('Sign in, once the chat said yes'), valid('json', token), async (c) => {
    await keepSession(c, await finishSignIn(c.get('ctx'), c.req.valid('json').token));
    return c.json({ signedIn: true });
  })
  .post(
    '/chat/confirm-sign-in',
    about('The chat says whether it was its own person (chat only)'),
    valid('json', z.object({ ticket: z.uuid(), yes: z.boolean() })),
    async (c) => {
      const { ticket, yes } = c.req.valid('json');
      await confirmSignIn(c.get('ctx'), ticket, yes);
      return c.json({ confirmed: yes });
    },
  )
  .post(
    '/chat/contact',
    about('A contact shared in chat proves a phone number (chat only)'),
    valid('json', z.object({ phone, own: z.boolean() })),
    async (c) => {
      const ctx = c.get('ctx');
      const chat = c.env.inner?.chat;
      if (!chat) throw onlyInChat();
      const given = c.req.valid('json');
      if (!given.own) throw notYourContact();
      await ctx.db.transaction((tx) => joinChatToPhone({ ...ctx, db: tx }, chat.id, mobile(given.phone)));
      return c.json({ joined: true });
    },
  );
