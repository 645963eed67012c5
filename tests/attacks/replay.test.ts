/** What opens once opens once: codes, links, grants, cookies, acts. Each is used again, later, elsewhere and by two at the same moment. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answer, Browser } from '../tools/browser.ts';
import { apply, LIU } from '../tools/story.ts';
import { openStage, saying, type Stage } from '../api/engine/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage('2026-11-02 10:00', 'web');
});
afterAll(() => stage.stop());

const visit = () => stage.house.visit();
const count = (answers: Answer[], status: number) => answers.filter((one) => one.status === status).length;
/** Ten browsers do the same at the same moment. */
const atOnce = (act: (who: Browser) => Promise<Answer>) => Promise.all(Array.from({ length: 10 }, () => act(visit())));
/** A call as the bot makes it. */
const inChat = (id: string, actKey?: string) => async (method: string, path: string, body: object) => {
  const chat = { kind: 'telegram' as const, id, name: '', language: 'zh' };
  const init = { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const answer = await stage.house.app.request(`/api${path}`, init, { inner: { chat, ...(actKey && { actKey }) } });
  return answer.json();
};
/** Somebody else who has a cookie of this name. */
function holding(name: string, value: string | undefined): Browser {
  const other = visit();
  other.setCookie(name, value ?? '');
  return other;
}

describe('a code', () => {
  test('signs in one of ten who type it at the same moment, and nobody afterwards', async () => {
    const phone = '13955560001';
    await visit().post('/api/sign-in/code', { phone });
    const sms = await stage.house.simulator.sms.waitFor(phone, (text) => /\d{6}/.test(text));
    const code = /\d{6}/.exec(sms.text)?.[0];
    expect(count(await atOnce((who) => who.post('/api/sign-in', { phone, code })), 200)).toBeLessThanOrEqual(1);
    expect((await visit().post('/api/sign-in', { phone, code })).status).not.toBe(200);
  });

  test('opens only the phone that it was sent to', async () => {
    const [mine, yours] = ['13955560002', '13955560003'];
    await visit().post('/api/sign-in/code', { phone: mine });
    await visit().post('/api/sign-in/code', { phone: yours });
    const sms = await stage.house.simulator.sms.waitFor(mine, (text) => /\d{6}/.test(text));
    const code = /\d{6}/.exec(sms.text)?.[0];
    const other = await stage.house.simulator.sms.waitFor(yours, (text) => /\d{6}/.test(text));
    if (!other.text.includes(code ?? ''))
      expect((await visit().post('/api/sign-in', { phone: yours, code })).status).toBe(422);
    expect((await visit().post('/api/sign-in', { phone: mine, code })).status).toBe(200);
  });
});

describe('a link', () => {
  const chat = inChat('9001');
  beforeAll(() => chat('POST', '/chat/contact', { phone: LIU, own: true }));
  async function question(): Promise<string> {
    const { draft } = await chat('POST', '/drafts', { kind: 'address-change' });
    return (await chat('POST', `/drafts/${draft.id}/links/home`, {})).token;
  }

  test('to a question is opened by one of ten who tap it at the same moment', async () => {
    const token = await question();
    const answers = await atOnce((who) => who.post('/api/question-links/open', { token }));
    expect([count(answers, 200), count(answers, 410)]).toEqual([1, 9]);
  });

  test('to a question signs nobody in, and one that signs in answers no question', async () => {
    const token = await question();
    expect((await visit().post('/api/sign-in/link/claim', { token })).body.code).toBe('link-used');
    expect((await visit().post('/api/sign-in/link/finish', { token })).body.code).toBe('link-used');
    const signIn = (await chat('POST', '/sign-in/link', {})).token;
    expect((await visit().post('/api/question-links/open', { token: signIn })).body.code).toBe('link-used');
    expect((await visit().post('/api/question-links/open', { token })).status).toBe(200);
  });

  test('gives a grant for its fifteen minutes, not for ever', async () => {
    const { grant } = (await visit().post('/api/question-links/open', { token: await question() })).body;
    const answer = () =>
      visit().call('PUT', '/api/question-links/answer', { value: { building: '1' } }, { 'x-grant': grant });
    expect((await answer()).body.code).toBe('bad-answer');
    stage.at('2026-11-02 10:31');
    expect((await answer()).body.code).toBe('link-used');
    stage.at('2026-11-02 10:00');
  });

  test('that signs in makes one session of ten who finish it at the same moment', async () => {
    const { token } = await chat('POST', '/sign-in/link', {});
    const claimed = await atOnce((who) => who.post('/api/sign-in/link/claim', { token }));
    expect(count(claimed, 200)).toBe(1);
    const [ticket] = await stage.house.connection
      .sql`select id from tickets where kind = 'sign-in' order by created_at desc, id desc limit 1`;
    await chat('POST', '/chat/confirm-sign-in', { ticket: ticket?.['id'], yes: true });
    const finished = await atOnce((who) => who.post('/api/sign-in/link/finish', { token }));
    expect([count(finished, 200), count(finished, 410)]).toEqual([1, 9]);
    expect(await chat('POST', '/chat/confirm-sign-in', { ticket: ticket?.['id'], yes: true })).toMatchObject({
      code: 'link-used',
    });
  });

  test.each([
    ['nothing', ''],
    ['a word', 'null'],
    ['a hash', 'f'.repeat(64).slice(0, 60)],
    ['a guess', 'AAAAAAAAAAAAAAAAAAAAAA'],
    ['SQL', "' or true --"],
  ])('made of %s opens nothing', async (_what, token) => {
    for (const path of ['/api/question-links/open', '/api/sign-in/link/claim', '/api/sign-in/link/finish'])
      expect((await visit().post(path, { token })).body.code).toBe('link-used');
  });
});

describe('a session', () => {
  test('is never the one that was there before signing in: what an attacker planted opens nothing', async () => {
    for (const planted of ['chosen-by-the-attacker', 'A'.repeat(22)]) {
      const victim = holding('session', planted);
      await victim.signIn('13955560004', stage.house.simulator.sms);
      expect(victim.cookie('session')).not.toBe(planted);
      expect((await holding('session', planted).get('/api/me')).body.signedIn).toBe(false);
    }
  });

  test('that is replaced by another, by code or by link, is dead at once', async () => {
    const browser = await stage.house.signIn('13955560005');
    const byCode = browser.cookie('session');
    await browser.signIn('13955560005', stage.house.simulator.sms);
    expect((await holding('session', byCode).put('/api/me/locale', { locale: 'en' })).status).toBe(401);
    const before = browser.cookie('session');
    const chat = inChat('9002');
    const { token } = await chat('POST', '/sign-in/link', {});
    await browser.post('/api/sign-in/link/claim', { token });
    const [ticket] = await stage.house.connection
      .sql`select id from tickets where kind = 'sign-in' order by created_at desc, id desc limit 1`;
    await chat('POST', '/chat/confirm-sign-in', { ticket: ticket?.['id'], yes: true });
    expect((await browser.post('/api/sign-in/link/finish', { token })).status).toBe(200);
    expect((await holding('session', before).put('/api/me/locale', { locale: 'en' })).status).toBe(401);
  });

  test('is not the hash that stands in the database, nor one cut short or made longer', async () => {
    const browser = await stage.house.signIn('13955560006');
    const token = browser.cookie('session') ?? '';
    const [row] = await stage.house.connection
      .sql`select token_hash from sessions order by created_at desc, id desc limit 1`;
    const hash = row?.['token_hash'] as Buffer;
    for (const forged of [
      hash.toString('hex'),
      hash.toString('base64url'),
      token.slice(1),
      `${token}A`,
      token.toLowerCase(),
    ])
      expect((await holding('session', forged).get('/api/me')).body.signedIn).toBe(false);
    expect((await holding('session', token).get('/api/me')).body.signedIn).toBe(true);
  });

  test('is over after ninety days', async () => {
    const browser = await stage.house.signIn('13955560007');
    stage.at('2027-01-31 09:00');
    expect((await browser.get('/api/me')).body.signedIn).toBe(true);
    stage.at('2027-02-01 10:00');
    expect((await browser.get('/api/me')).body.signedIn).toBe(false);
    stage.at('2026-11-02 10:00');
  });
});

describe('an act', () => {
  test('asked for again with its key is answered again and not done again; a browser cannot name the key', async () => {
    const liu = await stage.person(LIU);
    const number = await apply(liu, 'call-back', { phone: LIU });
    const first = await inChat('9001', 'bot:1:1')('POST', `/cases/${number}/remind`, {});
    const again = await inChat('9001', 'bot:1:1')('POST', `/cases/${number}/remind`, {});
    expect(again).toEqual(first);
    const headers = { actkey: 'bot:1:1', 'x-act-key': 'bot:1:1' };
    const forged = await liu.call('POST', `/api/cases/${number}/remind`, { actKey: 'bot:1:1' }, headers);
    expect(forged.body.code).toBe('already-reminded');
    const { timeline } = (await liu.get(`/api/cases/${number}`)).body;
    expect(timeline.filter((entry: { verb: string }) => entry.verb === 'remind')).toHaveLength(1);
  });

  test('with the key of somebody else’s act does not give that person’s answer', async () => {
    const mine = await inChat('9001', 'bot:2:1')('POST', '/drafts', { kind: 'address-change' });
    expect(mine.draft.subject.name).toBe('刘淑兰');
    const number = (await (await stage.person(LIU)).get('/api/cases')).body.cases[0].number;
    await inChat('9001', 'bot:3:1')('POST', `/cases/${number}/withdraw`, { version: 1 });
    const stolen = await inChat('9003', 'bot:3:1')('POST', `/cases/${number}/withdraw`, { version: 1 });
    expect(stolen).toMatchObject({ code: 'not-found' });
  });

  test('decided from a draft that was submitted before changes nothing', async () => {
    const liu = await stage.person(LIU);
    const begun = (await liu.post('/api/drafts', { kind: 'call-back', answers: saying({ phone: LIU }) })).body.draft;
    const submit = () => liu.post(`/api/drafts/${begun.id}/submit`, { checked: begun.revision });
    const answers = await Promise.all(Array.from({ length: 5 }, submit));
    expect(new Set(answers.map(({ body }) => body.number)).size).toBe(1);
    expect(
      (await liu.put(`/api/drafts/${begun.id}/answers`, { answers: saying({ phone: '13900000000' }) })).body.code,
    ).toBe('already-submitted');
  });
});
