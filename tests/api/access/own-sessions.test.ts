/** One's devices: seen, ended one by one or all, in every process; a session that somebody else chose is never taken over. */
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deviceOf } from '../../../api/access/devices.ts';
import { readConfig } from '../../../api/config.ts';
import { openHouse, type House } from '../../../house.ts';
import { Browser } from '../../tools/browser.ts';
import { initDataOf } from '../../tools/mini-app.ts';
import { LIU, OLD_CLERK, RECEIVING_CLERK } from '../../tools/story.ts';
import { openStage, type Stage } from '../engine/stage.ts';

test.each([
  ['Mozilla/5.0 (Linux; Android 9; HUAWEI) AppleWebKit/537.36 Chrome/99 Mobile Safari/537.36', 'phone'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 15_0 like Mac OS X)', 'phone'],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/120', 'computer'],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Safari/605', 'computer'],
  ['', 'phone'],
  [undefined, 'phone'],
])('%s is a %s', (userAgent, device) => {
  expect(deviceOf(userAgent)).toBe(device);
});

let stage: Stage;
let second: House;
beforeAll(async () => {
  stage = await openStage('2026-11-02 10:00', 'web');
  const env = { NODE_ENV: 'test', PORT: '0', DATABASE_URL: stage.house.databaseUrl, LOG_LEVEL: 'fatal', ROLE: 'web' };
  second = await openHouse(readConfig(env), pino({ level: 'silent' }), stage.ctx.clock);
});
afterAll(async () => {
  await second.stop();
  await stage.stop();
});

const signIn = (phone: string) => stage.house.signIn(phone);
/** The same session, in a browser that talks to the second process. */
function elsewhere(browser: Browser): Browser {
  const same = new Browser(second.url ?? '');
  same.setCookie('session', browser.cookie('session') ?? '');
  return same;
}
const isIn = async (browser: Browser) => (await browser.get('/api/me')).body.signedIn as boolean;
const list = async (browser: Browser) => (await browser.get('/api/me/sessions')).body.sessions;
const chat = (id: string) => (method: string, path: string, body?: object) =>
  stage.house.app.request(
    `/api${path}`,
    { method, headers: { 'content-type': 'application/json' }, ...(body && { body: JSON.stringify(body) }) },
    { inner: { chat: { kind: 'telegram' as const, id, name: '', language: 'zh' } } },
  );
const peopleOf = async (id: string) =>
  ((await (await chat(id)('GET', '/me')).json()) as { people: { name: string }[] }).people.map(({ name }) => name);

describe('one’s devices', () => {
  test('are listed with what they are, since when, and which is this one; nothing of the browser is kept', async () => {
    const phone = '13955590001';
    const desk = stage.house.visit();
    await desk.call('POST', '/api/sign-in/code', { phone });
    const { text } = await stage.house.simulator.sms.waitFor(phone);
    const agent = { 'user-agent': 'Mozilla/5.0 (Windows NT 10.0; SecretName)' };
    await desk.call('POST', '/api/sign-in', { phone, code: /\d{6}/.exec(text)?.[0] }, agent);
    stage.at('2026-11-02 10:30');
    const pocket = await signIn(phone);
    const sessions = await list(pocket);
    expect(sessions).toMatchObject([
      { device: 'phone', here: true, since: '2026-11-02T02:30:00.000Z' },
      { device: 'computer', here: false, since: '2026-11-02T02:00:00.000Z' },
    ]);
    const rows = await stage.house.connection.sql`select row_to_json(s)::text as words from sessions s`;
    expect(JSON.stringify(rows)).not.toContain('SecretName');
  });

  test('last used is written once an hour, whatever is read', async () => {
    stage.at('2026-11-02 11:00');
    const pocket = await signIn('13955590002');
    stage.at('2026-11-02 11:59');
    await pocket.put('/api/me/locale', { locale: 'zh-CN' });
    expect((await list(pocket))[0].seenAt).toBe('2026-11-02T03:00:00.000Z');
    stage.at('2026-11-02 12:01');
    await pocket.put('/api/me/locale', { locale: 'zh-CN' });
    expect((await list(pocket))[0].seenAt).toBe('2026-11-02T04:01:00.000Z');
  });

  test('one of them ends in every process; somebody else’s does not', async () => {
    const mine = await signIn('13955590003');
    const other = await signIn('13955590003');
    const stranger = await signIn('13955590004');
    const there = elsewhere(other);
    expect(await isIn(there)).toBe(true);
    const theirs = (await list(stranger))[0].id;
    expect((await mine.delete(`/api/me/sessions/${theirs}`)).status).toBe(204);
    expect(await isIn(stranger)).toBe(true);
    const id = (await list(mine)).find(({ here }: { here: boolean }) => !here).id;
    expect((await mine.delete(`/api/me/sessions/${id}`)).status).toBe(204);
    expect((await there.put('/api/me/locale', { locale: 'en' })).status).toBe(401);
    await expect.poll(() => isIn(there)).toBe(false);
    expect(await isIn(mine)).toBe(true);
  });

  test('all others end at once and this one stays; all end with the chats', async () => {
    const phone = '13955590005';
    const browsers = [await signIn(phone), await signIn(phone), await signIn(phone)];
    const [mine, ...others] = browsers;
    if (!mine) throw new Error('nobody is signed in');
    await chat('7101')('POST', '/chat/contact', { phone, own: true });
    await mine.post('/api/me/sessions/end', { which: 'others' });
    for (const other of others) await expect.poll(() => isIn(elsewhere(other))).toBe(false);
    expect(await isIn(mine)).toBe(true);
    expect((await mine.get('/api/me/sessions')).body.ways).toHaveLength(2);
    await mine.post('/api/me/sessions/end', { which: 'all' });
    expect(mine.cookie('session')).toBeUndefined();
    const again = await signIn(phone);
    expect((await again.get('/api/me/sessions')).body.ways).toMatchObject([{ kind: 'phone', shown: '139****0005' }]);
  });

  test('a chat is let go of by itself, but never the last way in', async () => {
    const phone = '13955590006';
    const mine = await signIn(phone);
    await chat('7102')('POST', '/chat/contact', { phone, own: true });
    const begun = await (await chat('7102')('GET', '/me/sessions')).json();
    expect(begun.sessions).toHaveLength(1);
    const way = begun.ways.find(({ kind }: { kind: string }) => kind === 'telegram').id;
    await mine.delete(`/api/me/ways/${way}`);
    expect((await (await chat('7102')('GET', '/me/sessions')).json()).sessions).toEqual([]);
    const lonely = (await (await chat('7103')('GET', '/me/sessions')).json()).ways[0].id;
    const refused = await chat('7103')('DELETE', `/me/ways/${lonely}`);
    expect(await refused.json()).toMatchObject({ status: 409, code: 'last-way' });
  });
});

