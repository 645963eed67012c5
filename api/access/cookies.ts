/**
 * The cookies that open something: the session and the guest's secret. Scripts cannot read them, other sites cannot send them along
 * with a POST, and behind TLS they are `__Host-` cookies, which no neighbouring host can plant (session fixation).
 */
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Context } from 'hono';
import type { Env } from '../http.ts';

export type SecretCookie = 'session' | 'guest';

export function heldSecret(c: Context<Env>, name: SecretCookie): string | null {
  return (c.get('secure') ? getCookie(c, name, 'host') : getCookie(c, name)) ?? null;
}

export function keepSecret(
  c: Context<Env>,
  name: SecretCookie,
  secret: string,
  life: { expires: Date } | { maxAge: number },
): void {
  setCookie(c, name, secret, { ...life, httpOnly: true, sameSite: 'Lax', ...place(c) });
}

export function dropSecret(c: Context<Env>, name: SecretCookie): void {
  deleteCookie(c, name, place(c));
}

const place = (c: Context<Env>) =>
  c.get('secure') ? { path: '/', secure: true, prefix: 'host' as const } : { path: '/' };
