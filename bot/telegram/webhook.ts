/** The webhook: who does not know the secret is refused before a byte of the body is read; the answer goes out before the work is done. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Update } from 'grammy/types';

const HEADER = 'x-telegram-bot-api-secret-token';
const LARGEST_BODY = 1024 * 1024;

/** The secret that Telegram sends along: made from the token, so that every process of the bot knows it. */
export const webhookSecret = (token: string): string => createHash('sha256').update(`webhook:${token}`).digest('hex');

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Answers Telegram's POST. `take` queues the work. */
export function webhookHandler(token: string, take: (update: Update) => void): (request: Request) => Promise<Response> {
  const secret = digest(webhookSecret(token));
  return async (request) => {
    if (!timingSafeEqual(digest(request.headers.get(HEADER) ?? ''), secret)) return new Response(null, { status: 401 });
    if (Number(request.headers.get('content-length') ?? 0) > LARGEST_BODY) return new Response(null, { status: 413 });
    const update = (await request.json().catch(() => null)) as Update | null;
    // What is no update would be sent again for ever if it were refused.
    if (typeof update?.update_id === 'number') take(update);
    return new Response(null, { status: 200 });
  };
}
