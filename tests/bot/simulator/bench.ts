/** A bench for the simulator's tests: the simulator on a real port, and a real grammY bot that talks to it. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { serve, type ServerType } from '@hono/node-server';
import { Bot, type BotConfig, type Context } from 'grammy';
import { Hono } from 'hono';
import { onTestFinished } from 'vitest';
import { createSimulator, type Simulator, type SimulatorOptions } from '../../../bot/simulator/app.ts';

export const TOKEN = '700000001:demo-token';

export type Bench = {
  sim: Simulator;
  /** Where the simulator is mounted, as grammY's `apiRoot`. */
  root: string;
  bot: Bot;
  /** Calls a Bot API method by hand; the parsed answer. */
  call: (method: string, parameters?: object) => Promise<Answer>;
  /** Starts long polling and returns once the bot is listening. */
  poll: () => Promise<void>;
};

export type Answer = { ok: boolean; result?: unknown; error_code?: number; description?: string };

/** Everything is stopped when the test ends. */
export async function openBench(
  options: Partial<SimulatorOptions> & { client?: BotConfig<Context>['client'] } = {},
): Promise<Bench> {
  const { client, ...given } = options;
  const sim = createSimulator({ clock: () => new Date(), token: TOKEN, ...given });
  const app = new Hono().route('/simulator', sim.app);
  const { port, server } = await listen(app.fetch);
  const root = `http://127.0.0.1:${port}/simulator`;
  const bot = new Bot(TOKEN, { client: { apiRoot: root, ...client } });
  onTestFinished(async () => {
    await bot.stop();
    sim.close();
    await close(server);
  });
  return {
    sim,
    root,
    bot,
    call: (method, parameters = {}) => callMethod(root, method, parameters),
    poll: () =>
      new Promise((resolve, reject) => {
        bot.start({ onStart: () => resolve() }).catch(reject);
      }),
  };
}

export async function callMethod(root: string, method: string, parameters: object, token = TOKEN): Promise<Answer> {
  const response = await fetch(`${root}/bot${token}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(parameters),
  });
  return (await response.json()) as Answer;
}

/** A server on a free port of 127.0.0.1. */
export async function listen(
  handler: (request: Request) => Response | Promise<Response>,
): Promise<{ port: number; server: ServerType }> {
  const server = serve({ fetch: handler, hostname: '127.0.0.1', port: 0 });
  if (!server.listening) await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, server };
}

export async function close(server: ServerType): Promise<void> {
  if ('closeAllConnections' in server) server.closeAllConnections();
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
}
