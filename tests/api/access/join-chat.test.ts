/** A chat proves a phone number: one person's two accounts become one, two people's never do. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DAUGHTER, LIU, OLD_CLERK, RECEIVING_CLERK } from '../../tools/story.ts';
import { openStage, type Stage } from '../engine/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage('2026-11-02 10:00', 'web');
});
afterAll(() => stage.stop());

const sql = (query: string) => stage.house.connection.sql.unsafe(query);
const chat = (id: string) => async (method: string, path: string, body?: object) => {
  const answer = await stage.house.app.request(
    `/api${path}`,
    { method, headers: { 'content-type': 'application/json' }, ...(body && { body: JSON.stringify(body) }) },
    { inner: { chat: { kind: 'telegram' as const, id, name: '', language: 'zh' } } },
  );
  return { status: answer.status, body: await answer.json() };
};
const share = (id: string, phone: string) => chat(id)('POST', '/chat/contact', { phone, own: true });
const accountOf = async (id: string): Promise<string> => {
  await chat(id)('GET', '/me');
  const [row] = await sql(
    `select account_id from logins where kind = 'telegram' order by created_at desc, id desc limit 1`,
  );
  return String(row?.['account_id']);
};
const retiree = async (name: string): Promise<string> =>
  String((await sql(`select id from retirees where name = '${name}' limit 1`))[0]?.['id']);

describe('one person', () => {
  test('brings drafts, posts, links, consents and notices of the chat along, and the chat goes on with its form', async () => {
    const account = await accountOf('8001');
    await sql(`insert into posts (account_id, unit_id, role) values ('${account}', '430102001001', 'clerk')`);
    await sql(
      `insert into links (account_id, retiree_id, relation) values ('${account}', '${await retiree('陈建国')}', 'child')`,
    );
    await chat('8001')('PUT', '/me/consents/photos', { agreed: true });
    await chat('8001')('POST', '/drafts', { kind: 'call-back', subjectId: await retiree('陈建国') });
    const phone = await stage.person('13955591001');
    await phone.put('/api/me/consents/photos', { agreed: true });
    await phone.put('/api/me/consents/chat-news', { agreed: true });
    expect((await share('8001', '13955591001')).body).toEqual({ joined: true });

    const me = (await phone.get('/api/me')).body;
    expect(me.posts).toHaveLength(1);
    expect(me.people.map(({ name }: { name: string }) => name)).toEqual(['陈建国']);
    expect((await phone.get('/api/drafts')).body).toHaveLength(1);
    expect((await chat('8001')('GET', '/chat/draft')).body.draft.kind).toBe('call-back');
    const given = (await phone.get('/api/me/consents')).body.filter(({ givenAt }: { givenAt: string }) => givenAt);
    expect(given).toHaveLength(2);
    const [left] = await sql(`select closed_at is not null as closed from accounts where id = '${account}'`);
    expect(left?.['closed']).toBe(true);
  });

  test('of two chats that prove one number at once, both lead to its account', async () => {
    const phone = '13955591002';
    const ids = ['8010', '8011', '8012', '8013'];
    const answers = await Promise.all(ids.map((id) => share(id, phone)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const owner = await stage.person(phone);
    expect((await owner.get('/api/me/sessions')).body.ways).toHaveLength(5);
    expect((await share('8010', phone)).status).toBe(200);
  });

  test('a number that is signed in with at the same moment as the chat proves it is still one account', async () => {
    const phone = '13955591003';
    const asked = stage.house.visit();
    await asked.post('/api/sign-in/code', { phone });
    const { text } = await stage.house.simulator.sms.waitFor(phone);
    const code = /\d{6}/.exec(text)?.[0];
    const [signedIn, joined] = await Promise.all([asked.post('/api/sign-in', { phone, code }), share('8020', phone)]);
    expect([signedIn.status, joined.status]).toEqual([200, 200]);
    expect((await asked.get('/api/me/sessions')).body.ways).toHaveLength(2);
  });
});

describe('two people', () => {
  const refused = { status: 409, body: { code: 'accounts-differ' } };

  test('with a post each are kept apart, with words', async () => {
    const account = await accountOf('8030');
    await sql(`insert into posts (account_id, unit_id, role) values ('${account}', '430111001001', 'clerk')`);
    expect(await share('8030', OLD_CLERK)).toMatchObject(refused);
    expect((await chat('8030')('GET', '/me')).body.posts[0].unit.id).toBe('430111001001');
    expect((await (await stage.person(OLD_CLERK)).get('/api/me')).body.posts[0].unit.id).toBe('430102001001');
  });

  test('who are two retirees are kept apart', async () => {
    const account = await accountOf('8031');
    const wang = await retiree('王桂英');
    await sql(
      `insert into links (account_id, retiree_id, relation, scope) values ('${account}', '${wang}', 'self', 'everything')`,
    );
    const answer = await share('8031', LIU);
    expect(answer).toMatchObject(refused);
    expect(answer.body.detail).toContain('带身份证到社区');
    expect((await chat('8031')('GET', '/me')).body.people).toMatchObject([{ name: '王桂英' }]);
    expect((await (await stage.person(LIU)).get('/api/me')).body.people).toMatchObject([{ name: '刘淑兰' }]);
  });

  test('a mother’s chat and her daughter’s phone are kept apart', async () => {
    const account = await accountOf('8032');
    const liu = await retiree('刘淑兰');
    await sql(
      `insert into links (account_id, retiree_id, relation, scope) values ('${account}', '${liu}', 'self', 'everything')`,
    );
    expect(await share('8032', DAUGHTER)).toMatchObject(refused);
    expect((await (await stage.person(DAUGHTER)).get('/api/me')).body.people).toMatchObject([{ relation: 'child' }]);
  });

  test('a chat that changes hands leaves what it talked about with its first account', async () => {
    await share('8033', LIU);
    await chat('8033')('POST', '/drafts', { kind: 'call-back' });
    await sql(`update logins set proven_until = now() + interval '1 day' where kind = 'telegram'`);
    await share('8033', RECEIVING_CLERK);
    // A second factor proved for the one account proves nothing for the other.
    const [login] = await sql(`select proven_until from logins w join accounts a on a.id = w.account_id
      where w.kind = 'telegram' and a.name = '张伟'`);
    expect(login?.['proven_until']).toBeNull();
    expect((await chat('8033')('GET', '/me')).body.name).toBe('张伟');
    expect((await chat('8033')('GET', '/chat/draft')).body).toEqual({ draft: null });
    expect((await (await stage.person(LIU)).get('/api/drafts')).body).toHaveLength(1);
  });
});