describe('signing in', () => {
  test('never takes over a session that somebody else put into the browser, by any way in', async () => {
    const attacker = await signIn('13955590007');
    const planted = attacker.cookie('session') ?? '';
    const phone = '13955590008';
    const victim = stage.house.visit();
    victim.setCookie('session', planted);
    await victim.signIn(phone, stage.house.simulator.sms);
    expect(victim.cookie('session')).not.toBe(planted);
    // What was planted opens nothing any more, and nothing of the victim's.
    expect((await attacker.put('/api/me/locale', { locale: 'en' })).status).toBe(401);

    const invented = stage.house.visit();
    invented.setCookie('session', 'AAAAAAAAAAAAAAAAAAAAAA');
    const initData = initDataOf({ id: 7104, at: stage.ctx.clock() });
    expect((await invented.post('/api/sign-in/mini-app', { initData })).status).toBe(200);
    expect(invented.cookie('session')).not.toBe('AAAAAAAAAAAAAAAAAAAAAA');

    await chat('7105')('POST', '/chat/contact', { phone, own: true });
    const { token } = await (await chat('7105')('POST', '/sign-in/link')).json();
    const other = await signIn('13955590009');
    const held = other.cookie('session');
    await other.post('/api/sign-in/link/claim', { token });
    const [ticket] = await stage.house.connection.sql`select id from tickets order by created_at desc limit 1`;
    await chat('7105')('POST', '/chat/confirm-sign-in', { ticket: ticket?.['id'], yes: true });
    await other.post('/api/sign-in/link/finish', { token });
    const before = stage.house.visit();
    before.setCookie('session', held ?? '');
    expect((await before.put('/api/me/locale', { locale: 'en' })).status).toBe(401);
    // A fresh sign-in each time: no token comes twice.
    expect(new Set([planted, held, victim.cookie('session'), other.cookie('session')]).size).toBe(4);
  });
});

describe('the phone is lost', () => {
  const lost = (who: Browser, id: string) => who.post(`/api/retirees/${id}/lost-phone`);

  test('staff end everything of a retiree in their care, who is told; nobody else can', async () => {
    stage.at('2026-11-03 10:00');
    const liu = await signIn(LIU);
    const retiree = (await liu.get('/api/me')).body.people[0].id;
    await chat('7110')('POST', '/chat/contact', { phone: LIU, own: true });
    expect(await peopleOf('7110')).toEqual(['刘淑兰']);
    const daughter = await signIn('13800000002');
    expect((await lost(await signIn(RECEIVING_CLERK), retiree)).status).toBe(404);
    expect((await lost(daughter, retiree)).status).toBe(404);
    expect((await lost(liu, retiree)).status).toBe(404);
    expect((await lost(stage.house.visit(), retiree)).status).toBe(401);
    expect(await isIn(liu)).toBe(true);

    const clerk = await signIn(OLD_CLERK);
    expect((await lost(clerk, retiree)).body).toEqual({ ended: true });
    expect((await liu.put('/api/me/locale', { locale: 'en' })).status).toBe(401);
    expect(await peopleOf('7110')).toEqual([]);
    expect(await isIn(daughter)).toBe(true);
    const [act] = await stage.house.connection.sql`
      select a.what, a.unit_id, b.name, a.at from account_acts a join accounts b on b.id = a.by_id
       where a.what <> 'joined'`;
    expect(act).toMatchObject({ what: 'phone-lost', unit_id: '430102001001', name: '李娟' });

    const again = await signIn(LIU);
    const [notice] = (await again.get('/api/messages')).body;
    expect(notice.text).toContain('识字里社区的工作人员帮您退出了所有登录过的设备');
    // The chat comes back when the phone is proven again.
    await chat('7110')('POST', '/chat/contact', { phone: LIU, own: true });
    expect(await peopleOf('7110')).toEqual(['刘淑兰']);
  });

  test('of somebody without an account nothing is lost, and the answer is the same', async () => {
    const clerk = await signIn(OLD_CLERK);
    const [found] = (await clerk.post('/api/retirees/search', { words: '王桂英' })).body;
    expect((await lost(clerk, found.id)).body).toEqual({ ended: true });
  });
});
