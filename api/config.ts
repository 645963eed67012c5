/** The environment, parsed once at the start. A bad value stops the start with its name and what it should be. */
import { z } from 'zod';
import { readSecretKey, type SecretKey } from '../db/secret-key.ts';
import { PUBLIC_NOTICE_DAYS } from './rulebook.ts';

const DEMO_SECRET = 'demo-only-secret-never-use-it-for-real-people';

const years = (usual: number) => z.coerce.number().int().min(1).max(100).default(usual);

/** Every variable: what it is for, what it may be, what it is without being set. `docs/configuration.md` is printed from here. */
export const variables = {
  NODE_ENV: z
    .enum(['development', 'production', 'test'])
    .default('development')
    .describe('production starts with an empty registry, and refuses demo secrets and the simulator'),
  ROLE: z
    .enum(['all', 'web', 'worker', 'bot'])
    .default('all')
    .describe('which of the processes this one is; all of them in one by default'),
  HOST: z.string().default('127.0.0.1').describe('address to listen on'),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000).describe('port to listen on; 0 takes a free one'),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .describe('the PostgreSQL server; without it an own one runs from DATA_DIR'),
  DATA_DIR: z.string().default('.data').describe('where the own PostgreSQL keeps its data'),
  HEADS_DIR: z
    .string()
    .optional()
    .describe(
      'where the heads of all timelines are written every night, outside the database; DATA_DIR/heads by default',
    ),
  SECRET_KEY: z
    .string()
    .min(24, 'needs 24 characters or more')
    .default(DEMO_SECRET)
    .describe('wraps the keys that personal data are sealed with'),
  SECRET_KEY_FILE: z
    .string()
    .optional()
    .describe('a file that holds SECRET_KEY, in its place; only the user of the product should be able to read it'),
  TELEGRAM_BOT_TOKEN: z
    .string()
    .regex(/^\d+:[\w-]{20,}$/, 'is not a bot token')
    .optional()
    .describe('the Telegram bot; without it the simulator stands in'),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe(
      'the address people reach the pages at; with it Telegram is asked to call a webhook, and opens them itself when it is https',
    ),
  SIMULATOR_URL: z
    .url({ protocol: /^http$/ })
    .optional()
    .describe('where the simulator of a web process is, for a bot or worker that runs alone'),
  SMS_WEBHOOK_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('text messages are posted here as {to, text}; without it they go to the simulator'),
  SMS_WEBHOOK_TOKEN: z.string().optional().describe('sent as a bearer token with each text message'),
  BEHIND_PROXY: z
    .stringbool()
    .default(false)
    .describe('true when a proxy of ours stands in front: only then are its X-Forwarded headers believed'),
  HEADERS_WITHIN_S: z.coerce
    .number()
    .int()
    .min(1)
    .max(60)
    .default(10)
    .describe('seconds in which a request must have said what it wants; a slower one is hung up on'),
  REQUEST_WITHIN_S: z.coerce
    .number()
    .int()
    .min(1)
    .max(600)
    .default(180)
    .describe('seconds in which a request must be here whole: a photo over a bad line takes a minute or two'),
  METRICS_PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65535)
    .optional()
    .describe(
      'port of its own for /metrics (Prometheus) and /healthz, in every role; 0 takes a free one; without it there is none',
    ),
  METRICS_HOST: z
    .string()
    .default('127.0.0.1')
    .describe('address that METRICS_PORT listens on; nobody outside should reach it'),
  PUBLIC_NOTICE_DAYS: z.coerce
    .number()
    .int()
    .min(1)
    .max(60)
    .default(PUBLIC_NOTICE_DAYS)
    .describe('working days for which a hardship grant is on public notice'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'])
    .default('info')
    .describe('how much is logged'),
  DATABASE_POOL: z.coerce
    .number()
    .int()
    .min(2)
    .max(100)
    .default(20)
    .describe('connections to PostgreSQL a process keeps'),
  KEEP_FILES_YEARS: years(1).describe(
    'years after its end for which the pictures of a case are kept: complaints about a decision come sooner',
  ),
  KEEP_CASES_YEARS: years(5).describe(
    "years after its end for which a case's answers and words are kept: after five no court hears of a decision (行政诉讼法第四十六条)",
  ),
  KEEP_DECEASED_YEARS: years(3).describe(
    'years after a death for which name, numbers and addresses are kept: after three claims are out of time (民法典第一百八十八条)',
  ),
  KEEP_MESSAGES_MONTHS: z.coerce
    .number()
    .int()
    .min(1)
    .max(120)
    .default(12)
    .describe('months for which it is kept of whom and what people were told; that they were told stays'),
  KEEP_SPENT_DAYS: z.coerce
    .number()
    .int()
    .min(1)
    .max(3650)
    .default(90)
    .describe('days after their end for which sessions, codes, one-time links, slips and invitations are kept'),
} as const;

const environment = z.object(variables);
/** `demo`: invented people live here. `warnings`: what works, and should be mended all the same. */
export type Config = z.infer<typeof environment> & { demo: boolean; warnings: string[] };

/** How long what is personal is kept. */
export type Keep = Pick<
  Config,
  'KEEP_FILES_YEARS' | 'KEEP_CASES_YEARS' | 'KEEP_DECEASED_YEARS' | 'KEEP_MESSAGES_MONTHS' | 'KEEP_SPENT_DAYS'
>;

/** Reads the environment. @throws naming every variable that is wrong and how */
export function readConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const { secret, warning } = secretOf(given);
  const parsed = environment.safeParse({ ...given, ...(secret && { SECRET_KEY: secret }) });
  if (!parsed.success) {
    const nameOf = (path: string) => (path === 'SECRET_KEY' && given['SECRET_KEY_FILE'] ? 'SECRET_KEY_FILE' : path);
    throw notRight(parsed.error.issues.map((issue) => `${nameOf(issue.path.join('.'))}: ${issue.message}`));
  }
  const demo = parsed.data.NODE_ENV !== 'production';
  const config = { ...parsed.data, demo, warnings: warning ? [warning] : [] };
  const faults = config.demo ? [] : productionFaults(config);
  if (faults.length > 0) throw new Error(`This cannot run in production.\n  ${faults.join('\n  ')}`);
  return config;
}

function secretOf(given: Record<string, string | undefined>): SecretKey {
  try {
    return readSecretKey(given, 'SECRET_KEY');
  } catch (error) {
    throw notRight([(error as Error).message]);
  }
}

const notRight = (faults: string[]) => new Error(`The environment is not right.\n  ${faults.join('\n  ')}`);

function productionFaults(config: z.infer<typeof environment>): string[] {
  return [
    ...(config.SECRET_KEY === DEMO_SECRET
      ? ['SECRET_KEY: set a secret of your own, and keep it safe: data cannot be read without it']
      : []),
    ...(config.SMS_WEBHOOK_URL ? [] : ['SMS_WEBHOOK_URL: sign-in codes need a way to be sent']),
    ...(config.TELEGRAM_BOT_TOKEN ? [] : ['TELEGRAM_BOT_TOKEN: the simulator does not run in production']),
  ];
}
