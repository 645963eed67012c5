/** Binding by name, number and phone: one answer and the same work for every failure, a lock, and word to the registered phone. */
import { drizzle } from 'drizzle-orm/postgres-js';
import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Person } from '../../../api/access/actor.ts';
import { bindingsOfNumber, noteTry } from '../../../api/access/limits.ts';
import { bindSelf } from '../../../api/binding/bind-self.ts';
import type { Ctx } from '../../../api/context.ts';
import type { PlainDate } from '../../../api/dates.ts';
import { demoData } from '../../../db/seed/demo/index.ts';
import { namedRetirees } from '../../../db/seed/demo/named.ts';
import { idNumberOf } from '../../../db/seed/demo/numbers.ts';
import { preparing } from '../../../db/preparing.ts';
import * as schema from '../../../db/schema/index.ts';
import type { Browser } from '../../tools/browser.ts';
import { DAUGHTER, LIU, OLD_CLERK, RECEIVING_CLERK } from '../../tools/story.ts';
import { openStage, type Stage } from '../engine/stage.ts';

const [liu, chen, wang] = namedRetirees;
if (!liu || !chen || !wang) throw new Error('The demo lacks its named people.');
/** A good number that nobody has. */
const NOBODYS = idNumberOf('430101', '1950-01-01' as PlainDate, 'male', 77);
const CHEN_PHONE = chen.phone ?? '';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage('2026-11-02 10:00');
});
afterAll(() => stage.stop());
beforeEach(async () => {
  await stage.house.connection.sql`delete from attempts`;
});

let next = 0;
/** A number that nobody has used. */
const newPhone = () => `1395557${String((next += 1)).padStart(4, '0')}`;
const bind = (who: Browser, name: string, idNumber: string) => who.post('/api/me/bind', { name, idNumber });
const warnings = () => stage.house.simulator.sms.list(CHEN_PHONE).filter(({ text }) => text.includes('多次尝试绑定'));

describe('a failure', () => {
  test('is answered in one way, whether nobody has the number, the name or the phone is wrong, or it is locked', async () => {
    const person = await stage.person(CHEN_PHONE);
    const stranger = await stage.person(newPhone());
    const misses = [
      await bind(person, '陈建军', chen.idNumber),
      await bind(stranger, chen.name, chen.idNumber),
      await bind(stranger, '没有这个人', NOBODYS),
      await bind(person, chen.name, liu.idNumber),
    ];
    for (let more = 0; more < 5; more += 1) misses.push(await bind(stranger, '陈建军', chen.idNumber));
    // Now it is locked: the right person with everything right hears the same.
    misses.push(await bind(person, chen.name, chen.idNumber));
    const [first] = misses;
    expect(first).toMatchObject({ status: 422, body: { code: 'cannot-bind' } });
    expect(first?.body.detail).toContain('一小时最多试五次');
    for (const miss of misses) expect(miss).toEqual(first);
  });

  test('costs a slip of the pen nothing', async () => {
    const person = await stage.person(CHEN_PHONE);
    for (let slip = 0; slip < 6; slip += 1) {
      const slipped = await bind(person, chen.name, wrongDigit(chen.idNumber));
      expect(slipped.body).toMatchObject({ code: 'bad-id-number', fault: 'wrong-check-digit' });
    }
    expect(await stage.house.connection.sql`select 1 from attempts where what like 'binding%'`).toHaveLength(0);
  });
});

