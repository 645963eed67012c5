/** The line that each request leaves behind, in the log and in the metrics. */
import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import type { Logger } from 'pino';
import type { Env } from './http.ts';
import type { Answered } from './metrics/metrics.ts';

export interface Pad {
  log: Logger;
  /** Told of every request that was answered. */
  answered?: ((request: Answered) => void) | undefined;
}

/**
 * Writes each request down, by its route: a path names a case, and its query may name a person. What only reads, and well, is told
 * to those who look for something (`debug`).
 */
export function written({ log, answered }: Pad): MiddlewareHandler<Env> {
  return async (c, next) => {
    const start = performance.now();
    c.set('report', (error) =>
      log.error({ requestId: c.get('requestId'), route: routePath(c), err: error }, 'answer broke off'),
    );
    await next();
    const ms = performance.now() - start;
    const { status } = c.res;
    const { method } = c.req;
    const request = { via: c.env?.inner ? 'chat' : 'browser', method, route: routePath(c), status } as const;
    answered?.({ ...request, seconds: ms / 1000 });
    // What the demo's bot and its simulator say to each other is nobody's errand.
    const isTalk = request.route.startsWith('/simulator/');
    const isQuiet = status < 400 && (isTalk || method === 'GET' || method === 'HEAD');
    log[isQuiet ? 'debug' : 'info']({ requestId: c.get('requestId'), ...request, ms: Math.round(ms) }, 'answered');
  };
}
