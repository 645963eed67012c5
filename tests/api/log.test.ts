/** The log: errors without the values they went wrong with, and one id from a request to the messages that it causes. */
import { DrizzleQueryError } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plainError, startFault } from '../../api/log.ts';
import { openTestHouse, type HouseUnderTest } from '../tools/house-under-test.ts';
import { apply, LIU, newHome } from '../tools/story.ts';

test('a failed query is named without its parameters, its cause without what PostgreSQL quotes', () => {
  const cause = Object.assign(new Error('invalid input syntax for type uuid: "13800000001"'), { code: '22P02' });
  const error = new DrizzleQueryError('select $1', ['13800000001'], cause);
  const plain = plainError(error);
  expect(JSON.stringify(plain)).not.toContain('13800000001');
  expect(plain).toMatchObject({ message: 'Failed query', cause: { code: '22P02' } });
  expect(plain.stack).toContain('log.test.ts');
  expect(startFault(error)).toBe('Failed query: invalid input syntax for type uuid: "…"');
  expect(startFault(new Error('relocation: no step "decide"'))).toBe('relocation: no step "decide"');
});

describe('a request id goes from the page to the message', () => {
  const lines: Record<string, unknown>[] = [];
  const log = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) };
  const move = { to: 'city', home: newHome, since: '2026-01-05', reason: 'other', proof: null, handOver: true };
  const ID = '0d4f2f5e-6d3b-4c59-9a51-3a5b6c7d8e9f';
  let house: HouseUnderTest;
  beforeAll(async () => {
    house = await openTestHouse({ log });
  });
  afterAll(() => house.stop());

  /** Withdraws a case of hers, which others are told of, with this header. */
  async function withdraw(id: string): Promise<void> {
    const liu = await house.signIn(LIU);
    const number = await apply(liu, 'relocation', move);
    const done = await liu.call('POST', `/api/cases/${number}/withdraw`, { version: 1 }, { 'x-request-id': id });
    expect(done.status).toBe(200);
  }

  test('one that comes in stands in the line of the request, in the outbox and in the lines of its messages', async () => {
    await withdraw(ID);
    const of = (msg: string) => lines.filter((line) => line['msg'] === msg && line['requestId'] === ID);
    expect(of('answered')).toMatchObject([
      { via: 'browser', method: 'POST', route: '/api/cases/:number/:verb', status: 200, role: 'all' },
    ]);
    const held = await house.connection.sql`select id from messages where params ->> 'requestId' = ${ID}`;
    expect(held.length).toBeGreaterThan(0);
    await expect.poll(() => of('message').length, { timeout: 15_000 }).toBeGreaterThan(0);
    const ids = new Set(held.map((row) => row['id'] as string));
    expect(of('message').every((line) => ids.has(line['messageId'] as string))).toBe(true);
    // Neither the case nor anybody is named.
    expect(JSON.stringify(lines)).not.toMatch(/刘淑兰|138000000|\d{3} \d{3} \d{3}/);
  });

  test('it is answered, made when none comes, and taken over only when it can hold nothing else', async () => {
    const asked = async (id?: string) =>
      (await fetch(`${house.url}/api/me`, { headers: id ? { 'x-request-id': id } : {} })).headers.get('x-request-id');
    expect(await asked(ID)).toBe(ID);
    expect(await asked(ID.replaceAll('-', ''))).toBe(ID.replaceAll('-', ''));
    expect(await asked()).toMatch(/^[\da-f-]{36}$/);
    for (const strange of ['13800000001', 'liu', `${ID}1`]) expect(await asked(strange)).not.toBe(strange);
  });

  test('what only reads is told at debug, what changes something or fails at info', async () => {
    lines.length = 0;
    await house.visit().get('/api/services');
    await house.visit().get('/api/no-such-thing');
    await house.visit().post('/api/sign-in/code', { phone: 'no phone' });
    const [read, missing, refused] = lines.filter((line) => line['msg'] === 'answered');
    expect([read?.['level'], missing?.['level'], refused?.['level']]).toEqual([20, 30, 30]);
  });
});
