/** What a newcomer does to the product: start it, start it again, pull the plug, give it a wrong environment. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { connect } from '../../db/connect.ts';
import { ownDataDir, startProcess } from '../tools/process.ts';

// Each is several whole starts, one after the other.
vi.setConfig({ testTimeout: 60_000 });

let data: Awaited<ReturnType<typeof ownDataDir>>;
beforeAll(async () => {
  data = await ownDataDir();
});
afterAll(() => data.clear());

const ready = async (url: string) => (await fetch(`${url}/readyz`)).text();

describe('starting and stopping', () => {
  test('a first start prints where everything is and that the data are invented; Ctrl-C stops it cleanly', async () => {
    const first = await startProcess({ DATA_DIR: data.path });
    expect(first.printed()).toContain('演示数据');
    expect(first.printed()).toContain('13800000001');
    expect(await ready(first.url)).toBe('ready');
    expect(await (await fetch(`${first.url}/healthz`)).text()).toBe('alive');
    expect((await (await fetch(`${first.url}/openapi.json`)).json()) as object).toHaveProperty('paths');
    // A newcomer finds an activity of the city at once; those who sign in find more.
    const { activities } = (await (await fetch(`${first.url}/api/activities`)).json()) as { activities: object[] };
    expect(activities).toHaveLength(1);
    expect(await first.end('SIGINT')).toBe(0);
  });

  test('after kill -9 the next start finds the data and the PostgreSQL left behind', async () => {
    const killed = await startProcess({ DATA_DIR: data.path });
    await killed.end('SIGKILL');
    const next = await startProcess({ DATA_DIR: data.path });
    expect(await ready(next.url)).toBe('ready');
    expect(await next.end('SIGTERM')).toBe(0);
  });

  test('web, worker and bot run as processes of their own on one database', async () => {
    const all = await startProcess({ DATA_DIR: data.path });
    const web = await startProcess({ DATA_DIR: data.path, ROLE: 'web' });
    const worker = await startProcess({ DATA_DIR: data.path, ROLE: 'worker', SIMULATOR_URL: `${web.url}/simulator` });
    expect(await ready(web.url)).toBe('ready');
    expect(await Promise.all([worker.end('SIGTERM'), web.end('SIGTERM')])).toEqual([0, 0]);
    expect(await all.end('SIGTERM')).toBe(0);
  });
});

test('in production the registry starts empty, Changsha is there, and no simulator is', async () => {
  const server = new URL(inject('templateUrl'));
  const name = `production_${randomUUID().replaceAll('-', '')}`;
  const admin = connect(Object.assign(new URL(server), { pathname: '/postgres' }).href, { max: 1 });
  await admin.sql.unsafe(`create database ${name}`);
  await admin.close();
  const DATABASE_URL = Object.assign(new URL(server), { pathname: `/${name}` }).href;
  const web = await startProcess({
    NODE_ENV: 'production',
    ROLE: 'web',
    DATABASE_URL,
    SECRET_KEY: 'a secret that only this test knows',
    SMS_WEBHOOK_URL: 'http://127.0.0.1:9/sms',
    TELEGRAM_BOT_TOKEN: '1:a-token-that-opens-nothing-anywhere',
  });
  const database = connect(DATABASE_URL, { max: 1 });
  const [counts] =
    await database.sql`select (select count(*)::int from retirees) as people, (select count(*)::int from units) as units`;
  await database.close();
  expect(counts).toEqual({ people: 0, units: 1842 });
  expect(web.printed()).not.toContain('演示数据');
  expect(await (await fetch(`${web.url}/simulator/sms`)).text()).not.toContain('[');
  expect(await web.end('SIGTERM')).toBe(0);
});

describe('a wrong environment stops the start, naming what is wrong', () => {
  test.each([
    [{ PORT: 'eighty' }, /PORT/],
    [{ SECRET_KEY: 'short' }, /SECRET_KEY: needs 24 characters/],
    [{ NODE_ENV: 'production' }, /SECRET_KEY: set a secret of your own/],
    [{ ROLE: 'web' }, /DATABASE_URL|npm start/],
    [{ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }, /ECONNREFUSED/],
  ])('%o', async (env, says) => {
    const nowhere = await ownDataDir();
    await expect(startProcess({ DATA_DIR: nowhere.path, ...env })).rejects.toThrow(says);
    await nowhere.clear();
  });
});
