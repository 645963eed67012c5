/** The session's cookie, as every way of signing in sets it. */
import type { Context } from 'hono';
import type { Env } from '../http.ts';
import { dropSecret, keepSecret } from './cookies.ts';
import { endSession, type NewSession } from './sessions.ts';

/** Gives the browser its new session. The one that it replaces opens nothing any more, whoever else may know its cookie. */
export async function keepSession(c: Context<Env>, session: NewSession): Promise<void> {
  const before = c.get('sessionToken');
  if (before) await endSession(c.get('ctx'), before);
  keepSecret(c, 'session', session.token, { expires: session.expiresAt });
  dropSecret(c, 'guest');
}
