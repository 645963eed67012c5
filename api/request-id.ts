/** One id for a request, from whoever asks to the messages that it causes: in the answer's header, in the log, in the outbox. */
import { randomUUID } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import type { Env } from './http.ts';

const HEADER = 'X-Request-Id';
/** An id is taken over only where nothing else fits into it: whatever stands here is written into the log. */
const UUID = /^[\da-f]{8}(-?)(?:[\da-f]{4}\1){3}[\da-f]{12}$/i;

/** Takes over the id that a proxy or a page gave, if it is a UUID; else makes one. */
export const requestId: MiddlewareHandler<Env> = (c, next) => {
  const given = c.req.header(HEADER);
  const id = given && UUID.test(given) ? given : randomUUID();
  c.set('requestId', id);
  c.header(HEADER, id);
  return next();
};
