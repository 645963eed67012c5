/** Requests that no page of ours sends: too large, too deep, of the wrong kind, by the wrong verb, or never finished. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answer, Browser } from '../tools/browser.ts';
import { openTestHouse, type HouseUnderTest } from '../tools/house-under-test.ts';
import { LIU, OLD_CLERK } from '../tools/story.ts';

let house: HouseUnderTest;
let liu: Browser;
let clerk: Browser;
beforeAll(async () => {
  house = await openTestHouse({ env: { ROLE: 'web', HEADERS_WITHIN_S: '1', REQUEST_WITHIN_S: '2' } });
  [liu, clerk] = await Promise.all([house.signIn(LIU), house.signIn(OLD_CLERK)]);
});
afterAll(() => house.stop());

const JSON_TYPE = { 'content-type': 'application/json' };
const send = (path: string, text: string, headers: Record<string, string> = JSON_TYPE, who = liu) =>
  who.call('POST', path, new TextEncoder().encode(text), headers);
const nested = (levels: number, open = '[', close = ']') => open.repeat(levels) + close.repeat(levels);

/** Refused in words that say what to do, never with a stack, a path of ours or what was sent. */
function isSaidWell({ body }: Answer): void {
  expect(body.code).toMatch(/^[a-z-]+$/);
  expect(body.detail).toMatch(/\p{Script=Han}/u);
  expect(JSON.stringify(body)).not.toMatch(/at .*\.ts|node_modules|select |insert |params/);
}

describe('a body', () => {
  const answering = (value: string) => `{"kind":"call-back","answers":{"phone":{"value":${value}}}}`;

  test.each<[string, string, string, number, string]>([
    ['that is no JSON', '/api/drafts', '{"kind":', 400, 'bad-json'],
    ['of the wrong shape', '/api/drafts', '{"kind":7}', 400, 'bad-request'],
    ['that is a list', '/api/drafts', '[]', 400, 'bad-request'],
    ['that is null', '/api/drafts', 'null', 400, 'bad-request'],
    ['of nothing', '/api/drafts', '', 400, 'bad-json'],
    ['of a megabyte and more', '/api/drafts', `{"kind":"${'x'.repeat(1_100_000)}"}`, 413, 'too-large'],
    // The limit of pictures is for routes of pictures only.
    ['of two megabytes for a case called files', '/api/cases/files/approve', 'x'.repeat(2_000_000), 413, 'too-large'],
    ['100,000 levels deep', '/api/drafts', answering(nested(100_000)), 400, 'bad-request'],
    [
      '100,000 objects deep',
      '/api/drafts',
      answering(nested(100_000, '{"a":', '}').replace(':}', ':1}')),
      400,
      'bad-request',
    ],
    ['with a NUL in a word', '/api/drafts', answering('"1380000\\u0000"'), 400, 'bad-request'],
    ['with half a character', '/api/drafts', answering('"\\ud83d"'), 422, 'bad-answer'],
    ['with a number beyond all numbers', '/api/drafts', answering('1e999'), 422, 'bad-answer'],
    [
      'with an answer to toString',
      '/api/drafts',
      '{"kind":"call-back","answers":{"toString":{"value":1}}}',
      404,
      'no-such-question',
    ],
    ['about a service called __proto__', '/api/drafts', '{"kind":"__proto__"}', 404, 'no-such-service'],
    ['for an unknown verb', '/api/cases/100000016/dance', '{}', 400, 'bad-request'],
    ['for a verb called constructor', '/api/cases/100000016/constructor', '{}', 400, 'bad-request'],
    ['for an unknown case', '/api/cases/100000024/approve', '{}', 404, 'not-found'],
    ['for a number with a wrong check digit', '/api/cases/100000017/approve', '{}', 404, 'not-found'],
    ['for an unknown route', '/api/nothing/here', '{}', 404, 'no-such-route'],
  ])('%s is refused with a code and words', async (_what, path, text, status, code) => {
    const answer = await send(path, text);
    expect(answer).toMatchObject({ status, body: { code } });
    isSaidWell(answer);
  });

  test('with __proto__ in it changes nothing of ours, and of a key named twice one value counts', async () => {
    const poisoned = '{"kind":"call-back","__proto__":{"polluted":1},"answers":{"__proto__":{"value":1}}}';
    expect((await send('/api/drafts', poisoned)).status).toBe(200);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    const twice = await send('/api/drafts', '{"kind":"no-such","kind":"call-back"}');
    expect(twice.body.draft.kind).toBe('call-back');
  });

  test.each([
    ['text/plain'],
    ['application/x-www-form-urlencoded'],
    ['multipart/form-data; boundary=x'],
    ['application/xml'],
    ['application/json, text/plain'],
    ['x'],
  ])('called %s is read as no JSON', async (type) => {
    const answer = await send('/api/drafts', '{"kind":"call-back"}', { 'content-type': type });
    expect(answer.status).toBe(400);
    isSaidWell(answer);
  });
});

