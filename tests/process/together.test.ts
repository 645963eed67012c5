/** The product as several processes behind one proxy: two for the pages, a worker, a bot, on one PostgreSQL. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { variables } from '../../api/config.ts';
import { Browser } from '../tools/browser.ts';
import { ownDataDir, startProcess, type Started } from '../tools/process.ts';
import { startEmbedded } from '../../db/embedded/server.ts';
import { apply, LIU, newHome } from '../tools/story.ts';

const move = { to: 'city', home: newHome, since: '2026-01-05', reason: 'other', proof: null, handOver: true };
let data: Awaited<ReturnType<typeof ownDataDir>>;
let database: Awaited<ReturnType<typeof startEmbedded>>;
beforeAll(async () => {
  data = await ownDataDir();
  database = await startEmbedded({ dataDir: data.path, mode: 'own' });
});
afterAll(async () => {
  await database.stop();
  await data.clear();
});

/** Where the metrics of a process are, by what it says in its log. */
const metricsOf = ({ printed }: Started) => /"metricsUrl":"([^"]+)"/.exec(printed())?.[1] ?? '';
const text = async (url: string) => (await fetch(url)).text();

test('started at once on an empty database: each is healthy, and what one is told the others know', async () => {
  const env = { DATABASE_URL: database.url, METRICS_PORT: '0', LOG_LEVEL: 'info' };
  const [one, two] = await Promise.all([1, 2].map(() => startProcess({ ...env, ROLE: 'web' })));
  if (!one || !two) throw new Error('no pages');
  const SIMULATOR_URL = `${one.url}/simulator`;
  const [worker, bot] = await Promise.all(
    ['worker', 'bot'].map((ROLE) => startProcess({ ...env, ROLE, SIMULATOR_URL, PUBLIC_URL: one.url })),
  );
  if (!worker || !bot) throw new Error('nobody works');
  for (const { url } of [one, two]) expect(await text(`${url}/readyz`)).toBe('ready');
  for (const each of [one, two, worker, bot]) expect(await text(`${metricsOf(each)}/healthz`)).toBe('alive');

  // Signed in at the one, she applies at the other, and the worker tells her.
  const liu = new Browser(one.url);
  await liu.post('/api/sign-in/code', { phone: LIU });
  const code = /(?<!\d)\d{6}(?!\d)/.exec(await inbox(one))?.[0];
  expect((await liu.post('/api/sign-in', { phone: LIU, code })).status).toBe(200);
  const elsewhere = new Browser(two.url);
  elsewhere.setCookie('session', liu.cookie('session') ?? '');
  const number = await apply(elsewhere, 'relocation', move);
  expect((await liu.get(`/api/cases/${number}`)).status).toBe(200);
  const sent = async () =>
    /tuiguan_messages_total\{.*outcome="sent".*\} [1-9]/.test(await text(`${metricsOf(worker)}/metrics`));
  await expect.poll(sent, { timeout: 15_000 }).toBe(true);

  expect(await Promise.all([bot, worker, two, one].map((each) => each.end('SIGTERM')))).toEqual([0, 0, 0, 0]);
}, 90_000);

/** The text messages at the simulator of a process, as soon as there is one. */
async function inbox({ url }: Started): Promise<string> {
  let all = '';
  await expect
    .poll(
      async () => {
        all = await text(`${url}/simulator/sms`);
        return all;
      },
      { timeout: 10_000 },
    )
    .toMatch(/(?<!\d)\d{6}(?!\d)/);
  return all;
}

describe('the files for containers', () => {
  const file = (path: string) => readFileSync(path, 'utf8');

  test('set no variable that the product does not know', () => {
    const composed = file('compose.yaml').split('x-environment')[1]?.split('\n  postgres:')[0] ?? '';
    const set = [...composed.matchAll(/^ +([A-Z][A-Z_]+):/gm)].map(([, name]) => name);
    const baked = [...(/^ENV (.*)$/m.exec(file('Dockerfile'))?.[1] ?? '').matchAll(/(\w+)=/g)].map(([, name]) => name);
    expect([...set, ...baked].filter((name) => !Object.keys(variables).includes(name ?? ''))).toEqual([]);
    expect(set).toEqual(expect.arrayContaining(['ROLE', 'DATABASE_URL', 'SECRET_KEY_FILE', 'BEHIND_PROXY']));
  });

  test('run on the Node that the product is pinned to, not as root, and say whether they are healthy', () => {
    const lines = file('Dockerfile').split('\n');
    const { dependencies } = JSON.parse(file('package.json')) as { dependencies: Record<string, string> };
    const bases = lines.flatMap((line) => /^FROM node:(\d+)-/.exec(line)?.[1] ?? []);
    expect(new Set(bases)).toEqual(new Set([dependencies['node']?.split('.')[0]]));
    expect(lines.findLastIndex((line) => line === 'USER node')).toBeGreaterThan(
      lines.findLastIndex((line) => line.startsWith('FROM')),
    );
    expect(file('Dockerfile')).toContain('/healthz');
  });

  test('no secret, backup or database of this machine gets into an image', () => {
    expect(file('.dockerignore').split('\n')).toEqual(
      expect.arrayContaining(['.data', '.env', 'secrets', 'backups', 'node_modules', '.git']),
    );
  });
});
