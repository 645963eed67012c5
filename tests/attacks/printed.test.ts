/** What goes to the log and to a terminal: no values, no forged lines, nothing that a terminal obeys. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PlainDate } from '../../api/dates.ts';
import { plainError } from '../../api/log.ts';
import { importRetirees } from '../../api/registry/import/import-retirees.ts';
import { openTestHouse, type HouseUnderTest } from '../tools/house-under-test.ts';
import { evil } from './evil.ts';

let house: HouseUnderTest;
beforeAll(async () => {
  house = await openTestHouse({ env: { ROLE: 'web' } });
});
afterAll(() => house.stop());

const count = async () => Number((await house.connection.sql`select count(*) from retirees`)[0]?.['count']);

test('an error is told without the values that it went wrong with', async () => {
  const secret = '刘淑兰 13800000001';
  const { db } = house.connection;
  const failures = [
    () => db.execute(sql`select ${secret}::uuid`),
    () => db.execute(sql`insert into accounts (id, name, created_at) values (${secret}, ${secret}, ${secret})`),
    () => Promise.reject(new Error('nobody has 13800000001', { cause: new Error(`"${secret}"`) })),
    () => Promise.reject(Object.assign(new Error('409 answered-meanwhile'), { more: { mine: secret } })),
  ];
  for (const fail of failures) {
    const error: unknown = await fail().then(
      () => null,
      (thrown: unknown) => thrown,
    );
    const told = JSON.stringify(plainError(error));
    expect(told).toMatch(/"message":"./);
    expect(told).not.toMatch(/刘淑兰|13800000001/);
    expect(told).toMatch(/ {4}at /);
  }
});

test('a request’s own name for itself cannot forge a line', async () => {
  const answer = await fetch(`${house.url}/healthz`, { headers: { 'x-request-id': '{"level":60}' } });
  expect(answer.headers.get('x-request-id')).not.toContain('level');
});

test('a roster full of formulas and control characters is reported in lines of ours, each on one line', async () => {
  const before = await count();
  const printed: string[] = [];
  const cell = (words: string) => `"${words.replaceAll('"', '""')}"`;
  const rows = Object.values(evil).map((words) => Array.from({ length: 9 }, () => cell(words)).join(','));
  await importRetirees(house.connection.db, {
    bytes: Buffer.from(['序号,姓名,身份证号,性别,参加工作年月,退休时间,住址,本人电话,所属社区', ...rows].join('\n')),
    name: 'roster.csv',
    today: '2026-11-23' as PlainDate,
    locale: 'zh-CN',
    dryRun: false,
    skipBad: true,
    community: null,
    print: (line) => printed.push(line),
  });
  expect(printed.length).toBeGreaterThan(rows.length);
  for (const line of printed) {
    expect(line).not.toMatch(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/u);
    expect(line).toMatch(/^[\p{Script=Han}]/u);
  }
  expect(await count()).toBe(before);
});
