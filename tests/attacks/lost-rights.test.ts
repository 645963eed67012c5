/** Whoever has lost a right has lost what they began with it: drafts, pictures, links to questions, chats, cases. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from '../tools/browser.ts';
import { apply, DAUGHTER, LIU, newHome, OLD_CLERK, RECEIVING_CLERK } from '../tools/story.ts';
import { openStage, saying, type Stage } from '../api/engine/stage.ts';

let stage: Stage;
let mother: string;
beforeAll(async () => {
  stage = await openStage('2026-11-02 10:00', 'web');
  mother = (await (await stage.person(LIU)).get('/api/me')).body.people[0].id;
});
afterAll(() => stage.stop());

const sql = (query: string) => stage.house.connection.sql.unsafe(query);
/** What befalls a link or a post, and its undoing: what is cached of a session lasts five seconds, or until it writes. */
async function without(
  table: 'links' | 'posts',
  change: string,
  name: string,
  then: () => Promise<void>,
): Promise<void> {
  const whose = `from accounts a where a.id = ${table}.account_id and a.name = '${name}'`;
  const [column] = change.split(' = ');
  await sql(`update ${table} set ${change} ${whose}`);
  try {
    await then();
  } finally {
    await sql(`update ${table} set ${column} = null ${whose}`);
  }
}

/** What can still be done with the draft: nothing, whoever has lost the right to it. */
async function inReach(who: Browser, draft: { id: string; revision: number }): Promise<string[]> {
  const path = `/api/drafts/${draft.id}`;
  const calls: [string, string, unknown?][] = [
    ['PUT', `${path}/answers`, { answers: {} }],
    ['POST', `${path}/submit`, { checked: draft.revision }],
    ['POST', `${path}/files/proof`, new Uint8Array([1])],
    ['POST', `${path}/links/phone`, {}],
    ['DELETE', path],
    ['GET', path],
    ['GET', `${path}/questions/since`],
  ];
  const left: string[] = [];
  for (const [method, where, body] of calls)
    if ((await who.call(method, where, body)).status !== 404) left.push(`${method} ${where}`);
  return [...left, ...(await who.get('/api/drafts')).body];
}

const move = { to: 'city', home: newHome, since: '2026-10-01', reason: 'other' };

test.each(['revoked_at = now()', `until = '2026-01-01'`])(
  'a daughter whose link is over (%s) loses the form that she began for her mother',
  async (change) => {
    const daughter = await stage.person(DAUGHTER);
    const answers = saying(move);
    const { draft } = (await daughter.post('/api/drafts', { kind: 'relocation', subjectId: mother, answers })).body;
    const { token } = (await daughter.post(`/api/drafts/${draft.id}/links/proof`)).body;
    const { grant } = (await stage.house.visit().post('/api/question-links/open', { token })).body;
    await without('links', change, '周敏', async () => {
      expect(await inReach(daughter, draft)).toEqual([]);
      const answer = { value: null };
      const linked = await stage.house.visit().call('PUT', '/api/question-links/answer', answer, { 'x-grant': grant });
      expect(linked.status).toBe(404);
    });
    // A write looks past what is cached of her session.
    const again = await daughter.put(`/api/drafts/${draft.id}/answers`, { answers: {} });
    expect(again.body.subject.name).toBe('刘淑兰');
  },
);

test('a daughter who from now on may only look sees the case and loses the form', async () => {
  const daughter = await stage.person(DAUGHTER);
  const { draft } = (await daughter.post('/api/drafts', { kind: 'relocation', subjectId: mother })).body;
  await sql(`update links set scope = 'look' from accounts a where a.id = links.account_id and a.name = '周敏'`);
  expect(await inReach(daughter, draft)).toEqual([]);
  await sql(`update links set scope = 'apply' from accounts a where a.id = links.account_id and a.name = '周敏'`);
});

test('a chat that talked about the form goes on without it', async () => {
  const chat = { kind: 'telegram' as const, id: '8100', name: '', language: 'zh' };
  const call = async (method: string, path: string, body?: object) => {
    const init = {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    };
    return (await stage.house.app.request(`/api${path}`, init, { inner: { chat } })).json();
  };
  await call('POST', '/chat/contact', { phone: DAUGHTER, own: true });
  await call('POST', '/drafts', { kind: 'relocation', subjectId: mother });
  expect((await call('GET', '/chat/draft')).draft.subject.name).toBe('刘淑兰');
  await without('links', 'revoked_at = now()', '周敏', async () => {
    expect(await call('GET', '/chat/draft')).toEqual({ draft: null });
  });
});

test('somebody bound to the wrong record loses the case that they opened as that person', async () => {
  const liu = await stage.person(LIU);
  const number = await apply(liu, 'call-back', { phone: LIU });
  await without('links', 'revoked_at = now()', '刘淑兰', async () => {
    expect((await liu.post(`/api/cases/${number}/withdraw`, { version: 1 })).status).toBe(404);
    expect((await liu.get(`/api/cases/${number}`)).status).toBe(404);
    expect((await liu.get('/api/cases')).body.cases).toEqual([]);
  });
  expect((await liu.post(`/api/cases/${number}/withdraw`, { version: 1 })).status).toBe(200);
});

test.each(['ended_at = now()', 'suspended_at = now()'])(
  'a clerk whose post is over (%s) loses the form at the counter, the case that came of it and the decision begun',
  async (change) => {
    const [counter, receiving] = [await stage.person(OLD_CLERK), await stage.person(RECEIVING_CLERK)];
    const { draft } = (await counter.post('/api/drafts', { kind: 'address-change', subjectId: mother })).body;
    const number = await apply(counter, 'relocation', { ...move, proof: null, handOver: true }, mother);
    await without('posts', change, '李娟', async () => {
      expect(await inReach(counter, draft)).toEqual([]);
      expect((await counter.get(`/api/cases/${number}`)).status).toBe(404);
      expect((await counter.post('/api/retirees/search', { words: '刘' })).status).toBe(403);
    });
    const decision = (await receiving.post(`/api/cases/${number}/drafts`, { verb: 'return' })).body;
    const reason = decision.next.choices[0].value;
    const said = (
      await receiving.put(`/api/drafts/${decision.id}/answers`, { answers: saying({ [decision.next.key]: [reason] }) })
    ).body;
    await without('posts', change, '张伟', async () => {
      const { id, revision } = said.id ? said : decision;
      expect((await receiving.post(`/api/drafts/${id}/submit`, { checked: revision, version: 1 })).status).toBe(404);
      expect((await receiving.get(`/api/cases/${number}`)).status).toBe(404);
    });
    await counter.post(`/api/cases/${number}/withdraw`, { version: 1 });
  },
);

test('a daughter whose link is over is told nothing more of the case that she opened', async () => {
  const daughter = await stage.person(DAUGHTER);
  const liu = await stage.person(LIU);
  const number = await apply(daughter, 'call-back', { phone: DAUGHTER }, mother);
  const told = async () =>
    (await daughter.get('/api/messages')).body.filter((line: { case: string }) => line.case === number);
  expect(await told()).toHaveLength(1);
  await without('links', 'revoked_at = now()', '周敏', async () => {
    expect((await liu.post(`/api/cases/${number}/withdraw`, { version: 1 })).status).toBe(200);
  });
  expect(await told()).toHaveLength(1);
});
