/** The OpenAPI document says of every route what it is for and what it answers. `tests/tools/described.ts` holds real answers against it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Document, Operation } from '../tools/described.ts';
import { ensureDescribed } from '../tools/described.ts';
import { openTestHouse, type HouseUnderTest } from '../tools/house-under-test.ts';

let house: HouseUnderTest;
let document: Document;
beforeAll(async () => {
  house = await openTestHouse({ env: { ROLE: 'web' } });
  document = (await (await fetch(`${house.url}/openapi.json`)).json()) as Document;
});
afterAll(() => house.stop());

const routes = () =>
  [
    ...new Set(
      house.app.routes
        .filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/'))
        .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`),
    ),
  ].map((route) => {
    const [method = '', path = ''] = route.split(' ');
    return { route, operation: document.paths[path]?.[method.toLowerCase()] };
  });

/** Nothing to say (204), bytes of another kind, or JSON with a shape. */
function saysItsAnswer({ responses }: Operation): boolean {
  if (responses['204']) return true;
  return Object.entries(responses['200']?.content ?? {}).some(
    ([type, { schema }]) => type !== 'application/json' || schema,
  );
}

test('it says whose it is', () => {
  expect(document).toMatchObject({ info: { title: 'Tuiguan', description: expect.stringContaining('退管通') } });
});

test('every route says what it is for', () => {
  expect(
    routes()
      .filter(({ operation }) => !operation?.summary)
      .map(({ route }) => route),
  ).toEqual([]);
});

test('every route says the shape of its answer: `about(words, shape)`, see CONTRIBUTING.md', () => {
  const silent = routes().filter(({ operation }) => !operation || !saysItsAnswer(operation));
  expect(silent.map(({ route }) => route)).toEqual([]);
});

test('whatever goes wrong is problem+json, on every route', () => {
  const other = routes().filter(
    ({ operation }) => JSON.stringify(operation?.responses['default']) !== '{"$ref":"#/components/responses/problem"}',
  );
  expect(other.map(({ route }) => route)).toEqual([]);
  expect(JSON.stringify(document.components.responses['problem'])).toContain('application/problem+json');
});

test('an answer that is not what its description says is found', async () => {
  const raw = { method: 'GET', path: '/api/me', status: 200, type: 'application/json' };
  const me = (await (await fetch(`${house.url}/api/me`)).json()) as object;
  await ensureDescribed(house.url, { ...raw, body: me });
  await expect(ensureDescribed(house.url, { ...raw, body: { ...me, more: 1 } })).rejects.toThrow(
    /must NOT have additional properties/,
  );
  await expect(ensureDescribed(house.url, { ...raw, body: { ...me, signedIn: null } })).rejects.toThrow(
    /must be boolean/,
  );
  await expect(ensureDescribed(house.url, { ...raw, path: '/api/nobody-knows', body: {} })).rejects.toThrow(
    /does not know/,
  );
  await expect(ensureDescribed(house.url, { ...raw, status: 404, body: {} })).rejects.toThrow(/problem\+json/);
});
