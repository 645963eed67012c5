/** Invitations: who gives them, to which unit and role, and that a link is good for one person, once, for seven days. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Browser } from '../../tools/browser.ts';
import { LIU, RECEIVING_CLERK } from '../../tools/story.ts';
import { openStage, type Stage } from '../engine/stage.ts';

const COMMUNITY = '430111001001';
const STREET = '430111001';
const DISTRICT = '430111';
const OTHER_DISTRICT = '430102';
/** Leads of the community's street, its district, and the city. */
const STREET_LEAD = '13800000022';
const CITY_LEAD = '13800000041';

let stage: Stage;
let lead: Browser;
let street: Browser;
let city: Browser;
let day = 1;
beforeAll(async () => {
  stage = await openStage('2026-11-02 10:00', 'web');
  lead = await stage.staff(COMMUNITY, 'lead');
  street = await stage.person(STREET_LEAD);
  city = await stage.person(CITY_LEAD);
});
afterAll(() => stage.stop());
beforeEach(() => later(1));

function later(days: number): void {
  day += days;
  stage.at(new Date(Date.UTC(2026, 10, day, 10)).toISOString().slice(0, 16).replace('T', ' '));
}
let next = 0;
const newPhone = () => `1395557${String((next += 1)).padStart(4, '0')}`;
const invite = (who: Browser, unitId: string, role = 'clerk', name = '新同事') =>
  who.post('/api/staff/invites', { unitId, role, name });
const join = (who: Browser, token: string) => who.post('/api/staff/invites/join', { token });
const open = (token: string) => stage.house.visit().post('/api/staff/invites/open', { token });

test('the link says what it invites to, and gives the post once to whoever taps first', async () => {
  const { token } = (await invite(street, COMMUNITY, 'clerk', '何芳')).body;
  expect((await open(token)).body).toMatchObject({
    name: '何芳',
    unit: '雨花区 侯家塘街道 梓园社区',
    role: 'clerk',
    by: '彭红霞',
    secondFactor: false,
  });
  const [one, two] = [await stage.person(newPhone()), await stage.person(newPhone())];
  expect((await join(stage.house.visit(), token)).status).toBe(401);
  const answers = await Promise.all([join(one, token), join(two, token)]);
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 410]);
  const winner = answers[0]?.status === 200 ? one : two;
  expect((await winner.get('/api/me')).body).toMatchObject({ name: '何芳', posts: [{ role: 'clerk' }] });
  expect((await winner.get('/api/pending')).status).toBe(200);
  expect((await open(token)).body.code).toBe('invite-used');
  const told = (await street.get('/api/messages')).body.map((notice: { text: string }) => notice.text);
  expect(told[0]).toContain('何芳已经加入梓园社区（经办）');
  const [row] = await stage.house.connection.sql`select row_to_json(i)::text as words from invites i limit 1`;
  expect(row?.['words']).not.toContain(token);
});

describe('an invitation is given', () => {
  test('by a lead, to their own unit or one below, in either role', async () => {
    expect((await invite(lead, COMMUNITY, 'lead')).status).toBe(200);
    expect((await invite(street, COMMUNITY, 'lead')).status).toBe(200);
    expect((await invite(street, STREET, 'lead')).status).toBe(200);
    expect((await invite(city, DISTRICT, 'lead')).status).toBe(200);
  });

  test.each([
    ['a clerk', () => stage.person(RECEIVING_CLERK), COMMUNITY],
    ['a retiree', () => stage.person(LIU), COMMUNITY],
    ['a community’s lead to the street above', () => stage.staff(COMMUNITY, 'lead'), STREET],
    ['a community’s lead to the community beside it', () => stage.staff(COMMUNITY, 'lead'), '430111001002'],
    ['a street’s lead to the district', () => stage.person(STREET_LEAD), DISTRICT],
    ['a district’s lead to another district', () => stage.staff(DISTRICT, 'lead'), OTHER_DISTRICT],
    ['a lead to a unit that is none', () => stage.person(CITY_LEAD), '4399'],
  ])('not by %s', async (_who, who, unitId) => {
    expect((await invite(await who(), unitId)).status).toBe(403);
  });

  test('not by a district lead whose second factor was not given', async () => {
    const unproven = await stage.house.signInByPhone('13800000032');
    expect((await invite(unproven, COMMUNITY)).body.code).toBe('second-factor-first');
  });
});

