/** The doors: ended sessions and posts, one-time links, and a relative who may only look. Attacks on them: `tests/attacks`. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from '../../tools/browser.ts';
import { apply, DAUGHTER, LIU, newHome, OLD_CLERK, RECEIVING_CLERK } from '../../tools/story.ts';
import { openStage, saying, type Stage } from '../engine/stage.ts';

let stage: Stage;
let liu: Browser;
beforeAll(async () => {
  stage = await openStage('2026-11-02 10:00', 'web');
  liu = await stage.person(LIU);
});
afterAll(() => stage.stop());

const sql = (query: string) => stage.house.connection.sql.unsafe(query);
/** A call as the bot makes it. */
const chat = (id: string) => (method: string, path: string, body?: object) =>
  stage.house.app.request(
    `/api${path}`,
    { method, headers: { 'content-type': 'application/json' }, ...(body && { body: JSON.stringify(body) }) },
    { inner: { chat: { kind: 'telegram' as const, id, name: '', language: 'zh' } } },
  );
const json = async (answer: Response | Promise<Response>) => (await answer).json();

describe('what has ended', () => {
  test('a session ended elsewhere writes nothing, although it was read a moment ago', async () => {
    const phone = await stage.house.signIn('13955570001');
    expect((await phone.get('/api/me')).body.signedIn).toBe(true);
    const same = stage.house.visit();
    same.setCookie('session', phone.cookie('session') ?? '');
    await same.post('/api/sign-out');
    expect((await phone.put('/api/me/locale', { locale: 'en' })).status).toBe(401);
    await expect.poll(async () => (await phone.get('/api/me')).body.signedIn).toBe(false);
  });

  test('a post that ended decides nothing more', async () => {
    const move = { to: 'city', home: newHome, since: '2026-10-01', reason: 'other', proof: null, handOver: true };
    const number = await apply(liu, 'relocation', move);
    const clerk = await stage.person(RECEIVING_CLERK);
    expect((await clerk.get(`/api/cases/${number}`)).status).toBe(200);
    await sql(`update posts set ended_at = now() from accounts a where a.id = posts.account_id and a.name = '张伟'`);
    expect((await clerk.post(`/api/cases/${number}/approve`, { version: 1 })).status).toBe(404);
    await sql(`update posts set ended_at = null from accounts a where a.id = posts.account_id and a.name = '张伟'`);
    expect((await clerk.post(`/api/cases/${number}/approve`, { version: 1 })).status).toBe(200);
  });
});

describe('a relative', () => {
  test('who may only look reads the case and does nothing with it; a revoked one reads nothing', async () => {
    const niece = await stage.person('13955570002');
    const [mother] = (await liu.get('/api/me')).body.people;
    const number = (await liu.get('/api/cases')).body.cases[0].number;
    expect((await niece.get(`/api/cases/${number}`)).status).toBe(404);
    await sql(`insert into links (account_id, retiree_id, relation, scope)
      select account_id, '${mother.id}', 'relative', 'look' from sessions order by created_at desc, id desc limit 1`);
    await expect.poll(async () => (await niece.get(`/api/cases/${number}`)).status).toBe(200);
    expect((await niece.get(`/api/cases/${number}`)).body.verbs).toEqual([]);
    expect((await niece.post(`/api/cases/${number}/remind`, {})).status).toBe(403);
    const applying = await niece.post('/api/drafts', { kind: 'call-back', subjectId: mother.id });
    expect(applying).toMatchObject({ status: 403, body: { code: 'not-allowed' } });
    await sql(`update links set revoked_at = now() where relation = 'relative' and scope = 'look'`);
    await expect.poll(async () => (await niece.get(`/api/cases/${number}`)).status).toBe(404);
  });
});

test('a daughter whose link was revoked has lost what she applied for as well', async () => {
  const daughter = await stage.person(DAUGHTER);
  const [mother] = (await daughter.get('/api/me')).body.people;
  const number = await apply(daughter, 'call-back', { phone: DAUGHTER }, mother.id);
  expect((await daughter.get(`/api/cases/${number}`)).status).toBe(200);
  await sql(`update links set revoked_at = now() from logins l where l.account_id = links.account_id and relation = 'child'
    and retiree_id = '${mother.id}'`);
  await expect.poll(async () => (await daughter.get(`/api/cases/${number}`)).status).toBe(404);
  expect((await daughter.post(`/api/cases/${number}/withdraw`, { version: 1 })).status).toBe(404);
  expect((await daughter.get('/api/cases')).body.cases).toEqual([]);
  expect((await liu.get(`/api/cases/${number}`)).status).toBe(200);
});

