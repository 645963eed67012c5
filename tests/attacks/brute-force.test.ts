/** Guessing codes and bindings by trying: limits by phone, account and address, which hold across processes. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { networkOf } from '../../api/access/address.ts';
import type { PlainDate } from '../../api/dates.ts';
import { namedRetirees } from '../../db/seed/demo/named.ts';
import { idNumberOf } from '../../db/seed/demo/numbers.ts';
import type { Answer, Browser } from '../tools/browser.ts';
import { openTestHouse, type HouseUnderTest } from '../tools/house-under-test.ts';

/** Two processes on one database, behind a proxy of ours. */
let houses: [HouseUnderTest, HouseUnderTest];
beforeAll(async () => {
  const env = { ROLE: 'web', BEHIND_PROXY: 'true' };
  const first = await openTestHouse({ env });
  houses = [first, await openTestHouse({ env: { ...env, DATABASE_URL: first.databaseUrl } })];
});
afterAll(() => Promise.all(houses.map((house) => house.stop())));

/** Sends the same thing many times, to both processes in turn, all at once; each time from where `from` says. */
const flood = (times: number, path: string, body: (n: number) => unknown, from: (n: number) => string) =>
  Promise.all(
    Array.from({ length: times }, (_, n) =>
      (n % 2 === 0 ? houses[0] : houses[1]).visit().call('POST', path, body(n), { 'x-forwarded-for': from(n) }),
    ),
  );
const refused = (answers: Answer[]) => answers.filter(({ status }) => status === 429).length;
const heard = (answers: Answer[], code: string) => answers.filter(({ body }) => body.code === code).length;

let next = 0;
const newPhone = () => `1395558${String((next += 1)).padStart(4, '0')}`;
const somewhereElse = (n: number) => `203.0.113.${n}`;

