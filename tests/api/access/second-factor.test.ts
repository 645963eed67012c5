/** The second factor: what a post at a district or above is worth without it, and how its codes are taken. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Browser } from '../../tools/browser.ts';
import { setUpFactor, type Authenticator } from '../../tools/second-factor.ts';
import { apply, LIU, newHome } from '../../tools/story.ts';
import { openStage, type Stage } from '../engine/stage.ts';

/** Leads of 芙蓉区, 雨花区 and 长沙市, and of the street 侯家塘街道. */
const DISTRICT = '13800000031';
const OTHER_DISTRICT = '13800000032';
const CITY = '13800000041';
const STREET = '13800000022';
/** 唐静 of the city's agency. */
const AGENCY = '13800000042';

let stage: Stage;
let minute = 0;
beforeAll(async () => {
  stage = await openStage('2026-11-02 10:00', 'web');
});
afterAll(() => stage.stop());
// Each test has its own time steps, since none is taken twice, and its own sign-ins, which are five an hour.
beforeEach(() => later(61));

/** Moves the clock on by some minutes. */
function later(minutes: number): void {
  minute += minutes;
  const moved = new Date(Date.UTC(2026, 10, 2, 2, minute) + 8 * 3_600_000).toISOString();
  stage.at(moved.slice(0, 16).replace('T', ' '));
}
const give = (who: Browser, code: string) => who.post('/api/second-factor/give', { code });
const powerOf = async (who: Browser) => {
  const { posts, secondFactor } = (await who.get('/api/me')).body;
  return { posts: posts.length, secondFactor };
};
const sql = (query: string) => stage.house.connection.sql.unsafe(query);
async function copyOf(browser: Browser): Promise<Browser> {
  const copy = stage.house.visit();
  copy.setCookie('session', browser.cookie('session') ?? '');
  return copy;
}
/** Somebody whose second factor is set up, in a browser where it was not given. */
async function unproven(phone: string): Promise<{ browser: Browser; app: Authenticator }> {
  if (!stage.house.apps.has(phone)) await stage.house.signIn(phone);
  const app = stage.house.apps.get(phone);
  if (!app) throw new Error(`${phone} has no second factor.`);
  return { browser: await stage.house.signInByPhone(phone), app };
}

describe('a post at a district', () => {
  test('gives no power before the factor is set up, and says so; a street needs none', async () => {
    const district = await stage.house.signInByPhone(DISTRICT);
    expect(await powerOf(district)).toEqual({ posts: 0, secondFactor: 'set-up' });
    for (const path of ['/api/pending', '/api/pending/counts', '/api/colleagues?unit=430102'])
      expect(await district.get(path)).toMatchObject({ status: 403, body: { code: 'second-factor-first' } });
    expect((await district.post('/api/retirees/search', { words: 'liu' })).status).toBe(403);
    expect(await powerOf(await stage.house.signInByPhone(STREET))).toEqual({ posts: 1, secondFactor: null });
    expect((await (await stage.house.signInByPhone(LIU)).post('/api/second-factor/begin')).status).toBe(403);
    expect((await stage.house.visit().post('/api/second-factor/begin')).status).toBe(401);
  });

  test('gives it in the browser where the first code was right, with ten recovery codes', async () => {
    const district = await stage.house.signInByPhone(DISTRICT);
    const first = await district.post('/api/second-factor/begin');
    expect(first.body.qr.path).toMatch(/^M/);
    // Begun again, the secret shown before is worth nothing.
    const app = await setUpFactor(district, stage.ctx.clock);
    stage.house.apps.set(DISTRICT, app);
    expect(await powerOf(district)).toEqual({ posts: 1, secondFactor: null });
    expect((await district.get('/api/pending')).status).toBe(200);
    expect((await district.get('/api/second-factor')).body).toEqual({ left: 10 });
    expect((await district.post('/api/second-factor/begin')).status).toBe(403);
    const [row] = await sql(`select row_to_json(f)::text as words from second_factors f limit 1`);
    expect(row?.['words']).not.toContain(first.body.secret);
  });

  test('is asked for again in another browser, where it is then given', async () => {
    const { browser, app } = await unproven(DISTRICT);
    expect(await powerOf(browser)).toEqual({ posts: 0, secondFactor: 'give' });
    expect((await give(browser, app.code())).body).toEqual({ left: null });
    expect(await powerOf(browser)).toEqual({ posts: 1, secondFactor: null });
  });

  test('a cookie copied before the code was given gains nothing by it', async () => {
    const { browser, app } = await unproven(DISTRICT);
    const stolen = await copyOf(browser);
    expect((await stolen.get('/api/me')).body.signedIn).toBe(true);
    await give(browser, app.code());
    expect((await stolen.get('/api/pending')).status).toBe(401);
    expect((await stolen.get('/api/me')).body.signedIn).toBe(false);
    expect((await browser.get('/api/pending')).status).toBe(200);
  });

  test('a proof taken back a moment ago decides nothing, whatever was read before', async () => {
    const { browser, app } = await unproven(DISTRICT);
    await give(browser, app.code());
    expect((await browser.get('/api/pending')).status).toBe(200);
    await sql(`update sessions set proven_at = null`);
    expect((await browser.post('/api/retirees/search', { words: 'liu' })).status).toBe(403);
    await expect.poll(async () => (await browser.get('/api/pending')).status).toBe(403);
  });
});

