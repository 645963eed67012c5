/** Calls that another site makes a browser send, and calls that pretend to come from inside the product. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from '../tools/browser.ts';
import { openTestHouse, type HouseUnderTest } from '../tools/house-under-test.ts';
import { LIU } from '../tools/story.ts';

let house: HouseUnderTest;
let liu: Browser;
beforeAll(async () => {
  house = await openTestHouse({ env: { ROLE: 'web' } });
  liu = await house.signIn(LIU);
});
afterAll(() => house.stop());

/** Every route that writes, from the running app. */
const writing = () => [
  ...new Set(
    house.app.routes
      .filter(({ method, path }) => /^(POST|PUT|PATCH|DELETE)$/.test(method) && path.startsWith('/api/'))
      .map(({ method, path }) => `${method} ${path}`),
  ),
];
/** What a form or a script without leave to ask first can send. */
const simple = ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', undefined];

test.each([['https://evil.example'], ['null'], ['not a url'], ['http://127.0.0.1:1'], ['https://127.0.0.1']])(
  'no route writes for a page of the origin %s',
  async (origin) => {
    expect(writing().length).toBeGreaterThan(15);
    for (const route of writing()) {
      const [method = '', path = ''] = route.split(' ');
      const type = simple[route.length % simple.length];
      const answer = await liu.call(method, path, new TextEncoder().encode('{"locale":"en"}'), {
        origin,
        ...(type && { 'content-type': type }),
      });
      expect(answer, `to ${route}`).toMatchObject({ status: 403, body: { code: 'other-origin' } });
    }
  },
);

test('a form of another site without an origin cannot write either', async () => {
  for (const type of simple.slice(0, 3)) {
    const answer = await fetch(`${house.url}/api/me/locale`, {
      method: 'POST',
      headers: {
        cookie: `session=${liu.cookie('session')}`,
        'content-type': type ?? '',
        'sec-fetch-site': 'cross-site',
      },
      body: 'locale=en',
    });
    expect([403, 404]).toContain(answer.status);
  }
  expect((await liu.get('/api/me')).body.locale).toBe('zh-CN');
});

test('a page of ours writes', async () => {
  expect((await liu.put('/api/me/locale', { locale: 'zh-CN' })).status).toBe(200);
});

test('no answer lets another origin read it', async () => {
  const asked = await fetch(`${house.url}/api/me`, { method: 'OPTIONS', headers: { origin: 'https://evil.example' } });
  expect(asked.headers.get('access-control-allow-origin')).toBeNull();
  expect(asked.headers.get('access-control-allow-credentials')).toBeNull();
});

test('nobody can say that they come from a chat, by header, cookie, query or body', async () => {
  const inner = { chat: { kind: 'telegram', id: '1', name: '', language: 'zh' }, actKey: 'k' };
  const forged = house.visit();
  forged.setCookie('inner', JSON.stringify(inner));
  const headers = { inner: JSON.stringify(inner), 'x-inner': JSON.stringify(inner), env: JSON.stringify({ inner }) };
  const body = { phone: LIU, own: true, inner };
  const answer = await forged.call('POST', '/api/chat/contact?inner[chat][id]=1', body, headers);
  expect(answer).toMatchObject({ status: 403, body: { code: 'only-in-chat' } });
  expect((await forged.call('GET', '/api/me', undefined, headers)).body.signedIn).toBe(false);
});