describe('a query', () => {
  test.each([
    ["/api/pending?after=x,y'--"],
    ['/api/pending?after=2026-11-25T00:00:00.000Z,019a0000'],
    ['/api/pending?words=%00'],
    ['/api/pending?kind=%00'],
    ['/api/pending?view=everything'],
    ['/api/cases?after=yesterday'],
    ['/api/messages?before=0'],
    ['/api/units/search?words=%00'],
    ['/api/public-notices?unit=4301&after=now(),1'],
    [`/api/units/search?words=${'%E5%88%98'.repeat(100)}`],
  ])('%s is refused before it reaches the database', async (path) => {
    const answer = await clerk.get(path);
    expect(answer).toMatchObject({ status: 400, body: { code: 'bad-request' } });
    isSaidWell(answer);
  });

  test.each([['/api/pending?words=%FF%FE'], ['/api/units/%ZZ'], ['/api/cases/%E0%A4%A'], ['/api/drafts/..%2f..%2fme']])(
    'a badly written address, %s, is no error of ours',
    async (path) => {
      expect((await clerk.get(path)).status).toBeLessThan(500);
    },
  );
});

/** Speaks HTTP by hand: fetch() would not say these things. @returns everything that came back */
async function speak(text: string): Promise<string> {
  const socket = await dial();
  let heard = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (heard += chunk));
  socket.write(text);
  await closed(socket);
  return heard;
}
const closed = (socket: Socket) =>
  new Promise<'closed'>((resolve) => {
    if (socket.destroyed) resolve('closed');
    else socket.once('close', () => resolve('closed'));
  });
async function dial(): Promise<Socket> {
  const socket = connect(Number(new URL(house.url).port), '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}
const head = (first: string, ...headers: string[]) =>
  [`${first} HTTP/1.1`, 'Host: here', 'Connection: close', ...headers, '', ''].join('\r\n');
const statusOf = (heard: string) => Number(/^HTTP\/1.1 (\d{3})/.exec(heard)?.[1]);

describe('by hand', () => {
  test.each<[string, string, number]>([
    ['a header of 40 KB', head('GET /api/me', `X-Long: ${'x'.repeat(40_000)}`), 431],
    ['5,000 headers', head('GET /api/me', ...Array.from({ length: 5000 }, (_, n) => `X-${n}: 1`)), 431],
    ['an address of 40 KB', head(`GET /api/${'x'.repeat(40_000)}`), 431],
    ['a line that is no HTTP', 'HELLO\r\n\r\n', 400],
    ['two lengths', head('POST /api/sign-out', 'Content-Length: 2', 'Content-Length: 20'), 400],
    [
      'a length and chunks (request smuggling)',
      head('POST /api/me', 'Content-Length: 4', 'Transfer-Encoding: chunked'),
      400,
    ],
    ['a header with a bare line feed', head('GET /api/me', 'X-A: 1\nX-B'), 400],
  ])('%s is refused', async (_what, text, status) => {
    expect(statusOf(await speak(text))).toBe(status);
  });

  test.each(['TRACE', 'CONNECT', 'PATCH', 'PROPFIND', 'DEBUG', 'QUERY'])('%s does nothing', async (method) => {
    const heard = await speak(head(`${method} /api/me`, `Cookie: session=${liu.cookie('session')}`, 'X-Secret: echo'));
    expect(heard).not.toMatch(/^HTTP\/1.1 2/);
    expect(heard).not.toContain('echo');
  });

  test('HEAD tells no more than GET, and GET does nothing that is for POST', async () => {
    const cookie = `Cookie: session=${liu.cookie('session')}`;
    expect(await speak(head('HEAD /api/me', cookie))).not.toContain('刘淑兰');
    for (const path of ['/api/sign-out', '/api/me/bind', '/api/sign-in/code'])
      for (const method of ['GET', 'HEAD'])
        expect(statusOf(await speak(head(`${method} ${path}`, cookie, 'X-HTTP-Method-Override: POST')))).toBe(404);
    expect((await liu.get('/api/me')).body.signedIn).toBe(true);
  });
});

/** The limits of this house are seconds; the sockets only wait, all at the same time. */
describe.concurrent('whoever sends slowly is hung up on:', () => {
  const closes = (socket: Socket) => closed(socket.resume());

  test('a header line now and then (slowloris)', async () => {
    const sockets = await Promise.all(Array.from({ length: 50 }, dial));
    const dripping = setInterval(() => {
      for (const socket of sockets) if (socket.writable) socket.write('X-A: b\r\n');
    }, 200);
    for (const socket of sockets) socket.write('GET /api/me HTTP/1.1\r\nHost: here\r\n');
    expect(new Set(await Promise.all(sockets.map(closes)))).toEqual(new Set(['closed']));
    clearInterval(dripping);
  });

  test('a body that never ends', async () => {
    const socket = await dial();
    socket.write('POST /api/sign-in/code HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\n');
    socket.write('Content-Length: 100000\r\n\r\n{');
    const dripping = setInterval(() => socket.writable && socket.write(' '), 200);
    expect(await closes(socket)).toBe('closed');
    clearInterval(dripping);
  });

  test('nothing at all', async () => {
    expect(await closes(await dial())).toBe('closed');
  });

  test('and others are served meanwhile', async () => {
    expect((await liu.get('/api/me')).status).toBe(200);
  });
});