describe('a code', () => {
  test('is taken once, also when it comes from two browsers at once', async () => {
    const { browser, app } = await unproven(CITY);
    const other = await stage.house.signInByPhone(CITY);
    later(2);
    const code = app.code();
    const answers = await Promise.all([give(browser, code), give(other, code)]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 422]);
    const third = await stage.house.signInByPhone(CITY);
    expect((await give(third, code)).body.code).toBe('wrong-factor-code');
  });

  test('is waited for after five wrong ones in a quarter of an hour, however many browsers there are', async () => {
    const { browser, app } = await unproven(OTHER_DISTRICT);
    const other = await stage.house.signInByPhone(OTHER_DISTRICT);
    const tries = await Promise.all(
      Array.from({ length: 12 }, (_, at) => give(at % 2 ? browser : other, String(100_000 + at))),
    );
    expect(tries.filter(({ status }) => status === 422).length).toBeLessThanOrEqual(5);
    for (let missing = 0; missing < 5; missing += 1) await give(browser, '000000');
    const waits = await give(browser, app.code());
    expect(waits).toMatchObject({ status: 429, body: { code: 'too-many-attempts' } });
    expect(waits.body.detail).toContain('15');
    later(16);
    expect((await give(browser, app.code())).status).toBe(200);
  });

  test('from paper is taken once, also when it comes twice at once, and says how many are left', async () => {
    const { browser, app } = await unproven(AGENCY);
    await give(browser, app.code());
    const renewed = await browser.post('/api/second-factor/codes', { code: app.code() });
    const [first = '', second = ''] = renewed.body.codes as string[];
    expect(new Set(renewed.body.codes)).toHaveLength(10);
    const [one, two] = [await stage.house.signInByPhone(AGENCY), await stage.house.signInByPhone(AGENCY)];
    const answers = await Promise.all([give(one, first), give(two, first.toUpperCase())]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 422]);
    expect(answers.find(({ status }) => status === 200)?.body).toEqual({ left: 9 });
    const still = answers[0]?.status === 200 ? two : one;
    expect((await give(still, second.replace('-', ' '))).body).toEqual({ left: 8 });
  });

  test('from old paper is good no more once new codes were made', async () => {
    const { browser, app } = await unproven(AGENCY);
    await give(browser, app.code());
    later(2);
    const before = (await browser.post('/api/second-factor/codes', { code: app.code() })).body.codes as string[];
    expect((await browser.post('/api/second-factor/codes', { code: '000000' })).status).toBe(422);
    later(2);
    const after = (await browser.post('/api/second-factor/codes', { code: app.code() })).body.codes as string[];
    const again = await stage.house.signInByPhone(AGENCY);
    expect((await give(again, before[0] ?? '')).status).toBe(422);
    expect((await give(again, after[0] ?? '')).status).toBe(200);
    app.keep(after.slice(1));
  });
});