describe('an open invitation', () => {
  const lines = async (who: Browser, unit = COMMUNITY) => (await who.get(`/api/staff/invites?unit=${unit}`)).body;

  test('is listed and taken back by leads of its unit or above, and is good for nothing afterwards', async () => {
    const { token } = (await invite(street, COMMUNITY, 'clerk', '要收回')).body;
    const clerk = await stage.person(RECEIVING_CLERK);
    expect((await clerk.get(`/api/staff/invites?unit=${COMMUNITY}`)).status).toBe(403);
    const found = (await lines(lead)).find(({ name }: { name: string }) => name === '要收回');
    expect(found).toMatchObject({ role: 'clerk', by: '彭红霞', unit: { name: '梓园社区' } });
    const elsewhere = await stage.staff('430102001001', 'lead');
    expect((await elsewhere.delete(`/api/staff/invites/${found.id}`)).status).toBe(404);
    expect((await lead.delete(`/api/staff/invites/${found.id}`)).status).toBe(204);
    expect((await lead.delete(`/api/staff/invites/${found.id}`)).status).toBe(404);
    expect((await join(await stage.person(newPhone()), token)).body.code).toBe('invite-used');
  });

  test('is over after seven days', async () => {
    const { token } = (await invite(lead, COMMUNITY)).body;
    later(6);
    expect((await open(token)).status).toBe(200);
    later(2);
    expect((await open(token)).status).toBe(410);
    expect((await join(await stage.person(newPhone()), token)).status).toBe(410);
  });

  test('goes with the power of whoever gave it', async () => {
    const phone = newPhone();
    const { token: first } = (await invite(street, COMMUNITY, 'lead', '短任')).body;
    await join(await stage.person(phone), first);
    const { token } = (await invite(await stage.person(phone), COMMUNITY)).body;
    const people = (await street.get(`/api/staff?unit=${COMMUNITY}&words=${encodeURIComponent('短任')}`)).body.people;
    expect((await street.post(`/api/staff/${people[0].id}/remove`, { why: '不再担任' })).status).toBe(200);
    expect((await join(await stage.person(newPhone()), token)).status).toBe(410);
  });
});

test('somebody may hold several posts; the same one not twice, and the link is then not used up', async () => {
  const phone = newPhone();
  const person = await stage.person(phone);
  await join(person, (await invite(street, COMMUNITY, 'clerk', '两处')).body.token);
  await join(person, (await invite(street, '430111001002', 'lead')).body.token);
  expect((await person.get('/api/me')).body.posts).toHaveLength(2);
  const { token } = (await invite(street, COMMUNITY, 'lead')).body;
  expect((await join(person, token)).body.code).toBe('already-there');
  expect((await open(token)).status).toBe(200);
  // Her list covers both.
  const views = (await person.get('/api/pending/counts')).body;
  expect(views).toHaveProperty('unit');
});

test('whoever is invited to a district sets the second factor up before the post gives power', async () => {
  const { token } = (await invite(city, DISTRICT, 'clerk', '区里人')).body;
  expect((await open(token)).body.secondFactor).toBe(true);
  const person = await stage.house.signInByPhone(newPhone());
  expect((await join(person, token)).status).toBe(200);
  expect((await person.get('/api/me')).body).toMatchObject({ posts: [], secondFactor: 'set-up' });
  expect((await person.get('/api/pending')).status).toBe(403);
});

test('a chat joins too, once its number is known', async () => {
  const { token } = (await invite(street, COMMUNITY, 'clerk', '聊天里')).body;
  const talk = async (path: string, body: object, actKey?: string) => {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const chat = { kind: 'telegram' as const, id: '9100', name: '', language: 'zh' };
    const answer = await stage.house.app.request(`/api${path}`, init, { inner: { chat, ...(actKey && { actKey }) } });
    return { status: answer.status, body: await answer.json() };
  };
  expect((await talk('/staff/invites/join', { token })).body.code).toBe('phone-first');
  await talk('/chat/contact', { phone: newPhone(), own: true });
  const joined = await talk('/staff/invites/join', { token }, 'bot:1:1');
  expect(joined.body).toEqual({ unit: '梓园社区', role: 'clerk' });
  // The same update again gives the same answer.
  expect(await talk('/staff/invites/join', { token }, 'bot:1:1')).toEqual(joined);
});
