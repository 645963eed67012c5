/**
 * Every route of the OpenAPI document is sent thousands of inputs, fitting, nearly fitting and hostile, by a guest, a retiree, a clerk
 * and the city's lead. Nothing may answer 5xx, answer otherwise than it is described, or show its inside. `FUZZ_RUNS` says how many.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Answer, Browser } from '../tools/browser.ts';
import { openTestHouse, type HouseUnderTest } from '../tools/house-under-test.ts';
import { apply, LIU, newHome, RECEIVING_CLERK } from '../tools/story.ts';
import { INSIDE, SEED, textsFor, told, valuesFor, type Schema } from './inputs.ts';

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 3000);
const CITY = '13800000041';
/** Whoever calls these is signed out, or gone: they are sent by guests only. */
const ENDS_THE_CALLER = [
  'POST /api/sign-out',
  'POST /api/me/sessions/end',
  'DELETE /api/me/sessions/{id}',
  'DELETE /api/me/ways/{id}',
  'POST /api/me/close',
];

/** The city's lead signs out whoever is named there, also one of these callers: they are let in again. */
const ENDS_ANOTHER = [
  'POST /api/retirees/{id}/lost-phone',
  'POST /api/staff/{id}/reset-factor',
  'POST /api/staff/{id}/suspend',
  'POST /api/staff/{id}/remove',
];

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema?: Schema;
}
interface Operation {
  parameters?: Parameter[];
  requestBody?: { content?: Record<string, { schema?: Schema }> };
}
interface Route {
  method: string;
  path: string;
  operation: Operation;
}

let house: HouseUnderTest;
let routes: Route[];
let callers: Record<string, Browser>;
let known: string[];
beforeAll(async () => {
  house = await openTestHouse({ env: { ROLE: 'web' } });
  const document = (await (await fetch(`${house.url}/openapi.json`)).json()) as {
    paths: Record<string, Record<string, Operation>>;
  };
  routes = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
  const [liu, clerk, city] = await Promise.all([LIU, RECEIVING_CLERK, CITY].map((phone) => house.signIn(phone)));
  callers = { guest: house.visit(), liu, clerk, city } as Record<string, Browser>;
  known = await idsInUse(liu as Browser);
});
afterAll(() => house.stop());

/** Ids that lead somewhere, so that inputs come past the first check. */
async function idsInUse(liu: Browser): Promise<string[]> {
  const move = { to: 'city', home: newHome, since: '2026-10-01', reason: 'other', proof: null, handOver: true };
  const number = await apply(liu, 'relocation', move);
  const draft = (await liu.post('/api/drafts', { kind: 'call-back' })).body.draft;
  const { sql } = house.connection;
  const ids = await sql`
    (select id::text from retirees order by name = '刘淑兰' desc limit 3) union all
    (select id::text from accounts limit 3) union all (select id::text from posts limit 3) union all
    (select id::text from links limit 3)`;
  const named = [
    number,
    draft?.id ?? '',
    '430111001001',
    '4301',
    '430102001',
    'relocation',
    'call-back',
    '13800000009',
  ];
  return [...named, ...ids.map((row) => row['id'] as string)].filter(Boolean);
}

/** One call, made of generated parts. */
function call({ method, path, operation }: Route) {
  const parameters = operation.parameters ?? [];
  const inPath = parameters.filter((one) => one.in === 'path');
  const inQuery = parameters.filter((one) => one.in === 'query');
  const schema = operation.requestBody?.content?.['application/json']?.schema;
  const taste = (wild: number) => ({ known, wild });
  const text = (one: Parameter) => textsFor(one.schema, taste(2));
  return fc.record({
    path: fc
      .tuple(...inPath.map(text))
      .map((values) =>
        inPath.reduce((whole, { name }, at) => whole.replace(`{${name}}`, encoded(values[at] ?? '') || '%20'), path),
      ),
    query: fc.record(Object.fromEntries(inQuery.map((one) => [one.name, text(one)])), {
      requiredKeys: inQuery.filter((one) => one.required).map(({ name }) => name),
    }),
    body:
      method === 'GET'
        ? fc.constant(undefined)
        : fc.oneof(...[0, 0, 1, 3].map((wild) => valuesFor(schema, taste(wild)))),
  });
}

/** Lone halves of a character cannot stand in an address, and Node refuses one that is longer than its headers may be. */
const fitAddress = (text: string): string => text.toWellFormed().slice(0, 300);
const encoded = (text: string): string => encodeURIComponent(fitAddress(text));

function ensureDecent(what: string, { status, body }: Answer): void {
  const said = typeof body === 'string' ? body : JSON.stringify(body);
  expect(status, `${what} answered ${status}: ${said.slice(0, 500)}`).toBeLessThan(500);
  if (status >= 400) expect(INSIDE.test(said), `${what} shows its inside: ${said.slice(0, 500)}`).toBe(false);
}

test('no input breaks a route, whoever sends it', { timeout: 1_800_000 }, async () => {
  const each = Math.max(4, Math.ceil(RUNS / routes.length));
  const counts: Record<string, number> = {};
  const found: string[] = [];
  for (const route of routes) {
    const name = `${route.method} ${route.path}`;
    const who = ENDS_THE_CALLER.includes(name) ? ['guest'] : Object.keys(callers);
    const property = fc.asyncProperty(fc.constantFrom(...who), call(route), async (caller, { path, query, body }) => {
      const search = new URLSearchParams(Object.entries(query).map(([key, value]) => [key, fitAddress(value)]));
      const answer = await callers[caller]?.call(route.method, `${path}${search.size ? `?${search}` : ''}`, body);
      if (!answer) return;
      counts[answer.status] = (counts[answer.status] ?? 0) + 1;
      ensureDecent(`${caller}: ${name} ${JSON.stringify({ path, query, body }).slice(0, 600)}`, answer);
    });
    const options = { numRuns: each, ...(SEED !== undefined && { seed: SEED }), endOnFailure: true };
    await fc.assert(property, options).catch((error: unknown) => found.push(told(name, error)));
    if (ENDS_ANOTHER.includes(name)) await house.connection.sql`update sessions set ended_at = null`;
  }
  expect(found).toEqual([]);
  if (RUNS > 3000) process.stdout.write(`${routes.length} routes: ${JSON.stringify(counts)}\n`);
  // All the while they were who they were: nobody was signed out on the way, and refused ever after for that alone.
  expect(routes.map(({ method, path }) => `${method} ${path}`)).toEqual(
    expect.arrayContaining([...ENDS_THE_CALLER, ...ENDS_ANOTHER]),
  );
  const signedIn = await Promise.all(['liu', 'clerk', 'city'].map(async (one) => callers[one]?.get('/api/me')));
  expect(signedIn.map((one) => one?.body.signedIn)).toEqual([true, true, true]);
  // Not only refusals: inputs came through to the rules.
  expect(counts['200'] ?? 0).toBeGreaterThan(routes.length / 2);
});
