/** Signing in with a code. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
