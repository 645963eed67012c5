/** Where a list goes on is typed by programs, and by whoever tries: what no line has is refused, and the database is not asked. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from '../tools/browser.ts';
import { LIU, OLD_CLERK } from '../tools/story.ts';
import { openStage, type Stage } from './engine/stage.ts';

let stage: Stage;
let liu: Browser;
let clerk: Browser;
let lead: Browser;
beforeAll(async () => {
  stage = await openStage('2026-09-21 10:00', 'web');
  [liu, clerk] = (await Promise.all([LIU, OLD_CLERK].map(stage.person))) as [Browser, Browser];
  lead = await stage.staff('430102001001', 'lead');
});
afterAll(() => stage.stop());

const ID = '019a0000-0000-7000-8000-000000000000';
const MILLIS = 999_999_999_999_999;
const UNIT = '430102001001';
const wrong = [
  `0000-01-01T00:00:00.000Z,${ID}`,
  `2026-02-31T00:00:00.000Z,${ID}`,
  'Z:T3T.:TZ:81-9TZTTZ-.7T,ee-1--84cf3b-450--a-b-b-b----466f--7',
  '0000-01-01T00:00:00Z',
  '2026-02-31T00:00:00Z',
  `${MILLIS}.${ID}`,
  `1.${MILLIS}.${ID}`,
  '4301.430102,nobody',
  `4301.430102,${'a'.repeat(36)}`,
];

test.each([
  ['a retiree', () => liu, '/api/cases', 'after'],
  ['a retiree', () => liu, '/api/messages', 'before'],
  ['a retiree', () => liu, '/api/me/lookups', 'before'],
  ['a retiree', () => liu, '/api/activities', 'after'],
  ['a retiree', () => liu, '/api/notices', 'after'],
  ['a retiree', () => liu, `/api/public-notices?unit=${UNIT}`, 'after'],
  ['a clerk', () => clerk, '/api/pending', 'after'],
  ['a clerk', () => clerk, `/api/staff/delivery?unit=${UNIT}`, 'after'],
  ['a clerk', () => clerk, `/api/staff/delivery?unit=${UNIT}&to=staff`, 'after'],
  ['a clerk', () => clerk, `/api/figures/cases?unit=${UNIT}&what=received`, 'after'],
  ['a clerk', () => clerk, `/api/staff/activities?unit=${UNIT}`, 'after'],
  ['a clerk', () => clerk, `/api/staff/notices?unit=${UNIT}`, 'after'],
  ['a lead', () => lead, `/api/staff?unit=${UNIT}`, 'after'],
] as const)('%s goes on in no list from where nothing is: %#', async (_who, who, path, name) => {
  expect((await who().get(path)).status, `of ${path}`).toBe(200);
  const answers = await Promise.all(
    wrong.map((value) => who().get(`${path}${path.includes('?') ? '&' : '?'}${name}=${encodeURIComponent(value)}`)),
  );
  expect(answers.map(({ status }) => status).filter((status) => status >= 500)).toEqual([]);
});
