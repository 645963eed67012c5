/** Puts the pieces together: database, queue, city, API, pages, bot, worker. `main.ts` runs it; tests run it on their own database. */
import { serve, type ServerType } from '@hono/node-server';
import { sql } from 'drizzle-orm';
import type { ServerOptions } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { makeApp } from './api/app.ts';
import { openCity } from './api/city.ts';
import type { Config } from './api/config.ts';
import { system } from './api/access/actor.ts';
import { miniAppKey } from './api/access/init-data.ts';
import { sessionsOf } from './api/access/sessions.ts';
import { loadCeilings } from './api/care/load-ceilings.ts';
import type { Clock } from './api/dates.ts';
import type { TriedMessage } from './api/delivery/deliver.ts';
import { smsWebhook } from './api/delivery/sms-webhook.ts';
import { addServicesFrom } from './api/engine/catalogue.ts';
import { roomGone } from './api/groups/rooms/gone.ts';
import { startQueue, stopQueue, SWEEP } from './api/jobs/queue.ts';
import { startWorker } from './api/jobs/worker.ts';
import { openMetrics } from './api/metrics/metrics.ts';
import { openDoor } from './api/metrics/door.ts';
import type { Sms } from './api/ports.ts';
import { loadKnown } from './api/policy/load-known.ts';
import { seedCalendar } from './api/registry/calendar.ts';
import { createSimulator, type Simulator } from './bot/simulator/app.ts';
import { createBot, type RunningBot } from './bot/start.ts';
import { connect, oneAtATime, prepareDatabase, type Connection } from './db/connect.ts';
import { startEmbedded } from './db/embedded/server.ts';
import { holdDemoActivities } from './db/seed/demo/activities.ts';
import { loadDemo } from './db/seed/demo/load.ts';
import { demoSignIns } from './db/seed/demo/index.ts';
import { loadUnits } from './db/seed/load-units.ts';
import { openVault, VAULT_CHANGED } from './db/vault-keys.ts';
import { servePages } from './h5/serve.ts';
import { say, sourceLocale } from './locales/index.ts';

export interface House {
  /** Where it listens; null for a role that serves nothing. */
  url: string | null;
  /** Where Prometheus asks; null without METRICS_PORT. */
  metricsUrl: string | null;
  connection: Connection;
  databaseUrl: string;
  /** The chat simulator, in a process that has one. */
  simulator: Simulator | null;
  app: ReturnType<typeof makeApp>;
  stop(): Promise<void>;
}

/** The simulator's bot: a token of the right form that opens nothing anywhere else. */
const SIMULATED_TOKEN = '4301:demo-bot-of-the-simulator-only';
/** Where Telegram posts updates; the bot's process answers there. */
const WEBHOOK_PATH = '/telegram/webhook';
/** Published holidays and make-up days are loaded from this year on. */
const FIRST_CALENDAR_YEAR = 2024;

/** Opens the house as `config` wants it. Whatever was started before a failure is stopped again. */
export async function openHouse(config: Config, log: Logger, clock: Clock = () => new Date()): Promise<House> {
  const closing: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (let close = closing.pop(); close; close = closing.pop()) await close();
  };
  try {
    return { ...(await open(config, log, clock, closing)), stop };
  } catch (error) {
    await stop().catch((also: unknown) => log.error({ err: also }, 'stopping after a failed start'));
    throw error;
  }
}

