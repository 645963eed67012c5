/** What Prometheus reads: what happened is counted, nothing tells of anybody, and the ready dashboard names nothing that is not there. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SWEEP } from '../../../api/jobs/queue.ts';
import { startProcess } from '../../tools/process.ts';
import { openTestHouse, type HouseUnderTest } from '../../tools/house-under-test.ts';
import { apply, LIU, newHome } from '../../tools/story.ts';
import { wind } from '../../tools/wind.ts';

const move = { to: 'city', home: newHome, since: '2026-01-05', reason: 'other', proof: null, handOver: true };
let house: HouseUnderTest;
let number: string;
beforeAll(async () => {
  house = await openTestHouse({ env: { METRICS_PORT: '0' } });
  const liu = await house.signIn(LIU);
  number = await apply(liu, 'relocation', move);
  await liu.get(`/api/cases/${number}`);
  await liu.get('/api/no-such-thing');
  // A case of long ago that nobody decided.
  await house.connection.sql`update cases set due_at = now() - interval '1 day' where number = ${number}`;
});
afterAll(() => house.stop());

const read = async (path = '/metrics') => (await fetch(house.metricsUrl + path)).text();
/** The value of a series, by its name and a part of its labels; undefined where there is none. */
async function value(name: string, ...labels: string[]): Promise<number | undefined> {
  const line = (await read())
    .split('\n')
    .find((one) => one.startsWith(`${name}{`) && labels.every((label) => one.includes(label)));
  return line === undefined ? undefined : Number(line.split(' ').at(-1));
}

test('requests are counted by route and status, never by path', async () => {
  const route = 'route="/api/cases/:number"';
  expect(await value('tuiguan_http_requests_total', 'via="browser"', 'method="GET"', route, 'status="200"')).toBe(1);
  expect(await value('tuiguan_http_request_duration_seconds_count', 'method="GET"', route)).toBe(1);
  expect(await value('tuiguan_http_requests_total', 'route="/api/drafts"', 'method="POST"')).toBe(1);
  expect(await value('tuiguan_http_requests_total', 'route="/api/*"', 'status="404"')).toBe(1);
});

test('messages, late cases, the clockwork and connections are there', async () => {
  await expect.poll(() => value('tuiguan_messages_total', 'outcome="sent"'), { timeout: 15_000 }).toBeGreaterThan(0);
  await wind(house, SWEEP);
  await expect.poll(() => value('tuiguan_job_runs_total', 'job="sweep"'), { timeout: 15_000 }).toBeGreaterThan(0);
  expect(await value('tuiguan_cases_overdue')).toBe(1);
  expect(await value('tuiguan_messages_waiting', 'when="due"')).toBe(0);
  expect(await value('tuiguan_job_late_seconds', 'job="nightly"')).toBe(0);
  expect(await value('tuiguan_database_connections', 'program="tuiguan all"')).toBeGreaterThan(0);
  // Of the queue without the id that it makes up at each start.
  expect(await value('tuiguan_database_connections', 'program="pgboss"')).toBeGreaterThan(0);
  expect(await value('tuiguan_database_pool_size')).toBe(8);
  expect(await value('tuiguan_database_up')).toBe(1);
}, 60_000);

test('nothing in it tells of anybody: no number, no id, no name', async () => {
  const labels = [...(await read()).matchAll(/="([^"]*)"/g)].map(([, label = '']) => label);
  expect(labels.filter((label) => /\d{5}|[\da-f]{8}-|[^\x20-\x7e]/.test(label))).toEqual([]);
  expect(await read()).not.toContain(number);
});

test('every metric of the dashboard is in the output', async () => {
  await value('tuiguan_database_up');
  const board = readFileSync('docs/grafana-dashboard.json', 'utf8');
  const { panels } = JSON.parse(board) as { panels: { targets: { expr: string }[] }[] };
  const named = panels.flatMap(({ targets }) =>
    targets.flatMap(({ expr }) => expr.match(/\b(?:tuiguan|process|nodejs)_\w+/g) ?? []),
  );
  const text = await read();
  expect(named.length).toBeGreaterThan(15);
  expect(named.filter((name) => !new RegExp(`^${name}\\{`, 'm').test(text))).toEqual([]);
  // And the other way round: of ours, nothing is counted that nobody looks at.
  const ours = [...text.matchAll(/^# TYPE (tuiguan_\w+)/gm)].map(([, name = '']) => name);
  expect(ours.filter((name) => !named.some((one) => one.startsWith(name)))).toEqual([]);
});

test('the port of the pages does not have it; its own says in every role that it is alive', async () => {
  const { body } = await house.visit().get('/metrics');
  expect(body).not.toContain('tuiguan_http');
  expect(await read('/healthz')).toBe('alive');
  expect(await read('/')).toBe('not here');
  const plain = await openTestHouse({ env: { DATABASE_URL: house.databaseUrl } });
  expect(plain.metricsUrl).toBeNull();
  await plain.stop();
});

test('a worker that serves nothing else can be asked', async () => {
  const worker = await startProcess({
    ROLE: 'worker',
    DATABASE_URL: house.databaseUrl,
    SIMULATOR_URL: `${house.url}/simulator`,
    METRICS_PORT: '0',
    LOG_LEVEL: 'info',
  });
  const url = /"metricsUrl":"([^"]+)"/.exec(worker.printed())?.[1];
  expect(await (await fetch(`${url}/healthz`)).text()).toBe('alive');
  expect(await (await fetch(`${url}/metrics`)).text()).toContain('tuiguan_database_up{role="worker"} 1');
  expect(await worker.end('SIGTERM')).toBe(0);
});
