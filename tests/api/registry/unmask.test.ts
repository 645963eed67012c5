/** Looking at a whole number: for a reason, by those who need it, recorded, and not too often. And whom an agency finds. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { namedRetirees } from '../../../db/seed/demo/named.ts';
import { agencyOf, cityAgencyId } from '../../../db/seed/divisions.ts';
import type { Browser } from '../../tools/browser.ts';
import { apply, DAUGHTER, LIU, newHome, OLD_CLERK, RECEIVING_CLERK } from '../../tools/story.ts';
import { openStage, use, type Stage } from '../engine/stage.ts';

const STREET_LEAD = '13800000021';
const [liu, , wang] = namedRetirees;

let stage: Stage;
let clerk: Browser;
let retiree: string;
beforeAll(async () => {
  stage = await openStage('2026-11-02 10:00', 'web');
  clerk = await stage.person(OLD_CLERK);
  retiree = (await (await stage.person(LIU)).get('/api/me')).body.people[0].id;
});
afterAll(() => stage.stop());

const look = (who: Browser, what = 'id-number', more: object = { why: 'check-papers' }) =>
  who.post(`/api/retirees/${retiree}/unmask`, { what, ...more });
const recorded = () => stage.house.connection.sql`select * from unmaskings order by at, id`;

test('the clerk of her community sees the whole number once, uncached, and that is recorded with unit and reason', async () => {
  const answer = await fetch(`${stage.house.url}/api/retirees/${retiree}/unmask`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      cookie: `session=${clerk.cookie('session')}`,
      origin: stage.house.url,
    },
    body: JSON.stringify({ what: 'id-number', why: 'office-entry', words: '录入基层平台' }),
  });
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(await answer.json()).toEqual({ value: liu?.idNumber });
  expect((await look(clerk, 'phone', { why: 'call' })).body).toEqual({ value: LIU });
  expect((await look(clerk, 'ethnicity')).body).toEqual({ value: null });
  const rows = await recorded();
  expect(rows).toMatchObject([
    { what: 'id-number', why: 'office-entry', unit_id: '430102001001', retiree_id: retiree },
    { what: 'phone', why: 'call' },
    { what: 'ethnicity', why: 'check-papers' },
  ]);
  expect(JSON.stringify(rows)).not.toContain('录入基层平台');
});

test('a reason is said, in words where the choice does not say it, and without numbers', async () => {
  const before = (await recorded()).length;
  expect((await look(clerk, 'id-number', {})).status).toBe(400);
  expect((await look(clerk, 'id-number', { why: 'other', words: ' ' })).body.code).toBe('reason-in-words');
  for (const words of ['找 138-0000-0001 的人', '４３０１０１１９４８'])
    expect((await look(clerk, 'id-number', { why: 'other', words })).body.code).toBe('no-numbers-here');
  expect(await recorded()).toHaveLength(before);
});

test('nobody else sees it: not the unit above, another community, the agency, herself, her daughter or a guest', async () => {
  const before = (await recorded()).length;
  for (const who of [
    await stage.person(STREET_LEAD),
    await stage.person(RECEIVING_CLERK),
    await stage.staff(cityAgencyId, 'clerk'),
    await stage.person(LIU),
    await stage.person(DAUGHTER),
  ])
    expect((await look(who)).status).toBe(404);
  expect((await look(stage.house.visit())).status).toBe(401);
  const gone = await clerk.post('/api/retirees/019a0000-0000-7000-8000-000000000000/unmask', {
    what: 'phone',
    why: 'call',
  });
  expect(gone.status).toBe(404);
  expect(await recorded()).toHaveLength(before);
});

test('the community that must decide a case about her sees it for as long as it must; 民族 it does not', async () => {
  const receiving = await stage.person(RECEIVING_CLERK);
  const answers = { to: 'city', home: newHome, since: '2026-10-01', reason: 'other', proof: null, handOver: true };
  const number = await apply(await stage.person(LIU), 'relocation', answers);
  expect((await look(receiving)).body.value).toBe(liu?.idNumber);
  expect((await look(receiving, 'ethnicity')).status).toBe(404);
  await use(receiving, number, 'reject', { reason: 'not-covered', words: null });
  expect((await look(receiving)).status).toBe(404);
});

test('never in a chat, whoever asks', async () => {
  const chat = { kind: 'telegram' as const, id: '9400', name: '', language: 'zh' };
  const from = (path: string, body: object) =>
    stage.house.app.request(
      `/api${path}`,
      { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
      { inner: { chat } },
    );
  await from('/chat/contact', { phone: OLD_CLERK, own: true });
  expect((await from(`/retirees/${retiree}/unmask`, { what: 'phone', why: 'call' })).status).toBe(404);
});

test('thirty looks an hour, also when they come at once', async () => {
  stage.at('2026-11-02 12:00');
  const answers = await Promise.all(Array.from({ length: 35 }, () => look(clerk, 'phone', { why: 'call' })));
  expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(30);
  expect(answers.some(({ status }) => status === 429)).toBe(true);
  stage.at('2026-11-02 13:01');
  expect((await look(clerk, 'phone', { why: 'call' })).status).toBe(200);
});

test('an agency finds those whom it insures, wherever they live, and nobody else', async () => {
  const agency = await stage.staff(agencyOf('430102'), 'clerk');
  const find = async (who: Browser, words: string) =>
    (await who.post('/api/retirees/search', { words })).body as {
      name: string;
      known: boolean;
      address: string | null;
    }[];
  expect((await find(agency, '王桂英')).map(({ name, known }) => [name, known])).toEqual([['王桂英', true]]);
  expect(await find(agency, '刘淑兰')).toEqual([]);
  expect((await find(await stage.staff(cityAgencyId, 'clerk'), '刘淑兰')).map(({ name }) => name)).toEqual(['刘淑兰']);
  expect(await find(await stage.staff(agencyOf('430111'), 'clerk'), '王桂英')).toEqual([]);
  // With the card in hand anybody is found, and helped; what is none of theirs stays unseen.
  const [elsewhere] = await find(await stage.person(RECEIVING_CLERK), wang?.idNumber ?? '');
  expect(elsewhere).toMatchObject({ name: '王桂英', known: false, address: null, born: null, unmask: false });
});

test('an agency sees no case of the communities of its district, and the district above sees those of the agency', async () => {
  const answers = { to: 'city', home: newHome, since: '2026-10-01', reason: 'other', proof: null, handOver: true };
  const number = await apply(await stage.person(LIU), 'relocation', answers);
  const agency = await stage.staff(agencyOf('430111'), 'clerk');
  expect((await agency.get(`/api/cases/${number}`)).status).toBe(404);
  expect((await agency.get('/api/pending?view=below')).body.cases).toEqual([]);
  const district = await stage.staff('430111', 'lead');
  const below = (await district.get('/api/pending?view=below')).body.cases;
  expect(below.map((one: { number: string }) => one.number)).toContain(number);
});