async function open(
  config: Config,
  log: Logger,
  clock: Clock,
  closing: (() => Promise<unknown>)[],
): Promise<Omit<House, 'stop'>> {
  const databaseUrl = await findDatabase(config, log, closing);
  await prepareDatabase(databaseUrl, config.SECRET_KEY);
  const connection = connect(databaseUrl, { max: config.DATABASE_POOL, name: config.ROLE });
  closing.push(() => connection.close());
  await oneAtATime(connection, () => fill(connection, config, clock));
  const vault = await connection.sql.listen(VAULT_CHANGED, () => {
    openVault(connection.sql, config.SECRET_KEY).catch((error: unknown) =>
      log.error({ err: error }, 'reading the new keys'),
    );
  });
  closing.push(() => vault.unlisten());
  await addServicesFrom(new URL('./api/services/', import.meta.url));
  await loadKnown(connection.db);

  const has = (role: Config['ROLE']) => config.ROLE === 'all' || config.ROLE === role;
  const simulator = config.demo && !config.TELEGRAM_BOT_TOKEN && has('web') ? makeSimulator(config, clock) : null;
  const sms = findSms(config, simulator);
  const report = (error: unknown) => log.error({ err: error }, 'in the background');
  const boss = has('worker') ? await startQueue(databaseUrl, report) : null;
  if (boss) closing.push(() => stopQueue(boss));
  const sessions = sessionsOf(connection.db, clock);
  const city = await openCity(connection, {
    sms,
    keep: config,
    ended: (account) => sessions.forget(account),
    settings: { publicNoticeDays: config.PUBLIC_NOTICE_DAYS },
    publicUrl: config.PUBLIC_URL ?? null,
    miniAppKey: keyOfBot(config),
  });
  closing.push(() => city.stop());
  const isWatched = config.METRICS_PORT !== undefined;
  const metrics = isWatched ? openMetrics({ role: config.ROLE, pool: config.DATABASE_POOL }) : null;
  const parts = { db: connection.db, city, clock, sessions, log, behindProxy: config.BEHIND_PROXY };
  const app = makeApp({ ...parts, answered: metrics?.answered });
  const door = metrics && (await openDoor(config, metrics, boss ? connection.db : null, clock));
  if (door) closing.push(() => door.close());
  const metricsUrl = door?.url ?? null;
  if (metricsUrl) log.info({ metricsUrl }, 'metrics');

  // The bot is made once it is known where the simulator listens; its door must stand before the first request.
  let bot: RunningBot | null = null;
  app.post(WEBHOOK_PATH, (c) => bot?.webhook(c.req.raw) ?? c.notFound());
  const isCalled = has('bot') && config.PUBLIC_URL !== undefined && config.TELEGRAM_BOT_TOKEN !== undefined;
  const ping = async () => {
    await connection.db.execute(sql`select from messages limit 1`);
    await boss?.getQueue(SWEEP);
  };
  const server = has('web') || isCalled ? await listen(config, app, simulator, ping) : null;
  if (server) closing.push(() => closeServer(server, simulator));
  const url = server ? `http://${config.HOST}:${(server.address() as AddressInfo).port}` : null;
  if (!has('bot') && !has('worker')) return { url, metricsUrl, connection, databaseUrl, simulator, app };

  bot = createBot({
    app,
    token: config.TELEGRAM_BOT_TOKEN ?? SIMULATED_TOKEN,
    ...(!config.TELEGRAM_BOT_TOKEN && { apiRoot: config.SIMULATOR_URL ?? `${url}/simulator` }),
    ...(isCalled && { webhookUrl: `${config.PUBLIC_URL}${WEBHOOK_PATH}` }),
    baseUrl: config.PUBLIC_URL ?? url ?? '',
    clock,
    log,
  });
  if (boss) {
    const ctx = { actor: system, db: connection.db, clock, locale: sourceLocale, city };
    const tried = (message: TriedMessage) => {
      metrics?.tried({ way: message.way, outcome: message.outcome });
      log.info(message, 'message');
    };
    const gone = (roomId: string, movedTo: string | null) => roomGone(ctx, roomId, movedTo);
    const post = {
      db: connection.db,
      clock,
      channel: bot.channel,
      sms,
      words: () => city,
      tried,
      roomGone: gone,
    };
    const headsDir = config.HEADS_DIR ?? join(config.DATA_DIR, 'heads');
    const worker = await startWorker({ boss, ctx, post, headsDir, report, ...(metrics && { watch: metrics.job }) });
    closing.push(() => worker.stop());
  }
  if (has('bot')) {
    await bot.start();
    const started = bot;
    closing.push(() => started.stop());
  }
  return { url, metricsUrl, connection, databaseUrl, simulator, app };
}