describe('codes', () => {
  test('for one phone: eight wrong ones an hour, from however many addresses and processes', async () => {
    const phone = newPhone();
    const answers = await flood(
      40,
      '/api/sign-in',
      (n) => ({ phone, code: String(n).padStart(6, '0') }),
      somewhereElse,
    );
    expect(heard(answers, 'wrong-code')).toBeLessThanOrEqual(8);
    expect(refused(answers)).toBeGreaterThanOrEqual(32);
  });

  test('sent to one phone: five an hour, from however many addresses and processes', async () => {
    const phone = newPhone();
    const answers = await flood(30, '/api/sign-in/code', () => ({ phone }), somewhereElse);
    expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(5);
    expect(refused(answers)).toBeGreaterThanOrEqual(25);
  });

  test('sent from one address: sixty an hour, to however many phones', async () => {
    const answers = await flood(
      80,
      '/api/sign-in/code',
      () => ({ phone: 'none' }),
      () => '198.51.100.1',
    );
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(80);
    const asked = await flood(
      80,
      '/api/sign-in/code',
      () => ({ phone: newPhone() }),
      () => '198.51.100.1',
    );
    expect(asked.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(60);
    expect(refused(asked)).toBeGreaterThanOrEqual(20);
  });

  test('tried from one address: three hundred an hour, for however many phones', async () => {
    const tries = (times: number) =>
      flood(
        times,
        '/api/sign-in',
        () => ({ phone: newPhone(), code: '000000' }),
        () => '198.51.100.2',
      );
    await tries(1);
    await again('sign-in-address', 297);
    const answers = await tries(20);
    expect(heard(answers, 'wrong-code')).toBeLessThanOrEqual(2);
    expect(refused(answers)).toBeGreaterThanOrEqual(18);
  });
});

/** Counts the newest attempt of a kind this many times more, as if its author had gone on. */
async function again(what: string, times: number): Promise<void> {
  await houses[0].connection.sql`
    insert into attempts (what, key, at)
    select what, key, at from attempts, generate_series(1, ${times})
     where n = (select max(n) from attempts where what = ${what})`;
}

describe('bindings', () => {
  const [liu, chen] = namedRetirees;
  const bind = (who: Browser, from: string, name = chen?.name, idNumber = chen?.idNumber) =>
    who.call('POST', '/api/me/bind', { name, idNumber }, { 'x-forwarded-for': from });

  test('by one account: five an hour, in both processes together, from however many addresses', async () => {
    const [here, there] = houses;
    const guesser = await here.signIn(newPhone());
    const other = there.visit();
    other.setCookie('session', guesser.cookie('session') ?? '');
    const tries = Array.from({ length: 20 }, (_, n) =>
      bind(n % 2 === 0 ? guesser : other, somewhereElse(n), liu?.name),
    );
    // All are answered alike, those that were not even looked at too: whoever guesses learns nothing by being refused.
    const answers = await Promise.all(tries);
    expect(heard(answers, 'cannot-bind')).toBe(20);
    expect(await counted('binding')).toBe(5);
  });

  test('from one address: a hundred an hour, by however many accounts', async () => {
    const one = await houses[0].signIn(newPhone());
    const two = await houses[1].signIn(newPhone());
    // Another number each time, which nobody has: only the address is counted up.
    let born = 10;
    const guess = (who: Browser, from: string) =>
      bind(who, from, '某某', idNumberOf('430101', `1950-01-${(born += 1)}` as PlainDate, 'female', 77));
    await guess(one, '198.51.100.3');
    await again('binding-address', 98);
    const before = await counted('binding');
    await guess(two, '198.51.100.3');
    expect(await counted('binding')).toBe(before + 1);
    await guess(two, '198.51.100.3');
    expect(await counted('binding')).toBe(before + 1);
    await guess(two, '198.51.100.4');
    expect(await counted('binding')).toBe(before + 2);
  });

  /** Failures that count; those refused unseen are written under another name. */
  async function counted(what: string): Promise<number> {
    const rows = await houses[0].connection.sql`select 1 from attempts where what = ${what}`;
    return rows.length;
  }
});

describe('what costs much', () => {
  test('forms begun by nobody: a hundred an hour from one address', async () => {
    const begin = (times: number) =>
      flood(
        times,
        '/api/drafts',
        () => ({ kind: 'call-back' }),
        () => '198.51.100.5',
      );
    expect((await begin(1))[0]?.status).toBe(401);
    await again('guest-draft', 99);
    expect(refused(await begin(4))).toBe(4);
  });

  test('searches for people and pictures: by account, wherever it is signed in', async () => {
    const clerk = await houses[0].signIn('13800000011');
    const search = () => clerk.post('/api/retirees/search', { words: '刘' });
    const upload = () =>
      clerk.call('POST', '/api/drafts/019a0000-0000-7000-8000-000000000000/files/proof', new Uint8Array([1]));
    expect((await search()).status).toBe(200);
    expect((await upload()).status).toBe(404);
    await again('search', 600);
    await again('upload', 120);
    expect((await search()).status).toBe(429);
    expect((await upload()).status).toBe(429);
  });
});

describe('addresses', () => {
  test('of one IPv6 subscriber are counted as one', async () => {
    const from = (n: number) => `2001:db8:1:2:${n.toString(16)}::1`;
    const answers = await flood(80, '/api/sign-in/code', () => ({ phone: newPhone() }), from);
    expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(60);
  });

  test.each([
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002::9', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['inside', 'inside'],
    ['no address at all', 'no address at all'],
  ])('%s is counted as %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  test('that somebody only claims to have do not count when no proxy of ours stands in front', async () => {
    const open = await openTestHouse({ env: { ROLE: 'web', DATABASE_URL: houses[0].databaseUrl } });
    const ask = (n: number) =>
      open.visit().call('POST', '/api/sign-in/code', { phone: newPhone() }, { 'x-forwarded-for': somewhereElse(n) });
    const answers = await Promise.all(Array.from({ length: 70 }, (_, n) => ask(n)));
    expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(60);
    await open.stop();
  });
});
