/** An account that is closed signs nobody in, and breaks no chain; the registry record stays. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditChains } from '../../../api/engine/audit.ts';
import type { Answer, Browser } from '../../tools/browser.ts';
import { initDataOf } from '../../tools/mini-app.ts';
import { apply, DAUGHTER, LIU, newHome, OLD_CLERK, RECEIVING_CLERK } from '../../tools/story.ts';
import { openStage, use, type Stage } from '../engine/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage('2026-11-02 10:00', 'web');
});
afterAll(() => stage.stop());

const sql = (query: string) => stage.house.connection.sql.unsafe(query);
async function closingCode(who: Browser, phone: string): Promise<string> {
  await who.post('/api/me/codes', { purpose: 'close-account' });
  return /\d{6}/.exec(stage.house.simulator.sms.list(phone).at(-1)?.text ?? '')?.[0] ?? '';
}
const close = async (who: Browser, phone: string, cases: string[] = []) =>
  who.post('/api/me/close', { code: await closingCode(who, phone), cases });
const fromChat = async (id: string, method: string, path: string, body?: object) => {
  const init = { method, headers: { 'content-type': 'application/json' }, ...(body && { body: JSON.stringify(body) }) };
  const inner = { chat: { kind: 'telegram' as const, id, name: '', language: 'zh' } };
  return (await stage.house.app.request(path, init, { inner })).json();
};

test('whoever holds a post hands over first', async () => {
  const clerk = await stage.person(OLD_CLERK);
  expect((await clerk.get('/api/me/closing')).body.hasPosts).toBe(true);
  expect(await close(clerk, OLD_CLERK)).toMatchObject({ status: 409, body: { code: 'has-posts' } });
});

test('the open cases are named first: when one has come since, nothing is closed', async () => {
  const phone = '13955593001';
  const person = await stage.person(phone);
  expect((await person.get('/api/me/closing')).body).toEqual({ cases: [], hasPosts: false });
  const daughter = await stage.person(DAUGHTER);
  const [mother] = (await daughter.get('/api/me')).body.people;
  await apply(daughter, 'call-back', { phone: DAUGHTER }, mother.id);
  // A mother's case goes on with the mother.
  expect((await daughter.get('/api/me/closing')).body.cases).toEqual([]);
  const liu = await stage.person(LIU);
  const named = (await liu.get('/api/me/closing')).body.cases;
  expect(named).toMatchObject([{ title: '请社区回电', unit: { name: '识字里社区' } }]);
  expect(await close(liu, LIU)).toMatchObject({ status: 409, body: { code: 'open-cases-changed' } });
  expect((await liu.get('/api/me')).body.signedIn).toBe(true);
});

describe('when it is closed', () => {
  let liu: Browser;
  let number: string;
  let retiree: string;
  let grant: string;
  let signInLink: string;
  let account: string;
  let other: Browser;
  let cases: string[];
  let closed: Answer;
  beforeAll(async () => {
    liu = await stage.house.signIn(LIU);
    other = await stage.house.signIn(LIU);
    retiree = (await liu.get('/api/me')).body.people[0].id;
    await fromChat('8900', 'POST', '/api/chat/contact', { phone: LIU, own: true });
    const move = { to: 'city', home: newHome, since: '2026-10-01', reason: 'other', proof: null, handOver: true };
    number = await apply(liu, 'relocation', move);
    const { draft } = (await liu.post('/api/drafts', { kind: 'address-change' })).body;
    const { token } = (await liu.post(`/api/drafts/${draft.id}/links/home`)).body;
    grant = (await stage.house.visit().post('/api/question-links/open', { token })).body.grant;
    signInLink = (await fromChat('8900', 'POST', '/api/sign-in/link')).token;
    await liu.put('/api/me/consents/photos', { agreed: true });
    const [row] = await sql(`select account_id from links where retiree_id = '${retiree}' and relation = 'self'`);
    account = String(row?.['account_id']);
    cases = (await liu.get('/api/me/closing')).body.cases.map((one: { number: string }) => one.number);
    closed = await close(liu, LIU, cases);
  });

  test('nothing that led in leads in: no session, chat, link or grant', async () => {
    expect(cases).toContain(number);
    expect(closed.body).toEqual({ closed: true });
    expect((await other.put('/api/me/locale', { locale: 'en' })).status).toBe(401);
    expect(liu.cookie('session')).toBeUndefined();
    expect((await fromChat('8900', 'GET', '/api/me')).people).toEqual([]);
    const browser = stage.house.visit();
    const headers = { 'x-grant': grant };
    expect((await browser.call('PUT', '/api/question-links/answer', { value: 1 }, headers)).status).toBe(404);
    expect((await browser.post('/api/sign-in/link/claim', { token: signInLink })).body.code).toBe('link-used');
    const initData = initDataOf({ id: 8900, at: stage.ctx.clock() });
    await browser.post('/api/sign-in/mini-app', { initData });
    expect((await browser.get('/api/me')).body.people).toEqual([]);
    const left = await sql(`select
      (select count(*) from logins where account_id = '${account}')
      + (select count(*) from sessions where account_id = '${account}' and ended_at is null)
      + (select count(*) from links where account_id = '${account}' and revoked_at is null)
      + (select count(*) from consents where account_id = '${account}' and withdrawn_at is null)
      + (select count(*) from drafts where account_id = '${account}' and submitted_at is null)
      + (select count(*) from messages where account_id = '${account}' and case_id is null)
      + (select count(*) from accounts where id = '${account}' and (name is not null or closed_at is null)) as n`);
    expect(Number(left[0]?.['n'])).toBe(0);
  });

  test('the number makes a new account, which is nobody until it is bound again', async () => {
    stage.at('2026-11-02 11:30');
    const again = await stage.house.signIn(LIU);
    expect((await again.get('/api/me')).body).toMatchObject({ name: null, people: [] });
    expect((await again.get('/api/cases')).body.cases).toEqual([]);
    expect((await again.get(`/api/cases/${number}`)).status).toBe(404);
    const [row] = await sql(`select account_id from logins where kind = 'phone' order by id desc limit 1`);
    expect(row?.['account_id']).not.toBe(account);
  });

  test('the case goes on, its chain is whole, and the registry record is as it was', async () => {
    const clerk = await stage.person(RECEIVING_CLERK);
    const seen = (await clerk.get(`/api/cases/${number}`)).body;
    expect(seen).toMatchObject({ applicant: null, subject: { name: '刘淑兰' } });
    expect((await use(clerk, number, 'approve')).status).toBe(200);
    const audit = await auditChains(stage.house.connection.db);
    expect(audit).toMatchObject({ brokenCases: 0, erased: 0 });
    const [record] = await sql(`select name from retirees where id = '${retiree}'`);
    expect(record?.['name']).toBe('刘淑兰');
  });

  test('the registered number hears of it', async () => {
    const rows = await sql(
      `select template from messages where retiree_id = '${retiree}' and template = 'account-closed'`,
    );
    expect(rows).toHaveLength(1);
  });
});

test('a chat that proves the number while its account is being closed leads to an account that is open', async () => {
  const phone = '13955593003';
  const person = await stage.person(phone);
  const code = await closingCode(person, phone);
  await Promise.all([
    person.post('/api/me/close', { code, cases: [] }),
    fromChat('8901', 'POST', '/api/chat/contact', { phone, own: true }),
  ]);
  expect((await fromChat('8901', 'GET', '/api/me')).signedIn).toBe(true);
});

test('two taps at once close it once', async () => {
  const phone = '13955593002';
  const person = await stage.person(phone);
  const code = await closingCode(person, phone);
  const answers = await Promise.all([1, 2].map(() => person.post('/api/me/close', { code, cases: [] })));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
});
