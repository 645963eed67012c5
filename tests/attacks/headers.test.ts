/** What the browser is told with every answer: framing, foreign scripts, sniffing, caches, cookies, TLS and the name of the host. */
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestHouse, type HouseUnderTest } from '../tools/house-under-test.ts';
import { LIU } from '../tools/story.ts';

let house: HouseUnderTest;
let session: string;
beforeAll(async () => {
  house = await openTestHouse({ env: { BEHIND_PROXY: 'true', ROLE: 'web' } });
  session = (await house.signIn(LIU)).cookie('session') ?? '';
});
afterAll(() => house.stop());

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(house.url + path, { method, headers: { ...headers, ...(method !== 'GET' && { origin: house.url }) } });
const TLS = { 'x-forwarded-proto': 'https' };

/** One of every kind of answer: pages, files, data, words, refusals, errors, the chat's door and the simulator. */
const answers: [string, string, string?][] = [
  ['the home page', '/'],
  ['a page of the staff', '/staff/pending'],
  ['a file', '/app.webmanifest'],
  ['a missing file', '/no-such.js'],
  ['data', '/api/me'],
  ['a refusal', '/api/cases'],
  ['an unknown route', '/api/nothing'],
  ['a call that is no call', '/api/drafts', 'POST'],
  ['the description of the API', '/openapi.json'],
  ['alive', '/healthz'],
  ['the chat’s door', '/telegram/webhook', 'POST'],
  ['the simulator', '/simulator'],
  ['a script of the simulator', '/simulator/page/page.ts'],
  ['what the simulator sent', '/simulator/sms'],
];

describe.each(answers)('%s', (_what, path, method) => {
  test('runs only our own scripts and styles, is framed nowhere, and is what it says it is', async () => {
    const { headers } = await get(path, {}, method);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/default-src '(self|none)'/);
    expect(policy).toContain("script-src 'self'; style-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("base-uri 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    // The door of an activity reads codes: only the document of the staff may.
    const camera = /^\/staff(\/|$)/.test(path) ? 'camera=(self)' : 'camera=()';
    expect(headers.get('permissions-policy')).toContain(camera);
    expect(headers.get('permissions-policy')).toContain('geolocation=()');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  test('insists on TLS where there is TLS, and only there', async () => {
    expect((await get(path, TLS, method)).headers.get('strict-transport-security')).toMatch(/^max-age=31536000/);
    expect((await get(path, {}, method)).headers.get('strict-transport-security')).toBeNull();
  });
});

test('no answer of the API is kept by a cache', async () => {
  for (const path of ['/api/me', '/api/cases', '/api/messages', '/api/drafts', '/api/services', '/api/nothing'])
    expect((await get(path, { cookie: `session=${session}` })).headers.get('cache-control')).toBe('no-store');
});

describe('cookies', () => {
  const signIn = async (headers: Record<string, string>) => {
    const phone = '13955571001';
    const call = (path: string, body: object) =>
      fetch(house.url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });
    await call('/api/sign-in/code', { phone });
    const sms = await house.simulator.sms.waitFor(phone, (text) => /\d{6}/.test(text));
    return call('/api/sign-in', { phone, code: /\d{6}/.exec(sms.text)?.[0] });
  };
  const sessionIn = (answer: Response) => answer.headers.getSetCookie().find((one) => /session=./.test(one)) ?? '';

  test('behind TLS the session is a __Host- cookie: secure, for no neighbour, read by no script', async () => {
    const cookie = sessionIn(await signIn(TLS));
    expect(cookie).toMatch(/^__Host-session=[\w-]{22};/);
    expect(cookie).toMatch(/; Secure/);
    expect(cookie).toMatch(/; HttpOnly/);
    expect(cookie).toMatch(/; SameSite=Lax/);
    expect(cookie).toMatch(/; Path=\//);
    expect(cookie).not.toMatch(/Domain=/);
    const [pair = ''] = cookie.split(';');
    const me = async (sent: string) => (await (await get('/api/me', { ...TLS, cookie: sent })).json()).signedIn;
    expect(await me(pair)).toBe(true);
    // A neighbouring host can plant a plain cookie, never this one.
    expect(await me(pair.replace('__Host-', ''))).toBe(false);
  });

  test('without TLS they are what browsers take there', async () => {
    expect(sessionIn(await signIn({}))).toMatch(/^session=[\w-]{22};(?!.*Secure).*HttpOnly.*SameSite=Lax/);
  });
});

describe('a made-up host', () => {
  /** fetch() does not let a caller choose the host. */
  const ask = (path: string, headers: Record<string, string>) =>
    new Promise<string>((resolve, reject) => {
      const { port } = new URL(house.url);
      request({ port, host: '127.0.0.1', path, headers }, (answer) => {
        let text = JSON.stringify(answer.headers);
        answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        answer.on('end', () => resolve(`${answer.statusCode} ${text}`));
      })
        .on('error', reject)
        .end();
    });

  test.each(['/', '/staff', '/api/me', '/openapi.json', '/simulator', '/no-such.js'])(
    'stands nowhere in the answer of %s',
    async (path) => {
      const said = await ask(path, { host: 'evil.example', 'x-forwarded-host': 'evil.example' });
      expect(said).toMatch(/^(200|404) /);
      expect(said).not.toContain('evil.example');
    },
  );
});
