/** Guessing case numbers and ids: what is somebody else's is answered exactly as what is not there. */
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addService } from '../../api/engine/catalogue.ts';
import { caseNumber } from '../../api/engine/case-number.ts';
import { form } from '../../api/engine/form.ts';
import { q } from '../../api/engine/questions/index.ts';
import { defineService } from '../../api/engine/service.ts';
import { addTexts } from '../../locales/index.ts';
import type { Browser } from '../tools/browser.ts';
import { openTestHouse, type HouseUnderTest } from '../tools/house-under-test.ts';
import { apply, LIU, newHome, OLD_CLERK, RECEIVING_CLERK } from '../tools/story.ts';

let house: HouseUnderTest;
let liu: Browser;
let others: Browser[];
/** Of 刘淑兰: a case that 梓园社区 decides, a draft, a picture in it. */
let number: string;
let draft: string;
let file: string;

const picture = () =>
  sharp({ create: { width: 8, height: 8, channels: 3, background: 'white' } })
    .png()
    .toBuffer();

beforeAll(async () => {
  house = await openTestHouse({ env: { ROLE: 'web' } });
  liu = await house.signIn(LIU);
  const move = { to: 'city', home: newHome, since: '2026-01-05', reason: 'other', proof: null, handOver: true };
  number = await apply(liu, 'relocation', move);
  const home = { communityId: '430102001001', building: '1', room: '101' };
  const answers = { home: { value: home }, since: { value: '2026-01-05' } };
  draft = (await liu.post('/api/drafts', { kind: 'address-change', answers })).body.draft.id;
  file = (await liu.call('POST', `/api/drafts/${draft}/files/proof`, await picture())).body.id;
  // A stranger, and a clerk whom the case is none of the business of.
  others = [house.visit(), await house.signIn('13955580001'), await house.signIn(OLD_CLERK)];
});
afterAll(() => house.stop());

/** The id with another last digit: as near to hers as a guess can come. */
const next = (id: string) => id.slice(0, -1) + (id.endsWith('0') ? '1' : '0');
/** Numbers are given out from here on. */
const FIRST = 10_000_001;
const notHers = caseNumber(90_000_000);

/** Whatever takes a number or an id, with hers and with one that nobody has. */
const doors: [string, string, (of: { number: string; draft: string; file: string }) => string, unknown?][] = [
  ['reading a case', 'GET', (of) => `/api/cases/${of.number}`],
  ['deciding it', 'POST', (of) => `/api/cases/${of.number}/approve`, { version: 1 }],
  ['withdrawing it', 'POST', (of) => `/api/cases/${of.number}/withdraw`, { version: 1 }],
  ['objecting to it', 'POST', (of) => `/api/cases/${of.number}/object`, { version: 1 }],
  ['deciding it, having seen another version', 'POST', (of) => `/api/cases/${of.number}/approve`, { version: 7 }],
  ['beginning a decision', 'POST', (of) => `/api/cases/${of.number}/drafts`, { verb: 'return' }],
  ['its public notice', 'GET', (of) => `/api/public-notices/${of.number}`],
  ['reading a draft', 'GET', (of) => `/api/drafts/${of.draft}`],
  ['a question of it', 'GET', (of) => `/api/drafts/${of.draft}/questions/home`],
  ['answering it', 'PUT', (of) => `/api/drafts/${of.draft}/answers`, { answers: {} }],
  ['submitting it', 'POST', (of) => `/api/drafts/${of.draft}/submit`, { checked: 1 }],
  ['a link to a question of it', 'POST', (of) => `/api/drafts/${of.draft}/links/home`, {}],
  ['a picture for it', 'POST', (of) => `/api/drafts/${of.draft}/files/proof`, new Uint8Array([1])],
  ['throwing it away', 'DELETE', (of) => `/api/drafts/${of.draft}`],
  ['a picture', 'GET', (of) => `/api/files/${of.file}`],
];

