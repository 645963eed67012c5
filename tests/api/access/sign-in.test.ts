/** Signing in with a code, being bound to one's record, and what staff bind at the counter. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { namedRetirees } from '../../../db/seed/demo/named.ts';
import type { Browser } from '../../tools/browser.ts';
import { DAUGHTER, LIU, OLD_CLERK, RECEIVING_CLERK } from '../../tools/story.ts';
import { openStage, type Stage } from '../engine/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage('2026-11-02 10:00', 'web');
});
afterAll(() => stage.stop());

let next = 0;
/** A number that nobody has used. */
const newPhone = () => `1395556${String((next += 1)).padStart(4, '0')}`;
async function codeFor(phone: string, browser = stage.house.visit()): Promise<string> {
  const asked = await browser.post('/api/sign-in/code', { phone });
  expect(asked).toEqual({ status: 200, body: { sent: true } });
  const sms = await stage.house.simulator.sms.waitFor(phone, (text) => /\d{6}/.test(text));
  return /\d{6}/.exec(sms.text)?.[0] ?? '';
}
const tryCode = (phone: string, code: string) => stage.house.visit().post('/api/sign-in', { phone, code });
const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

describe('a code', () => {
  test('opens once, however it is typed', async () => {
    const phone = newPhone();
    const code = await codeFor(phone);
    const wide = [...code].map((digit) => String.fromCodePoint((digit.codePointAt(0) ?? 0) + 0xfee0)).join(' ');
    expect((await tryCode(`+86 ${phone}`, wide)).body).toEqual({ signedIn: true });
    expect((await tryCode(phone, code)).body.code).toBe('wrong-code');
  });

  test('is good for ten minutes', async () => {
    const phone = newPhone();
    const code = await codeFor(phone);
    stage.at('2026-11-02 10:11');
    expect((await tryCode(phone, code)).body.code).toBe('wrong-code');
    stage.at('2026-11-02 10:00');
  });

  test('bears five tries, also when they come at once; then even the right one is wrong', async () => {
    const phone = newPhone();
    const code = await codeFor(phone);
    const tries = await Promise.all([1, 2, 3, 4, 5].map(() => tryCode(phone, wrong(code))));
    expect(new Set(tries.map((one) => one.body.code))).toEqual(new Set(['wrong-code']));
    expect((await tryCode(phone, code)).body.code).toBe('wrong-code');
  });

  test('wrong codes for a number are limited by the hour, however many come at once', async () => {
    const phone = newPhone();
    const code = await codeFor(phone);
    const tries = await Promise.all(Array.from({ length: 20 }, () => tryCode(phone, wrong(code))));
    const heard = tries.filter((one) => one.body.code === 'wrong-code');
    expect(heard.length).toBeLessThanOrEqual(8);
    expect(tries.filter((one) => one.status === 429)).toHaveLength(20 - heard.length);
  });

  test('five are sent to a number in an hour, and to a landline or a word none', async () => {
    const phone = newPhone();
    for (let sent = 0; sent < 5; sent += 1) await codeFor(phone);
    const sixth = await stage.house.visit().post('/api/sign-in/code', { phone });
    expect(sixth.body).toMatchObject({ code: 'too-many-attempts' });
    expect(sixth.body.detail).toContain('60');
    for (const other of ['0731-12345678', '一三八', ''])
      expect((await stage.house.visit().post('/api/sign-in/code', { phone: other })).body.code).toBe('not-a-mobile');
  });

  test('stands nowhere in the clear, and a new session replaces the old one', async () => {
    const phone = newPhone();
    const browser = await stage.house.signIn(phone);
    const before = browser.cookie('session') ?? '';
    await browser.signIn(phone, stage.house.simulator.sms);
    const old = stage.house.visit();
    old.setCookie('session', before);
    expect((await old.put('/api/me/locale', { locale: 'en' })).status).toBe(401);
    const [row] = await stage.house.connection.sql`select row_to_json(c)::text as words from codes c limit 1`;
    expect(row?.['words']).not.toMatch(/"\d{6}"/);
  });
});

describe('binding', () => {
  const [liu, chen] = namedRetirees;
  const bind = (who: Browser, name?: string, idNumber?: string) => who.post('/api/me/bind', { name, idNumber });

  test('says nothing of what did not match, locks after five, and opens for the right person an hour later', async () => {
    const phone = '13800000003';
    const person = await stage.person(phone);
    const stranger = await stage.person(newPhone());
    const misses = [
      await bind(person, '陈建军', chen?.idNumber),
      await bind(person, chen?.name, liu?.idNumber),
      await bind(stranger, chen?.name, chen?.idNumber),
      await bind(stranger, '没有这个人', '43010119500101001X'.replace('X', '0')),
    ];
    const [first, ...others] = misses.map((one) => ({ status: one.status, body: one.body }));
    expect(first).toMatchObject({ status: 422, body: { code: 'cannot-bind' } });
    for (const other of others.slice(0, 2)) expect(other).toEqual(first);
    // A slip of the pen is named, and is no attempt.
    for (let slip = 0; slip < 6; slip += 1) {
      const slipped = await bind(person, chen?.name, wrongDigit(chen?.idNumber ?? ''));
      expect(slipped.body).toMatchObject({ code: 'bad-id-number', fault: 'wrong-check-digit' });
    }
    const more = await Promise.all([1, 2, 3, 4, 5, 6].map(() => bind(person, '陈建军', chen?.idNumber)));
    expect(more.filter((one) => one.body.code === 'cannot-bind').length).toBeLessThanOrEqual(3);
    for (let miss = 0; miss < 3; miss += 1) await bind(person, '陈建军', chen?.idNumber);
    expect((await bind(person, chen?.name, chen?.idNumber)).status).toBe(429);
    stage.at('2026-11-02 11:01');
    const spaced = `${chen?.idNumber.slice(0, 6)} ${chen?.idNumber.slice(6).toLowerCase()}`;
    expect((await bind(person, '陈 建国', spaced)).status).toBe(200);
    expect((await person.get('/api/me')).body.people[0]).toMatchObject({ name: '陈建国', relation: 'self' });
    expect((await bind(person, chen?.name, chen?.idNumber)).body.code).toBe('already-bound');
  });

  test('at the counter is for staff in whose care the person is, and for nobody else', async () => {
    const retireeId = (await (await stage.person(LIU)).get('/api/me')).body.people[0].id;
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
    const nobody = { ...input, retireeId: '019a0000-0000-7000-8000-000000000000' };
    expect((await (await stage.person(OLD_CLERK)).post('/api/bindings', nobody)).status).toBe(404);
  });
});

/** The number with its last digit changed. */
const wrongDigit = (idNumber: string) => idNumber.slice(0, -1) + (idNumber.endsWith('1') ? '2' : '1');