async function findDatabase(config: Config, log: Logger, closing: (() => Promise<unknown>)[]): Promise<string> {
  if (config.DATABASE_URL) return config.DATABASE_URL;
  const mode = config.ROLE === 'all' ? 'own' : 'adopt';
  const embedded = await startEmbedded({ dataDir: config.DATA_DIR, mode, log: (line) => log.info(line) });
  closing.push(() => embedded.stop());
  return embedded.url;
}

/** The facts of Changsha always; invented people only where nobody real will be. */
async function fill({ db }: Connection, config: Config, clock: Clock): Promise<void> {
  await loadUnits(db);
  await loadCeilings(db);
  await seedCalendar(db, FIRST_CALENDAR_YEAR, clock().getUTCFullYear() + 1);
  if (config.demo && (await loadDemo(db))) await holdDemoActivities(db, clock());
}

function makeSimulator(config: Config, clock: Clock): Simulator {
  const presets = demoSignIns.map(({ name, phone, as }) => ({
    firstName: name,
    phoneNumber: phone,
    note: say(sourceLocale, `demo:signIn.${as}`),
  }));
  // Telegram lets a bot write once a second to a chat; tests would only wait for it.
  const rates = config.NODE_ENV === 'test' ? { rates: 'off' as const } : {};
  return createSimulator({ clock, token: SIMULATED_TOKEN, presets, ...rates });
}

/** Outside the demo nobody may know the token that openings of the Mini App are checked with. */
function keyOfBot({ TELEGRAM_BOT_TOKEN, demo }: Config): Buffer | null {
  const token = TELEGRAM_BOT_TOKEN ?? (demo ? SIMULATED_TOKEN : null);
  return token === null ? null : miniAppKey(token);
}

function findSms(config: Config, simulator: Simulator | null): Sms {
  if (config.SMS_WEBHOOK_URL) return smsWebhook(config.SMS_WEBHOOK_URL, config.SMS_WEBHOOK_TOKEN);
  if (simulator) return { send: async (to, text) => simulator.sms.deliver({ to, text }) };
  return smsWebhook(`${config.SIMULATOR_URL ?? ''}/sms`);
}

/** Serves API, pages and simulator on one port. */
function listen(
  config: Config,
  app: ReturnType<typeof makeApp>,
  simulator: Simulator | null,
  ping: () => Promise<void>,
): Promise<ServerType> {
  app.get('/healthz', (c) => c.text('alive'));
  app.get('/readyz', async (c) => {
    await ping();
    return c.text('ready');
  });
  if (simulator) {
    // A worker in another process hands its text messages over here.
    app.post('/simulator/sms', async (c) => {
      simulator.sms.deliver(await c.req.json<{ to: string; text: string }>());
      return c.body(null, 204);
    });
    app.route('/simulator', simulator.app);
  }
  // A page answers every other path; what is no route of the API must not look like one.
  app.all('/api/*', (c) => c.notFound());
  app.route('/', servePages({ dist: new URL('./dist/h5/', import.meta.url) }));
  return new Promise((resolve, reject) => {
    const server = serve(
      { fetch: app.fetch, hostname: config.HOST, port: config.PORT, serverOptions: patience(config) },
      () => resolve(server),
    );
    server.on('error', reject);
  });
}

/** How long whoever sends slowly is waited for, so that a few hundred of them cannot hold every socket. */
const patience = ({ HEADERS_WITHIN_S, REQUEST_WITHIN_S }: Config): ServerOptions => ({
  headersTimeout: HEADERS_WITHIN_S * 1000,
  requestTimeout: REQUEST_WITHIN_S * 1000,
  keepAliveTimeout: 10_000,
  connectionsCheckingInterval: 1000,
});

function closeServer(server: ServerType, simulator: Simulator | null): Promise<void> {
  simulator?.close();
  return new Promise((resolve) => {
    server.close(() => resolve());
    if ('closeAllConnections' in server) server.closeAllConnections();
  });
}