describe('five failures', () => {
  test('of one account lock it, also when they come at once', async () => {
    const stranger = await stage.person(newPhone());
    const others = demoData().retirees.slice(10, 20);
    await Promise.all(others.map(({ name, idNumber }) => bind(stranger, name, idNumber)));
    const [row] = await stage.house.connection.sql<{ n: number }[]>`
      select count(*)::int as n from attempts where what = 'binding'`;
    expect(row?.n).toBeLessThanOrEqual(5);
  });

  test('on one number from five accounts lock it for its owner as well, who is told once; an hour later it opens', async () => {
    const strangers = await Promise.all([1, 2, 3, 4, 5].map(() => stage.person(newPhone())));
    for (const stranger of strangers) await bind(stranger, chen.name, chen.idNumber);
    const owner = await stage.person(CHEN_PHONE);
    expect((await bind(owner, chen.name, chen.idNumber)).body.code).toBe('cannot-bind');
    for (const stranger of strangers) await bind(stranger, chen.name, chen.idNumber);
    stage.at('2026-11-02 10:05');
    await expect.poll(() => warnings().length, { timeout: 10_000 }).toBe(1);
    expect(warnings()[0]?.text).toContain('梓园社区');
    // No number but the office's.
    expect(warnings()[0]?.text.replace(/电话：0731-\d{8}。$/, '')).not.toMatch(/\d{6}/);

    stage.at('2026-11-02 11:06');
    const spaced = `${chen.idNumber.slice(0, 6)} ${chen.idNumber.slice(6).toLowerCase()}`;
    expect((await bind(owner, '陈　建 国', spaced)).status).toBe(200);
    expect((await owner.get('/api/me')).body.people[0]).toMatchObject({ name: '陈建国', relation: 'self' });
    expect((await bind(owner, chen.name, chen.idNumber)).body.code).toBe('already-bound');
    const told = await stage.house.connection.sql`select 1 from messages where template = 'bind-tried'`;
    expect(told).toHaveLength(1);
  });

  test('on a number that nobody has, tell nobody', async () => {
    const strangers = await Promise.all([1, 2, 3, 4, 5, 6].map(() => stage.person(newPhone())));
    for (const stranger of strangers) await bind(stranger, '某某', NOBODYS);
    const told = await stage.house.connection.sql`select 1 from messages where template = 'bind-tried'`;
    expect(told).toHaveLength(1);
  });
});

describe('one phone for a couple', () => {
  test('binds whom name and number name, and each only once', async () => {
    const phone = newPhone();
    const [wife, husband] = demoData().retirees.slice(30, 32);
    if (!wife || !husband) throw new Error('The demo is too small.');
    await stage.house.connection.sql`
      update retirees set phone_index = (select phone_index from retirees where name = '刘淑兰' limit 1)
       where name in (${wife.name}, ${husband.name})`;
    const shared = await stage.person(LIU);
    expect((await bind(shared, wife.name, wife.idNumber)).status).toBe(200);
    expect((await bind(shared, wife.name, wife.idNumber)).body.code).toBe('already-bound');
    expect((await shared.get('/api/me')).body).toMatchObject({ name: '刘淑兰', people: [{}, { name: wife.name }] });
    const stranger = await stage.person(phone);
    expect((await bind(stranger, wife.name, wife.idNumber)).body.code).toBe('cannot-bind');
    expect((await bind(stranger, husband.name, wife.idNumber)).body.code).toBe('cannot-bind');
  });
});

