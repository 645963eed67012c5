/** Signing in from the Mini App: only what Telegram signed, for our bot, within the hour, once. */
import fc from 'fast-check';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { miniAppKey, readInitData } from '../../../api/access/init-data.ts';
import { readConfig } from '../../../api/config.ts';
import { openHouse, type House } from '../../../house.ts';
import { Browser } from '../../tools/browser.ts';
import { DEMO_BOT, initDataOf } from '../../tools/mini-app.ts';
import { LIU } from '../../tools/story.ts';
import { openStage, type Stage } from '../engine/stage.ts';

const NOW = new Date('2026-11-02T10:00:00+08:00');
const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);
const key = miniAppKey(DEMO_BOT);
const read = (raw: string) => readInitData(raw, key, NOW);

describe('init data', () => {
  test('of Telegram says whose chat it is', () => {
    const read60 = read(initDataOf({ id: 430001, at: minutesAgo(60) }));
    expect(read60).toMatchObject({ ok: true, userId: '430001' });
  });

  test.each<[string, string, 'forged' | 'old']>([
    ['61 minutes old', initDataOf({ id: 1, at: minutesAgo(61) }), 'old'],
    ['of another bot', initDataOf({ id: 1, at: NOW, token: '999:another-bot-of-somebody-else' }), 'forged'],
    ['of tomorrow', initDataOf({ id: 1, at: minutesAgo(-24 * 60) }), 'forged'],
    ['of two minutes from now', initDataOf({ id: 1, at: minutesAgo(-2) }), 'forged'],
    ['with another user', initDataOf({ id: 1, at: NOW }).replace(/id%22%3A1/, 'id%22%3A2'), 'forged'],
    [
      'with a later date',
      initDataOf({ id: 1, at: minutesAgo(90) }).replace(/auth_date=\d+/, `auth_date=${+NOW / 1000}`),
      'forged',
    ],
    ['without a hash', initDataOf({ id: 1, at: NOW }).replace(/&hash=\w+/, ''), 'forged'],
    ['with an empty hash', initDataOf({ id: 1, at: NOW }).replace(/hash=\w+/, 'hash='), 'forged'],
    ['with a short hash', initDataOf({ id: 1, at: NOW }).replace(/(hash=\w{62})\w\w/, '$1'), 'forged'],
    [
      'with a hash that is none',
      initDataOf({ id: 1, at: NOW }).replace(/hash=\w{64}/, `hash=${'z'.repeat(64)}`),
      'forged',
    ],
    [
      'with a hash in capitals',
      initDataOf({ id: 1, at: NOW }).replace(/hash=(\w+)/, (all) => all.toUpperCase().replace('HASH', 'hash')),
      'forged',
    ],
    ['with the hash twice', `${initDataOf({ id: 1, at: NOW })}&hash=${'0'.repeat(64)}`, 'forged'],
    ['with the user twice', `user=%7B%22id%22%3A2%7D&${initDataOf({ id: 1, at: NOW })}`, 'forged'],
    ['with a field more', `${initDataOf({ id: 1, at: NOW })}&chat_type=private`, 'forged'],
    [
      'signed with a line in a field',
      initDataOf({ id: 1, at: NOW, more: { chat_type: 'a\nuser={"id":2}' } }),
      'forged',
    ],
    ['signed without a user', initDataOf({ id: 1, at: NOW, more: { user: 'null' } }), 'forged'],
    ['signed with words for a user', initDataOf({ id: 1, at: NOW, more: { user: '{' } }), 'forged'],
    ['signed with words for an id', initDataOf({ id: '1', at: NOW }), 'forged'],
    ['signed for a bot', initDataOf({ id: 1, at: NOW, more: { user: '{"id":1,"is_bot":true}' } }), 'forged'],
    ['signed without a date', initDataOf({ id: 1, at: NOW, more: { auth_date: '' } }), 'forged'],
    ['signed with a date of words', initDataOf({ id: 1, at: NOW, more: { auth_date: '1e9' } }), 'forged'],
    ['that is nothing', '', 'forged'],
  ])('%s is refused', (_what, raw, fault) => {
    expect(read(raw)).toEqual({ ok: false, fault });
  });

  test('changed anywhere is refused, and reading never throws', () => {
    const whole = initDataOf({ id: 430001, at: NOW });
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.string({ minLength: 1, maxLength: 3 }), (at, put) => {
        const changed = whole.slice(0, at) + put + whole.slice(at + 1);
        const same = [...new URLSearchParams(changed)].toString() === [...new URLSearchParams(whole)].toString();
        return same || !read(changed).ok;
      }),
    );
    fc.assert(fc.property(fc.string(), (any) => !read(any).ok));
    expect(read(whole).ok).toBe(true);
  });
});

