/** The session's cookie, as every way of signing in sets it. */
import type { Context } from 'hono';
import { deleteCookie, setCookie } from 'hono/cookie';
import type { Env } from '../http.ts';
import { endSession, type NewSession } from './sessions.ts';

export const SESSION_COOKIE = 'session';
export const GUEST_COOKIE = 'guest';

/** Gives the browser its new session. The one that it replaces opens nothing any more, whoever else may know its cookie. */
export async function keepSession(c: Context<Env>, session: NewSession): Promise<void> {
  const before = c.get('sessionToken');
  if (before) await endSession(c.get('ctx'), before);
  setCookie(c, SESSION_COOKIE, session.token, {
    httpOnly: true,
    sameSite: 'Lax',
    path: '/',
    secure: c.get('secure'),
    expires: session.expiresAt,
  });
  deleteCookie(c, GUEST_COOKIE, { path: '/' });
}