test.each(doors)('%s: hers is answered as one that is not there', async (_what, method, path, body) => {
  const hers = path({ number, draft, file });
  const nobodys = path({ number: notHers, draft: next(draft), file: next(file) });
  for (const who of others) {
    const answer = await who.call(method, hers, body);
    expect([401, 404]).toContain(answer.status);
    expect(answer).toEqual(await who.call(method, nobodys, body));
  }
});

test('walking through the numbers from the first on finds nobody’s case but one’s own', async () => {
  const [, stranger] = others as [Browser, Browser];
  const numbers = Array.from({ length: 200 }, (_, at) => caseNumber(FIRST + at));
  expect(numbers).toContain(number);
  const answers = await Promise.all(numbers.map((one) => stranger.get(`/api/cases/${one}`)));
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
});

test('a clerk finds by number only what waits at or below their own unit', async () => {
  const find = async (who: Browser) => (await who.get(`/api/pending?view=below&words=${number}`)).body.cases.length;
  expect(await find(others[2] as Browser)).toBe(0);
  expect(await find(await house.signIn(RECEIVING_CLERK))).toBe(1);
});

describe('what a guest began', () => {
  const asking = defineService({
    kind: 'guest-asks',
    version: 1,
    basis: ['第四条（二）'],
    subject: 'newcomer',
    promise: 2,
    open: { by: ['anyone'] },
    ask: form.ask('what', q.text()).ask('proof', q.optional(q.photos())),
    steps: { decide: { by: ['clerk'], at: (c) => c.units.cityAgency(), on: { approve: { to: 'approved' } } } },
  });
  const texts = {
    title: '问一件事',
    summary: '问',
    ask: { what: { label: '问什么？' }, proof: { label: '照片' } },
    steps: { decide: { title: '待答', waiting: '等' } },
  };
  let guest: Browser;
  let id: string;
  beforeAll(async () => {
    addTexts('zh-CN', 'services/guest-asks', texts);
    addService(asking);
    guest = house.visit();
    const begun = await guest.post('/api/drafts', { kind: 'guest-asks', answers: { what: { value: '住院报销' } } });
    id = begun.body.draft.id;
  });
  const calls = (): [string, string, unknown?][] => [
    ['GET', `/api/drafts/${id}`],
    ['GET', `/api/drafts/${id}/questions/what`],
    ['PUT', `/api/drafts/${id}/answers`, { answers: { what: { value: '改了' } } }],
    ['POST', `/api/drafts/${id}/files/proof`, new Uint8Array([1])],
    ['POST', `/api/drafts/${id}/submit`, { checked: 1 }],
    ['DELETE', `/api/drafts/${id}`],
  ];

  test('is out of reach of a guest without the secret, with another, with its hash, and of everybody signed in', async () => {
    const another = house.visit();
    await another.post('/api/drafts', { kind: 'guest-asks' });
    expect(another.cookie('guest')).not.toBe(guest.cookie('guest'));
    const [row] = await house.connection.sql`select guest_hash from drafts where id = ${id}`;
    const forged = Buffer.from((row?.['guest_hash'] ?? '') as Buffer).toString('base64url');
    const secrets = ['', forged, (guest.cookie('guest') ?? '').toLowerCase(), `${guest.cookie('guest')}A`];
    const thieves = secrets.map((secret) => {
      const thief = house.visit();
      if (secret) thief.setCookie('guest', secret);
      return thief;
    });
    for (const who of [another, ...thieves, ...others])
      for (const [method, path, body] of calls())
        expect((await who.call(method, path, body)).status, `${method} ${path}`).toBe(404);
    expect((await guest.get(`/api/drafts/${id}`)).body.answers[0].shown).toBe('住院报销');
  });

  test('goes over to whoever signs in with it, and the secret opens nothing any more', async () => {
    const secret = guest.cookie('guest') ?? '';
    await guest.signIn('13955580002', house.simulator.sms);
    expect((await guest.get(`/api/drafts/${id}`)).status).toBe(200);
    const thief = house.visit();
    thief.setCookie('guest', secret);
    for (const [method, path, body] of calls()) expect((await thief.call(method, path, body)).status).toBe(404);
  });
});
