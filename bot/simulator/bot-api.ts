/**
 * The HTTP face that a bot sees: `/bot<token>/<method>` and `/file/bot<token>/<path>`, with Telegram's
 * envelope, status codes and error texts.
 */
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { BotApiError } from './errors.ts';
import { faultAnswer, type FaultList } from './faults.ts';
import type { Call } from './methods/call.ts';
import { findMethod } from './methods/index.ts';
import { readParams, type Params } from './params.ts';

export type BotApiOptions = Pick<Call, 'world' | 'rates' | 'webhookPause'> & {
  faults: FaultList;
  /** Hears every call before it takes effect. */
  heard?: (method: string, values: Readonly<Record<string, unknown>>) => void;
  /** Hears every call that took effect, and what came of it, whether or not the bot hears so. */
  done?: (method: string, values: Readonly<Record<string, unknown>>, result: unknown) => void;
};

type Env = { Bindings: Partial<HttpBindings> };

export function createBotApi({ faults, heard, done, ...parts }: BotApiOptions): Hono<Env> {
  const { world } = parts;
  const dispatch = async (name: string, params: Params, signal: AbortSignal): Promise<unknown> => {
    const method = findMethod(name);
    if (!method) throw new BotApiError(404, 'Not Found: method not found');
    const again: Call['dispatch'] = (next, nextParams) => dispatch(next, nextParams, signal);
    return method({ ...parts, params, signal, dispatch: again });
  };

  const carryOut = async (name: string, params: Params, signal: AbortSignal): Promise<unknown> => {
    const result = await dispatch(name, params, signal);
    done?.(name, params.values, result);
    return result;
  };

  const app = new Hono<Env>();
  app.all('/:bot{bot[^/]+}/:method', async (c) => {
    const name = c.req.param('method');
    const { signal } = c.req.raw;
    try {
      checkToken(c.req.param('bot').slice('bot'.length), world.token);
      const params = await readParams(c.req.raw);
      heard?.(name, params.values);
      const fault = faults.next(name);
      if (!fault) return c.json({ ok: true, result: await carryOut(name, params, signal) });

      const refusal = faultAnswer(fault);
      if (refusal) throw refusal;
      if (fault.afterEffect) await carryOut(name, params, signal);
      if (fault.with === 'drop') c.env.incoming?.socket.destroy();
      else await goneFrom(signal);
      return c.body(null);
    } catch (error) {
      return answerError(error);
    }
  });

  app.get('/file/:bot{bot[^/]+}/*', (c) => {
    const bot = c.req.param('bot');
    const path = c.req.path.slice(c.req.path.indexOf(`/${bot}/`) + bot.length + 2);
    const file = bot === `bot${world.token}` ? world.files.byPath(path) : undefined;
    if (!file) return answerError(new BotApiError(404, 'Not Found'));
    return c.body(file.bytes, 200, { 'content-type': 'application/octet-stream' });
  });
  return app;
}

/** 404 for what is no token at all, 401 for another bot's. */
function checkToken(given: string, own: string): void {
  if (given === own) return;
  throw /^\d+:[\w-]{3,}$/.test(given) ? new BotApiError(401, 'Unauthorized') : new BotApiError(404, 'Not Found');
}

function answerError(error: unknown): Response {
  if (!(error instanceof BotApiError)) throw error;
  const { errorCode, message, retryAfter } = error;
  const parameters = retryAfter === undefined ? {} : { parameters: { retry_after: retryAfter } };
  return Response.json(
    { ok: false, error_code: errorCode, description: message, ...parameters },
    { status: errorCode },
  );
}

/** Settles when the bot has given up waiting. */
function goneFrom(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
