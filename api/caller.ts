/** Who calls, from a browser or a chat, and the context that every route works in. */
import type { Context, MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import { localeFor, locales, type Locale } from '../locales/index.ts';
import { accountFor, personOf } from './access/accounts.ts';
import { nobody, type Actor } from './access/actor.ts';
import { heldSecret, keepSecret } from './access/cookies.ts';
import { deviceOf } from './access/devices.ts';
import { hashOf, newToken } from './access/secrets.ts';
import type { Sessions } from './access/sessions.ts';
import type { City, Ctx } from './context.ts';
import type { Clock } from './dates.ts';
import type { Db } from '../db/connect.ts';
import type { Env, InnerCall } from './http.ts';

/** What finding out stands on. */
export interface Standing {
  db: Db;
  city: City;
  clock: Clock;
  sessions: Sessions;
}

/** Verbs that read again who acts, in the transaction that writes (`freshActor`). */
const READS_ACTOR_ANEW = /^\/api\/(cases\/[^/]+\/(?!drafts$)[^/]+|drafts\/[^/]+\/submit|activities\/[^/]+\/sign-ups)$/;
const GUEST_LIFE_S = 30 * 24 * 60 * 60;

/** Finds out who calls, and gives every route its context. */
export function withCtx(parts: Standing): MiddlewareHandler<Env> {
  return async (c, next) => {
    const inner = c.env?.inner;
    const { actor, locale } = inner?.chat ? await chatActor(parts, inner.chat) : await browserActor(parts, c);
    const { db, clock, city } = parts;
    c.set('ctx', {
      actor,
      db,
      clock,
      city,
      locale,
      requestId: c.get('requestId'),
      device: deviceOf(c.req.header('user-agent')),
      address: c.get('address'),
      ...(inner?.actKey && { actKey: inner.actKey }),
      ...(inner?.chat && { chatKey: `${inner.chat.kind}:${inner.chat.id}` }),
    });
    await next();
  };
}

type Caller = { actor: Actor; locale: Locale };

async function chatActor({ db, clock, city }: Standing, chat: NonNullable<InnerCall['chat']>): Promise<Caller> {
  const spoken = localeFor(chat.language);
  const ctx: Ctx = { actor: nobody, db, clock, city, locale: spoken };
  const known = await personOf(ctx, chat.kind, chat.id);
  // Somebody new, or reachable here again: from now on this way leads to an account.
  if (!known) await accountFor(ctx, chat.kind, chat.id, null);
  const person = known ?? (await personOf(ctx, chat.kind, chat.id));
  return person ? { actor: person, locale: localeFor(person.locale) } : { actor: nobody, locale: spoken };
}

async function browserActor({ sessions }: Standing, c: Context<Env>): Promise<Caller> {
  const wanted = getCookie(c, 'locale') ?? c.req.header('accept-language');
  const token = heldSecret(c, 'session');
  c.set('sessionToken', token);
  // Whatever writes looks past the cache, here or itself: a session ended a second ago must not act.
  const writing = READS_ACTOR_ANEW.test(c.req.path) ? 'last' : 'anew';
  const found = token ? await sessions.find(token, c.req.method === 'GET' ? 'held' : writing) : null;
  const chosen = getCookie(c, 'locale');
  const known = locales.find((one) => one === chosen);
  if (found) return { actor: found.person, locale: known ?? localeFor(found.locale) };
  return { actor: { is: 'guest', guestHash: guestHash(c) }, locale: known ?? localeFor(wanted) };
}

/** A guest who begins something is given a secret that opens it again, for 30 days. */
function guestHash(c: Context<Env>): Buffer | null {
  const held = heldSecret(c, 'guest');
  if (held) return hashOf(held);
  if (c.req.method !== 'POST' || !c.req.path.endsWith('/drafts')) return null;
  const secret = newToken();
  keepSecret(c, 'guest', secret, { maxAge: GUEST_LIFE_S });
  return hashOf(secret);
}