describe('the work behind an answer', () => {
  const statements: string[] = [];
  let client: postgres.Sql;
  let ctx: Ctx;
  beforeAll(() => {
    client = postgres(stage.house.databaseUrl, { max: 1, onnotice: () => {} });
    ctx = { ...stage.ctx, db: drizzle(preparing(noting(client)), { schema }) };
  });
  afterAll(() => client.end());

  /** The same client, inside transactions too, noting what it is asked. */
  function noting<Client extends { unsafe: postgres.Sql['unsafe'] }>(inner: Client): Client {
    return new Proxy(inner, {
      get(target, key) {
        if (key === 'unsafe')
          return (...call: Parameters<postgres.Sql['unsafe']>) => {
            statements.push(call[0]);
            return target.unsafe(...call);
          };
        const own: unknown = Reflect.get(target, key);
        if (key !== 'begin') return own;
        return (act: (tx: object) => unknown) =>
          (own as (act: (tx: { unsafe: postgres.Sql['unsafe'] }) => unknown) => unknown)((tx) => act(noting(tx)));
      },
    });
  }
  const stranger = (accountId: string): Person => ({
    is: 'person',
    accountId,
    name: null,
    links: [],
    posts: [],
    secondFactor: null,
    door: null,
  });
  const clear = async () => client`delete from attempts`;
  const fail = async (accountId: string, name: string, idNumber: string, address = randomUUID()) => {
    await expect(bindSelf({ ...ctx, actor: stranger(accountId) }, { name, idNumber }, address)).rejects.toThrow(
      'cannot-bind',
    );
  };
  const lock = async (number: string) => {
    for (let tries = 0; tries < 5; tries += 1) await noteTry(ctx, [[bindingsOfNumber, number]], false);
  };
  const owner = async (): Promise<string> => {
    const [row] = await client<
      { id: string }[]
    >`select account_id as id from links l join retirees r on r.id = l.retiree_id
      where r.name = '刘淑兰' and l.relation = 'self'`;
    return row?.id ?? '';
  };
  const somebody = demoData().retirees.slice(100, 160);

  test('is the same statements for nobody, a wrong name, a wrong phone, and a lock', async () => {
    const account = await owner();
    const kinds: Record<string, () => Promise<void>> = {
      nobody: () => fail(account, liu.name, NOBODYS),
      name: () => fail(account, '刘淑芳', liu.idNumber),
      phone: () => fail(randomUUID(), wang.name, wang.idNumber),
      locked: () => fail(account, liu.name, liu.idNumber),
    };
    const seen: Record<string, string[]> = {};
    for (const [kind, attempt] of Object.entries(kinds)) {
      await clear();
      if (kind === 'locked') await lock(liu.idNumber);
      statements.length = 0;
      await attempt();
      seen[kind] = [...statements];
    }
    expect(seen['nobody']?.length).toBeGreaterThan(3);
    for (const kind of Object.keys(kinds)) expect(seen[kind]).toEqual(seen['nobody']);
  });

  test('takes the same time for nobody, for somebody, and for a lock', async () => {
    const times: Record<'nobody' | 'somebody' | 'locked', number[]> = { nobody: [], somebody: [], locked: [] };
    for (const [at, { name, idNumber }] of somebody.entries()) {
      const numbers = {
        nobody: idNumberOf('430101', '1951-02-03' as PlainDate, 'female', at),
        somebody: idNumber,
        locked: idNumber,
      };
      for (const kind of ['nobody', 'somebody', 'locked'] as const) {
        await clear();
        if (kind === 'locked') await lock(idNumber);
        const began = performance.now();
        await fail(randomUUID(), name, numbers[kind]);
        times[kind].push(performance.now() - began);
      }
    }
    const median = (kind: keyof typeof times) =>
      times[kind].toSorted((a, b) => a - b)[Math.floor(times[kind].length / 2)] ?? 0;
    // Generous: a look-up that was left out, or a seal that was opened, would not be; a busy machine is.
    for (const kind of ['somebody', 'locked'] as const) {
      expect(median(kind)).toBeLessThan(median('nobody') * 1.6 + 1);
      expect(median('nobody')).toBeLessThan(median(kind) * 1.6 + 1);
    }
  });
});

describe('binding at the counter', () => {
  test('is for staff in whose care the person is, and the retiree is told of a relative', async () => {
    const person = await stage.person(LIU);
    const retireeId = (await person.get('/api/me')).body.people[0].id;
    const input = { retireeId, phone: newPhone(), relation: 'child', name: '周强' };
    expect((await stage.house.visit().post('/api/bindings', input)).status).toBe(401);
    expect((await (await stage.person(DAUGHTER)).post('/api/bindings', input)).status).toBe(404);
    expect((await (await stage.person(RECEIVING_CLERK)).post('/api/bindings', input)).status).toBe(404);
    expect((await (await stage.person(OLD_CLERK)).post('/api/bindings', input)).body).toEqual({ bound: true });
    const above = await stage.staff('430102', 'lead');
    expect((await above.post('/api/bindings', { ...input, phone: newPhone() })).status).toBe(200);
    const son = await stage.person(input.phone);
    expect((await son.get('/api/me')).body.people).toMatchObject([
      { id: retireeId, relation: 'child', scope: 'apply' },
    ]);
    expect((await person.get('/api/messages')).body.map((one: { text: string }) => one.text)).toContainEqual(
      expect.stringContaining('给刘淑兰加了代办人：周强（子女）'),
    );
    const nobody = { ...input, retireeId: '019a0000-0000-7000-8000-000000000000' };
    expect((await (await stage.person(OLD_CLERK)).post('/api/bindings', nobody)).status).toBe(404);
  });

  test('does not make somebody’s own account a relative’s', async () => {
    const retireeId = (await (await stage.person(LIU)).get('/api/me')).body.people[0].id;
    const input = { retireeId, phone: LIU, relation: 'child', name: '周强' };
    expect((await (await stage.person(OLD_CLERK)).post('/api/bindings', input)).body.code).toBe('already-bound');
    expect((await (await stage.person(LIU)).get('/api/me')).body.people[0]).toMatchObject({ relation: 'self' });
  });
});

/** The number with its last digit changed. */
const wrongDigit = (idNumber: string) => idNumber.slice(0, -1) + (idNumber.endsWith('1') ? '2' : '1');