describe('opening the Mini App', () => {
  let stage: Stage;
  let second: House;
  beforeAll(async () => {
    stage = await openStage('2026-11-02 10:00', 'web');
    const env = { NODE_ENV: 'test', PORT: '0', DATABASE_URL: stage.house.databaseUrl, LOG_LEVEL: 'fatal', ROLE: 'web' };
    second = await openHouse(readConfig(env), pino({ level: 'silent' }), () => NOW);
  });
  afterAll(async () => {
    await second.stop();
    await stage.stop();
  });
  const enter = (who: Browser, initData: string, replacing?: boolean) =>
    who.post('/api/sign-in/mini-app', { initData, ...(replacing !== undefined && { replacing }) });
  const opening = (id: number, minutes = 0) => initDataOf({ id, at: minutesAgo(minutes) });
  /** The chat proves a phone number. */
  const share = (id: number, phone: string) =>
    stage.house.app.request(
      '/api/chat/contact',
      { method: 'POST', body: JSON.stringify({ phone, own: true }), headers: { 'content-type': 'application/json' } },
      { inner: { chat: { kind: 'telegram', id: String(id), name: '', language: 'zh' } } },
    );

  test('signs in as the chat’s account, the same as the phone’s, in a session that says so', async () => {
    await share(430001, LIU);
    const phone = stage.house.visit();
    expect(await enter(phone, opening(430001))).toEqual({ status: 200, body: { signedIn: true } });
    expect((await phone.get('/api/me')).body.people[0].name).toBe('刘淑兰');
    const { sessions } = (await phone.get('/api/me/sessions')).body;
    expect(sessions).toMatchObject([{ device: 'telegram', here: true }]);
  });

  test('a chat that nobody knows becomes an account of its own', async () => {
    const phone = stage.house.visit();
    await enter(phone, opening(430002));
    expect((await phone.get('/api/me')).body).toMatchObject({ signedIn: true, people: [] });
  });

  test('is good once, also when its fields stand in another order', async () => {
    const initData = opening(430003, 3);
    expect((await enter(stage.house.visit(), initData)).status).toBe(200);
    const replayed = await enter(stage.house.visit(), initData);
    expect(replayed).toMatchObject({ status: 410, body: { code: 'mini-app-used' } });
    const turned = initData.split('&').toReversed().join('&');
    expect((await enter(stage.house.visit(), turned)).body.code).toBe('mini-app-used');
  });

  test('two processes that see it at once let one in', async () => {
    const initData = opening(430004, 4);
    const browsers = [0, 1, 2, 3, 4, 5].map((n) => (n % 2 === 0 ? stage.house.visit() : new Browser(second.url ?? '')));
    const answers = await Promise.all(browsers.map((browser) => enter(browser, initData)));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 410, 410, 410, 410, 410]);
  });

  test('a forged or old one is refused with words, and reaches nobody', async () => {
    const phone = stage.house.visit();
    const forged = await enter(phone, opening(430001).replace(/hash=\w{4}/, 'hash=0000'));
    expect(forged).toMatchObject({ status: 403, body: { code: 'mini-app-refused' } });
    expect((await enter(phone, opening(430001, 61))).body.code).toBe('mini-app-used');
    expect((await phone.get('/api/me')).body.signedIn).toBe(false);
    const long = await enter(phone, 'x'.repeat(5000));
    expect(long.status).toBe(400);
  });

  test('opened again by whoever is signed in already changes nothing, even when it was used', async () => {
    const phone = stage.house.visit();
    const initData = opening(430005, 5);
    await enter(phone, initData);
    const before = phone.cookie('session');
    expect((await enter(phone, initData)).status).toBe(200);
    expect(phone.cookie('session')).toBe(before);
  });

  test('a browser that is somebody else’s changes over only when its holder says so', async () => {
    const victim = await stage.person('13955580001');
    const before = victim.cookie('session');
    const initData = opening(430006, 6);
    expect(await enter(victim, initData)).toMatchObject({ status: 409, body: { code: 'other-account' } });
    expect(victim.cookie('session')).toBe(before);
    expect((await enter(victim, initData, true)).status).toBe(200);
    expect(victim.cookie('session')).not.toBe(before);
    const old = stage.house.visit();
    old.setCookie('session', before ?? '');
    expect((await old.put('/api/me/locale', { locale: 'en' })).status).toBe(401);
  });
});