describe('a link to one question', () => {
  const asLiu = chat('7001');
  beforeAll(async () => {
    await asLiu('POST', '/chat/contact', { phone: LIU, own: true });
  });
  async function linked(): Promise<{ draft: string; token: string }> {
    const begun = await json(asLiu('POST', '/drafts', { kind: 'address-change' }));
    const { token } = await json(asLiu('POST', `/drafts/${begun.draft.id}/links/home`, {}));
    return { draft: begun.draft.id, token };
  }
  const open = (token: string, who = stage.house.visit()) => who.post('/api/question-links/open', { token });
  // Where she lives since the move above: an address elsewhere would end the form.
  const home = { communityId: newHome.communityId, building: '5', room: '501' };

  test('is used up by the first who taps it, answers that question and nothing else, and is no session', async () => {
    const { draft, token } = await linked();
    const phone = stage.house.visit();
    const opened = (await open(token, phone)).body;
    expect(opened).toMatchObject({ kind: 'address-change', question: { key: 'home' } });
    expect((await open(token)).body.code).toBe('link-used');
    const headers = { 'x-grant': opened.grant };
    for (const path of ['/api/drafts', `/api/drafts/${draft}`, '/api/cases', '/api/messages'])
      expect([401, 404]).toContain((await phone.call('GET', path, undefined, headers)).status);
    expect((await phone.call('GET', '/api/me', undefined, headers)).body.signedIn).toBe(false);
    const other = await phone.call('PUT', `/api/drafts/${draft}/answers`, { answers: saying({ home }) }, headers);
    expect(other.status).toBe(404);
    expect((await phone.call('PUT', '/api/question-links/answer', { value: home }, headers)).body).toEqual({
      saved: true,
    });
    expect((await json(asLiu('GET', `/drafts/${draft}`))).next.key).toBe('since');
    const forged = await phone.call('PUT', '/api/question-links/answer', { value: home }, { 'x-grant': token });
    expect(forged.body.code).toBe('link-used');
  });

  test('is over after fifteen minutes, and only the draft’s owner makes one', async () => {
    stage.at('2026-11-02 12:00');
    const { draft, token } = await linked();
    expect((await chat('7002')('POST', `/drafts/${draft}/links/home`, {})).status).toBe(404);
    expect((await (await stage.person(OLD_CLERK)).post(`/api/drafts/${draft}/links/home`)).status).toBe(404);
    stage.at('2026-11-02 12:16');
    expect((await open(token)).status).toBe(410);
  });
});

describe('a link that signs in', () => {
  test('comes from a chat only, asks that chat, and opens once it has said yes', async () => {
    stage.at('2026-11-02 13:00');
    expect((await liu.post('/api/sign-in/link')).body.code).toBe('only-in-chat');
    const mine = chat('7001');
    const { token } = await json(mine('POST', '/sign-in/link', {}));
    const browser = stage.house.visit();
    expect((await browser.post('/api/sign-in/link/finish', { token })).body.code).toBe('link-used');
    expect((await browser.post('/api/sign-in/link/claim', { token })).body).toEqual({ asked: true });
    expect((await stage.house.visit().post('/api/sign-in/link/claim', { token })).body.code).toBe('link-used');
    expect((await browser.post('/api/sign-in/link/finish', { token })).body.code).toBe('not-confirmed');
    const [ticket] = await sql(
      `select id from tickets where kind = 'sign-in' order by created_at desc, id desc limit 1`,
    );
    const yes = { ticket: ticket?.['id'] as string, yes: true };
    expect((await json(chat('7003')('POST', '/chat/confirm-sign-in', yes))).code).toBe('link-used');
    expect((await liu.post('/api/chat/confirm-sign-in', yes)).body.code).toBe('only-in-chat');
    expect((await mine('POST', '/chat/confirm-sign-in', yes)).status).toBe(200);
    expect((await browser.post('/api/sign-in/link/finish', { token })).body).toEqual({ signedIn: true });
    expect((await browser.get('/api/me')).body.people[0].name).toBe('刘淑兰');
    expect((await stage.house.visit().post('/api/sign-in/link/finish', { token })).body.code).toBe('link-used');
  });

  test('is dead once the chat has said no', async () => {
    const mine = chat('7001');
    const { token } = await json(mine('POST', '/sign-in/link', {}));
    const browser = stage.house.visit();
    await browser.post('/api/sign-in/link/claim', { token });
    const [ticket] = await sql(
      `select id from tickets where kind = 'sign-in' order by created_at desc, id desc limit 1`,
    );
    await mine('POST', '/chat/confirm-sign-in', { ticket: ticket?.['id'] as string, yes: false });
    expect((await browser.post('/api/sign-in/link/finish', { token })).body.code).toBe('link-used');
  });
});

describe('a chat that shares its number', () => {
  test('brings its drafts and cases along, several of them; an account with another number keeps its own', async () => {
    const talk = chat('7010');
    await talk('POST', '/chat/contact', { phone: '13955570010', own: true });
    expect((await json(talk('POST', '/chat/contact', { phone: LIU, own: false }))).code).toBe('not-your-contact');
    // The chat's account has a number of its own now: moving the chat takes nothing from it.
    const [before] = await sql(
      `select account_id from logins where kind = 'telegram' order by created_at desc, id desc limit 1`,
    );
    await sql(`insert into links (account_id, retiree_id, relation) select '${before?.['account_id']}', id, 'child'
      from retirees where name = '王桂英'`);
    await stage.person('13955570011');
    await talk('POST', '/chat/contact', { phone: '13955570011', own: true });
    const kept = await sql(`select 1 from links where account_id = '${before?.['account_id']}'`);
    expect(kept).toHaveLength(1);
    expect((await json(talk('GET', '/me'))).people).toEqual([]);
  });
});
