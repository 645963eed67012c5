/** The session's cookie, as every way of signing in sets it. */
import type { Context } from 'hono';
import { deleteCookie, setCookie } from 'hono/cookie';
import type { Env } from '../http.ts';
import type { NewSession } from './sessions.ts';

export const SESSION_COOKIE = 'session';
export const GUEST_COOKIE = 'guest';

export function keepSession(c: Context<Env>, session: NewSession): void {
  setCookie(c, SESSION_COOKIE, session.token, {
    httpOnly: true,
    sameSite: 'Lax',
    path: '/',
    secure: c.get('secure'),
    expires: session.expiresAt,
  });
  deleteCookie(c, GUEST_COOKIE, { path: '/' });
}
