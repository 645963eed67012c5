/**
 * How often what people wait for most asks the database, once it has run before. A way there costs more than most of what is done at its
 * end, and no page shows that one more is gone: whoever makes one dearer finds it here, and says why.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from '../tools/browser.ts';
import { apply, LIU, newHome, OLD_CLERK, RECEIVING_CLERK } from '../tools/story.ts';
import { openStage, saying, type Stage } from './engine/stage.ts';

let stage: Stage;
let liu: Browser;
let clerk: Browser;
let receiving: Browser;
beforeAll(async () => {
  stage = await openStage('2026-09-21 10:00', 'web');
  [liu, clerk, receiving] = (await Promise.all([LIU, OLD_CLERK, RECEIVING_CLERK].map(stage.person))) as [
    Browser,
    Browser,
    Browser,
  ];
});
afterAll(() => stage.stop());

/** What is asked of the database while something is done; finding out who calls is part of it where that is not known. */
async function asking<T>(act: () => Promise<T>): Promise<{ done: T; queries: string[] }> {
  const { options } = stage.house.connection.sql;
  const queries: string[] = [];
  options.debug = (_connection, query) => queries.push(query);
  try {
    return { done: await act(), queries };
  } finally {
    options.debug = false;
  }
}

/** The second look: the session is known, and every statement prepared. */
async function looking(who: Browser, path: string): Promise<string[]> {
  await who.get(path);
  const { done, queries } = await asking(() => who.get(path));
  expect(done.status, `of ${path}`).toBe(200);
  return queries;
}

const atMost = (most: number) => (queries: string[]) => queries.length <= most;

test('looking at a case takes two ways, for whoever applied and for the clerk', async () => {
  const home = { ...newHome, communityId: '430102001001' };
  const number = await apply(liu, 'address-change', { home, since: '2026-01-05', proof: null, phone: LIU });
  expect(await looking(liu, `/api/cases/${number}`)).toSatisfy(atMost(2));
  expect(await looking(clerk, `/api/cases/${number}`)).toSatisfy(atMost(2));
});

test('unfinished applications take two, however many they are, and one of them one', async () => {
  for (const kind of ['relocation', 'certification', 'hospital', 'call-back'])
    expect((await liu.post('/api/drafts', { kind })).status).toBe(200);
  const drafts = (await liu.get('/api/drafts')).body as { id: string }[];
  expect(drafts.length).toBeGreaterThan(3);
  expect(await looking(liu, '/api/drafts')).toSatisfy(atMost(2));
  expect(await looking(liu, `/api/drafts/${drafts[0]?.id}`)).toSatisfy(atMost(1));
  for (const { id } of drafts) await liu.delete(`/api/drafts/${id}`);
});

test.each([
  ['/api/pending', 1],
  ['/api/pending?view=nobodys', 1],
  ['/api/pending/counts', 1],
  ['/api/me', 1],
])('a clerk’s %s takes %i', async (path, most) => expect(await looking(clerk, path)).toSatisfy(atMost(most)));

test.each([
  ['/api/me', 2],
  ['/api/cases', 1],
  ['/api/messages', 1],
  ['/api/activities', 3],
  ['/api/notices', 3],
  ['/api/services', 0],
  ['/api/services/relocation', 0],
  ['/api/units/search?words=sz&level=community', 0],
])('a retiree’s %s takes %i', async (path, most) => expect(await looking(liu, path)).toSatisfy(atMost(most)));

test('a move: to begin it, to answer all, to submit and to decide it', async () => {
  const answers = { to: 'city', home: newHome, since: '2026-01-05', reason: 'other', proof: null, handOver: true };
  const begun = await asking(() => liu.post('/api/drafts', { kind: 'relocation' }));
  expect(begun.queries).toSatisfy(atMost(4));
  const { id } = begun.done.body.draft;
  const saved = await asking(() => liu.put(`/api/drafts/${id}/answers`, { answers: saying(answers) }));
  expect(saved.queries).toSatisfy(atMost(3));
  const submitted = await asking(() => liu.post(`/api/drafts/${id}/submit`, { checked: saved.done.body.revision }));
  expect(submitted.queries).toSatisfy(atMost(12));
  const { number } = submitted.done.body;
  const decided = await asking(() => receiving.post(`/api/cases/${number}/approve`, { version: 1 }));
  expect(decided.done.body).toMatchObject({ status: 'entering' });
  expect(decided.queries).toSatisfy(atMost(16));
});
