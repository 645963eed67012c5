/** HTTP of access: signing in and out, who one is, binding, and what only a chat may ask. */
import { z } from 'zod';
import { locales } from '../../locales/index.ts';
import { about, reply, router, valid } from '../http.ts';
import { setLocale } from './accounts.ts';
import { ensurePerson } from './can.ts';
import { colleague, colleagues } from './colleagues.ts';
import { dropSecret } from './cookies.ts';
import { notYourContact, onlyInChat } from './errors.ts';
import { joinChatToPhone } from './join-chat.ts';
import { limited } from './limited.ts';
import { signInsFromAddress } from './limits.ts';
import { me, readMe } from './me.ts';
import { keepSession } from './session-cookie.ts';
import { endSession } from './sessions.ts';
import { mobile, sendCode, signIn } from './sign-in.ts';
import { confirmSignIn, finishSignIn, makeSignInLink } from './tickets.ts';

const phone = z.string().max(40);
const signedIn = z.object({ signedIn: z.boolean() });
const token = z.object({ token: z.string().max(60) });

export const accessRoutes = router()
  .post(
    '/sign-in/code',
    about('Send a one-time code by SMS', z.object({ sent: z.literal(true) })),
    valid('json', z.object({ phone })),
    async (c) => {
      await sendCode(c.get('ctx'), c.req.valid('json').phone, c.get('address'));
      return reply(c, { sent: true });
    },
  )
  .post(
    '/sign-in',
    about('Sign in with the code', signedIn),
    limited('address', signInsFromAddress),
    valid('json', z.object({ phone, code: z.string().max(20) })),
    async (c) => {
      await keepSession(c, await signIn(c.get('ctx'), c.req.valid('json')));
      return reply(c, { signedIn: true });
    },
  )
  .post('/sign-out', about('End this session', signedIn), async (c) => {
    const held = c.get('sessionToken');
    if (held) await endSession(c.get('ctx'), held);
    dropSecret(c, 'session');
    return reply(c, { signedIn: false });
  })
  .get('/me', about('Who the caller is, whom they may act for, and where they work', me), async (c) =>
    reply(c, await readMe(c.get('ctx'))),
  )
  .put(
    '/me/locale',
    about('Choose a language', z.object({ locale: z.enum(locales) })),
    valid('json', z.object({ locale: z.enum(locales) })),
    async (c) => {
      const ctx = c.get('ctx');
      await setLocale(ctx, ensurePerson(ctx.actor).accountId, c.req.valid('json').locale);
      return reply(c, { locale: c.req.valid('json').locale });
    },
  )
  .get(
    '/colleagues',
    about('Who works at a unit of the caller, to assign a case to', z.array(colleague)),
    valid('query', z.object({ unit: z.string().max(20) })),
    async (c) => reply(c, await colleagues(c.get('ctx'), c.req.valid('query').unit)),
  )
  .post(
    '/sign-in/link',
    about('Make a link that signs a browser in (chat only)', z.object({ token: z.string() })),
    async (c) => reply(c, await makeSignInLink(c.get('ctx'))),
  )
  .post('/sign-in/link/finish', about('Sign in, once the chat said yes', signedIn), valid('json', token), async (c) => {
    await keepSession(c, await finishSignIn(c.get('ctx'), c.req.valid('json').token));
    return reply(c, { signedIn: true });
  })
  .post(
    '/chat/confirm-sign-in',
    about('The chat says whether it was its own person (chat only)', z.object({ confirmed: z.boolean() })),
    valid('json', z.object({ ticket: z.uuid(), yes: z.boolean() })),
    async (c) => {
      const { ticket, yes } = c.req.valid('json');
      await confirmSignIn(c.get('ctx'), ticket, yes);
      return reply(c, { confirmed: yes });
    },
  )
  .post(
    '/chat/contact',
    about('A contact shared in chat proves a phone number (chat only)', z.object({ joined: z.literal(true) })),
    valid('json', z.object({ phone, own: z.boolean() })),
    async (c) => {
      const ctx = c.get('ctx');
      const chat = c.env.inner?.chat;
      if (!chat) throw onlyInChat();
      const given = c.req.valid('json');
      if (!given.own) throw notYourContact();
      await ctx.db.transaction((tx) => joinChatToPhone({ ...ctx, db: tx }, chat.id, mobile(given.phone)));
      return reply(c, { joined: true });
    },
  );