test('a lost phone: a code from paper lets another phone make the codes, and ends every proof of the old one', async () => {
  const { browser, app } = await unproven(AGENCY);
  await give(browser, app.code());
  later(2);
  const paper = (await browser.post('/api/second-factor/codes', { code: app.code() })).body.codes as string[];
  const found = await stage.house.signInByPhone(AGENCY);
  const replaced = await found.post('/api/second-factor/replace', { code: paper[3] });
  expect(replaced.body).toEqual({ replaced: true });
  expect(await powerOf(found)).toEqual({ posts: 0, secondFactor: 'set-up' });
  await expect.poll(async () => (await browser.get('/api/pending')).status).toBe(403);
  later(2);
  await found.post('/api/second-factor/begin');
  expect((await found.post('/api/second-factor/confirm', { code: app.code() })).status).toBe(422);
  stage.house.apps.set(AGENCY, await setUpFactor(found, stage.ctx.clock));
  expect(await powerOf(found)).toEqual({ posts: 1, secondFactor: null });
  // The other browser proved the old factor, not this one.
  expect(await powerOf(browser)).toEqual({ posts: 0, secondFactor: 'give' });
});

describe('a chat', () => {
  const chat = (id: string) => async (method: string, path: string, body?: object) => {
    const init = {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    };
    const inner = { chat: { kind: 'telegram' as const, id, name: '', language: 'zh' } };
    const answer = await stage.house.app.request(`/api${path}`, init, { inner });
    return { status: answer.status, body: await answer.json() };
  };
  const mine = chat('8001');

  test('of a district gives power for thirty days once its code was given on the page that its link leads to', async () => {
    const { browser, app } = await unproven(DISTRICT);
    await mine('POST', '/chat/contact', { phone: DISTRICT, own: true });
    expect(await mine('GET', '/pending')).toMatchObject({ status: 403, body: { code: 'second-factor-first' } });
    expect((await mine('GET', '/me')).body).toMatchObject({ posts: [], secondFactor: 'give' });
    expect((await browser.post('/api/second-factor/chat-link')).body.code).toBe('only-in-chat');
    const { token } = (await mine('POST', '/second-factor/chat-link', {})).body;
    const page = stage.house.visit();
    const prove = (code: string) => page.post('/api/second-factor/chat', { token, code });
    expect((await prove('000000')).body.code).toBe('wrong-factor-code');
    expect((await prove(app.code())).body).toEqual({ proven: true });
    expect((await page.get('/api/me')).body.signedIn).toBe(false);
    expect((await mine('GET', '/pending')).status).toBe(200);
    expect(await powerOf(browser)).toEqual({ posts: 0, secondFactor: 'give' });
    later(2);
    expect((await prove(app.code())).body.code).toBe('link-used');
    later(29 * 24 * 60);
    expect((await mine('GET', '/pending')).status).toBe(200);
    later(24 * 60);
    expect((await mine('GET', '/pending')).status).toBe(403);
  });

  test('has a link for a quarter of an hour, and loses its proof with the factor', async () => {
    const { app } = await unproven(DISTRICT);
    const { token } = (await mine('POST', '/second-factor/chat-link', {})).body;
    later(16);
    const page = stage.house.visit();
    expect((await page.post('/api/second-factor/chat', { token, code: app.code() })).body.code).toBe('link-used');
    const again = (await mine('POST', '/second-factor/chat-link', {})).body.token;
    await page.post('/api/second-factor/chat', { token: again, code: app.code() });
    expect((await mine('GET', '/pending')).status).toBe(200);
    later(2);
    const replacing = await stage.house.signInByPhone(DISTRICT);
    await replacing.post('/api/second-factor/replace', { code: app.code() });
    expect((await mine('GET', '/me')).body.secondFactor).toBe('set-up');
    await setUpFactor(replacing, stage.ctx.clock);
    expect((await mine('GET', '/me')).body.secondFactor).toBe('give');
  });
});

test('a street lead decides as before; what the district may see of it needs the code', async () => {
  const liu = await stage.person(LIU);
  const answers = { to: 'city', home: newHome, since: '2026-10-01', reason: 'other', proof: null, handOver: true };
  const number = await apply(liu, 'relocation', answers);
  const { browser, app } = await unproven(OTHER_DISTRICT);
  expect((await browser.get(`/api/cases/${number}`)).status).toBe(404);
  await give(browser, app.code());
  expect((await browser.get(`/api/cases/${number}`)).status).toBe(200);
  expect((await (await stage.person(STREET)).get(`/api/cases/${number}`)).status).toBe(200);
});
