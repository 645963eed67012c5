/** What becomes of posts: moved, suspended, removed; and that nothing of one is left in anybody's hands. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { auditChains } from '../../../api/engine/audit.ts';
import type { Browser } from '../../tools/browser.ts';
import { openTestHouse } from '../../tools/house-under-test.ts';
import { apply, newHome, OLD_CLERK, RECEIVING_CLERK } from '../../tools/story.ts';
import { openStage, type Stage } from '../engine/stage.ts';

const COMMUNITY = '430111001001';
const BESIDE = '430111001002';
const STREET = '430111001';
const STREET_LEAD = '13800000022';

let stage: Stage;
let street: Browser;
let counter: Browser;
let people: string[];
let hour = 10;
beforeAll(async () => {
  stage = await openStage('2026-11-02 10:00', 'web');
  street = await stage.person(STREET_LEAD);
  counter = await stage.person(OLD_CLERK);
  const rows = await stage.house.connection
    .sql`select retiree_id from care where unit_id = '430102001001' and until is null limit 12`;
  people = rows.map((row) => String(row['retiree_id']));
});
afterAll(() => stage.stop());
beforeEach(() => {
  hour += 2;
  stage.at(new Date(Date.UTC(2026, 10, 2, hour)).toISOString().slice(0, 16).replace('T', ' '));
});

let next = 0;
const newPhone = () => `1395558${String((next += 1)).padStart(4, '0')}`;
/** A new member of staff, signed in. */
async function hire(unitId: string, role: 'clerk' | 'lead', name: string, by = street) {
  const { token } = (await by.post('/api/staff/invites', { unitId, role, name })).body;
  const phone = newPhone();
  const browser = await stage.house.signInByPhone(phone);
  await browser.post('/api/staff/invites/join', { token });
  return { browser, phone, post: await postOf(name, unitId, by) };
}
async function postOf(name: string, unitId: string, by = street): Promise<string> {
  const found = (await by.get(`/api/staff?unit=${unitId}&words=${encodeURIComponent(name)}`)).body.people;
  return found[0]?.id;
}
async function newCase(): Promise<string> {
  const answers = { to: 'city', home: newHome, since: '2026-01-05', reason: 'other', proof: null, handOver: true };
  return apply(counter, 'relocation', answers, people.pop());
}
const why = { why: '岗位调整' };

describe('removing a post', () => {
  test('ends its power at once, in this process and in another, hands its cases back and takes its cards away', async () => {
    const { browser, phone, post } = await hire(COMMUNITY, 'clerk', '离岗甲');
    const number = await newCase();
    expect((await browser.post(`/api/cases/${number}/claim`)).status).toBe(200);
    const elsewhere = await openTestHouse({
      clock: stage.ctx.clock,
      env: { DATABASE_URL: stage.house.databaseUrl, ROLE: 'web' },
    });
    const other = elsewhere.visit();
    other.setCookie('session', browser.cookie('session') ?? '');
    expect((await other.get(`/api/cases/${number}`)).status).toBe(200);

    expect((await street.post(`/api/staff/${post}/remove`, why)).body).toEqual({ removed: true });
    for (const one of [browser, other]) {
      expect((await one.post(`/api/cases/${number}/approve`, { version: 1 })).status).toBe(401);
      await expect.poll(async () => (await one.get(`/api/cases/${number}`)).status).toBe(401);
    }
    await elsewhere.stop();
    const again = await stage.house.signInByPhone(phone);
    expect((await again.get('/api/me')).body.posts).toEqual([]);
    expect((await again.get(`/api/cases/${number}`)).status).toBe(404);
    expect((await again.post(`/api/cases/${number}/approve`, { version: 1 })).status).toBe(404);

    const now = (await (await stage.person(RECEIVING_CLERK)).get(`/api/cases/${number}`)).body;
    expect(now.claimedBy).toBeNull();
    expect(now.timeline.at(-1)).toMatchObject({ verb: 'hand-back', who: '彭红霞', said: [{ shown: '离岗甲' }] });
    expect(now.verbs.map((one: { verb: string }) => one.verb)).toContain('claim');
    const told = (await again.get('/api/messages')).body.map((notice: { text: string }) => notice.text);
    expect(told[0]).toContain('您在梓园社区的岗位结束了');
    expect((await auditChains(stage.ctx.db)).first).toBeNull();
  });

  test('and claiming at the same moment leaves no case with somebody who is gone', async () => {
    for (let round = 0; round < 4; round += 1) {
      const { browser, post } = await hire(COMMUNITY, 'clerk', `同时${round}`);
      const numbers = [await newCase(), await newCase()];
      const [removed] = await Promise.all([
        street.post(`/api/staff/${post}/remove`, why),
        ...numbers.map((number) => browser.post(`/api/cases/${number}/claim`)),
      ]);
      expect(removed.status).toBe(200);
      const held = await stage.house.connection.sql`
        select number from cases where claimed_by is not null and not exists
          (select from posts where account_id = claimed_by and unit_id = cases.unit_id and ended_at is null)`;
      expect(held).toEqual([]);
      for (const number of numbers) await counter.post(`/api/cases/${number}/withdraw`, {});
      people.push(...(await subjectsOf(numbers)));
    }
  });

  test('is for leads of the unit or above, and for nobody else', async () => {
    const { post } = await hire(COMMUNITY, 'clerk', '别人管');
    for (const who of [
      await stage.person(RECEIVING_CLERK),
      await stage.staff(BESIDE, 'lead'),
      counter,
      await stage.staff('430102', 'lead'),
    ])
      expect((await who.post(`/api/staff/${post}/remove`, why)).status).toBe(404);
    expect((await stage.house.visit().post(`/api/staff/${post}/remove`, why)).status).toBe(401);
    expect((await street.post(`/api/staff/${post}/remove`, { why: ' ' })).body.code).toBe('bad-request');
    expect((await (await stage.staff(COMMUNITY, 'lead')).post(`/api/staff/${post}/remove`, why)).status).toBe(200);
    expect((await street.post(`/api/staff/${post}/remove`, why)).status).toBe(404);
  });

  test('of the only unit where one leads is asked about again', async () => {
    const { browser, post } = await hire(BESIDE, 'lead', '自己走');
    expect((await browser.post(`/api/staff/${post}/remove`, why)).body.code).toBe('own-last-lead');
    expect((await browser.post(`/api/staff/${post}/suspend`, why)).body.code).toBe('own-last-lead');
    const demote = { unitId: BESIDE, role: 'clerk', ...why };
    expect((await browser.post(`/api/staff/${post}/move`, demote)).body.code).toBe('own-last-lead');
    expect((await browser.post(`/api/staff/${post}/remove`, { ...why, sure: true })).status).toBe(200);
  });

  test('two leads who remove each other at once: one of them goes', async () => {
    const [one, two] = [await hire(BESIDE, 'lead', '互相甲'), await hire(BESIDE, 'lead', '互相乙')];
    const answers = await Promise.all([
      one.browser.post(`/api/staff/${two.post}/remove`, why),
      two.browser.post(`/api/staff/${one.post}/remove`, why),
    ]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 401]);
  });
});

async function subjectsOf(numbers: string[]): Promise<string[]> {
  const rows = await stage.house.connection.sql`select subject_id from cases where number = any(${numbers})`;
  return rows.map((row) => String(row['subject_id']));
}

test('suspending takes the power until the post is taken up again; what was in hand stays handed back', async () => {
  const { browser, phone, post } = await hire(COMMUNITY, 'clerk', '停职');
  const number = await newCase();
  await browser.post(`/api/cases/${number}/claim`);
  await street.post(`/api/staff/${post}/suspend`, why);
  expect((await browser.post(`/api/cases/${number}/approve`, { version: 1 })).status).toBe(401);
  const again = await stage.house.signInByPhone(phone);
  expect((await again.get('/api/pending')).status).toBe(403);
  const mates = (await (await stage.person(RECEIVING_CLERK)).get(`/api/colleagues?unit=${COMMUNITY}`)).body;
  expect(mates.map((one: { name: string }) => one.name)).not.toContain('停职');
  const [line] = (await street.get(`/api/staff?unit=${COMMUNITY}&words=${encodeURIComponent('停职')}`)).body.people;
  expect(line).toMatchObject({ suspended: true });
  // Nor does an invitation lead round it.
  const { token } = (await street.post('/api/staff/invites', { unitId: COMMUNITY, role: 'clerk', name: '停职' })).body;
  expect((await again.post('/api/staff/invites/join', { token })).body.code).toBe('already-there');
  await street.post(`/api/staff/${post}/resume`);
  await expect.poll(async () => (await again.get('/api/pending')).status).toBe(200);
  expect((await again.get(`/api/cases/${number}`)).body.claimedBy).toBeNull();
});

test('a card in the chat of whoever was removed loses its buttons, and no new one comes', async () => {
  const { post, phone } = await hire(COMMUNITY, 'clerk', '有聊天');
  const [account] = await stage.house.connection.sql`
    select p.account_id from posts p where p.id = ${post}`;
  const chat = { kind: 'telegram' as const, id: '9301', name: '', language: 'zh' };
  const share = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ phone, own: true }),
  };
  await stage.house.app.request('/api/chat/contact', share, { inner: { chat } });
  const cards = async () => {
    const rows = await stage.house.connection.sql`
      select form, state, template from messages where account_id = ${account?.['account_id']} and case_id is not null order by id`;
    return rows.map((row) => `${String(row['form'])} ${String(row['state'])}`);
  };
  await newCase();
  expect(await cards()).toEqual(['card queued']);
  await stage.house.connection
    .sql`update messages set state = 'sent', sent_id = '1' where account_id = ${account?.['account_id']} and form = 'card'`;
  await newCase();
  await street.post(`/api/staff/${post}/remove`, why);
  expect((await cards()).toSorted()).toEqual(['card replaced', 'card sent', 'edit queued']);
  await newCase();
  expect(await cards()).toHaveLength(3);
});

describe('moving', () => {
  test('gives the post at the other unit and ends the old one, whose cases stay there', async () => {
    const { browser, post } = await hire(COMMUNITY, 'clerk', '调动');
    const number = await newCase();
    await browser.post(`/api/cases/${number}/claim`);
    expect((await street.post(`/api/staff/${post}/move`, { unitId: BESIDE, role: 'lead', ...why })).status).toBe(200);
    await expect.poll(async () => (await browser.get(`/api/cases/${number}`)).status).toBe(404);
    expect((await browser.get('/api/me')).body.posts).toMatchObject([{ unit: { id: BESIDE }, role: 'lead' }]);
    const now = (await (await stage.person(RECEIVING_CLERK)).get(`/api/cases/${number}`)).body;
    expect(now.claimedBy).toBeNull();
    const history = (await street.get(`/api/staff/history?unit=${STREET}`)).body;
    expect(history[0]).toMatchObject({
      act: 'moved',
      name: '调动',
      by: '彭红霞',
      why: '岗位调整',
      toUnit: '韶山路社区',
    });
  });

  test('stays within the reach of whoever moves, on both sides', async () => {
    const { post } = await hire(COMMUNITY, 'clerk', '出不去');
    const move = (who: Browser, unitId: string, role = 'clerk') =>
      who.post(`/api/staff/${post}/move`, { unitId, role, ...why });
    const lead = await stage.staff(COMMUNITY, 'lead');
    expect((await move(lead, BESIDE)).status).toBe(403);
    expect((await move(lead, STREET, 'lead')).status).toBe(403);
    expect((await move(street, '430102001001')).status).toBe(403);
    expect((await move(await stage.staff(BESIDE, 'lead'), BESIDE)).status).toBe(404);
    expect((await move(lead, COMMUNITY, 'lead')).status).toBe(200);
  });

  test('does not lift a suspension, and not into a post that is there already', async () => {
    const { browser, post } = await hire(COMMUNITY, 'clerk', '停着调');
    const { token } = (await street.post('/api/staff/invites', { unitId: BESIDE, role: 'clerk', name: '停着调' })).body;
    await browser.post('/api/staff/invites/join', { token });
    const move = { unitId: BESIDE, role: 'clerk', ...why };
    expect((await street.post(`/api/staff/${post}/move`, move)).body.code).toBe('already-there');
    await street.post(`/api/staff/${post}/suspend`, why);
    await street.post(`/api/staff/${post}/move`, { ...move, unitId: '430111001005' });
    const [line] = (await street.get(`/api/staff?unit=430111001005&words=${encodeURIComponent('停着调')}`)).body.people;
    expect(line.suspended).toBe(true);
  });
});

describe('the second factor of a colleague', () => {
  test('is reset by a lead of all posts that need it; sessions end, and it is set up anew', async () => {
    const city = await stage.staff('4301', 'lead');
    const { browser, phone } = await hire('430111', 'clerk', '丢手机', city);
    const post = await postOf('丢手机', '430111', city);
    const district = await stage.staff('430111', 'lead');
    expect((await district.post(`/api/staff/${post}/reset-factor`, why)).body.code).toBe('no-factor');
    const known = await stage.house.signIn(phone);
    expect((await known.get('/api/pending')).status).toBe(200);
    expect((await street.post(`/api/staff/${post}/reset-factor`, why)).status).toBe(404);
    expect((await district.post(`/api/staff/${post}/reset-factor`, why)).body).toEqual({ reset: true });
    expect((await known.put('/api/me/locale', { locale: 'zh-CN' })).status).toBe(401);
    expect((await browser.put('/api/me/locale', { locale: 'zh-CN' })).status).toBe(401);
    const again = await stage.house.signInByPhone(phone);
    expect((await again.get('/api/me')).body.secondFactor).toBe('set-up');
    const told = (await again.get('/api/messages')).body.map((notice: { text: string }) => notice.text);
    expect(told.join()).toContain('重置了您的动态码');
    const own = (await district.get('/api/staff?unit=430111')).body.people.find((one: { me: boolean }) => one.me);
    expect((await district.post(`/api/staff/${own.id}/reset-factor`, why)).body.code).toBe('not-your-own');
  });

  test('is not reset by a community for somebody who works in the city as well', async () => {
    const city = await stage.staff('4301', 'lead');
    const { phone } = await hire('4301', 'clerk', '两头', city);
    const { token } = (await street.post('/api/staff/invites', { unitId: COMMUNITY, role: 'clerk', name: '两头' }))
      .body;
    const both = await stage.house.signIn(phone);
    await both.post('/api/staff/invites/join', { token });
    const post = await postOf('两头', COMMUNITY);
    expect((await street.post(`/api/staff/${post}/reset-factor`, why)).status).toBe(403);
    expect((await city.post(`/api/staff/${post}/reset-factor`, why)).status).toBe(200);
  });
});

test('the list has pages that fit together, unit by unit, and shows no unit out of reach', async () => {
  const city = await stage.staff('4301', 'lead');
  const seen: string[] = [];
  let after: string | null = '';
  do {
    const query: string = after ? `&after=${encodeURIComponent(after)}` : '';
    const page: { people: { id: string }[]; next: string | null } = (await city.get(`/api/staff?unit=4301${query}`))
      .body;
    seen.push(...page.people.map(({ id }) => id));
    after = page.next;
  } while (after);
  expect(new Set(seen)).toHaveLength(seen.length);
  const [count] = await stage.house.connection.sql`select count(*)::int as n from posts where ended_at is null`;
  expect(seen).toHaveLength(Number(count?.['n']));
  expect((await street.get('/api/staff?unit=430102001')).status).toBe(403);
  expect((await (await stage.person(RECEIVING_CLERK)).get(`/api/staff?unit=${COMMUNITY}`)).status).toBe(403);
  const found = (await street.get('/api/staff/units?words=ziyuan')).body;
  expect(found).toMatchObject([{ id: COMMUNITY, name: '梓园社区' }]);
  expect((await street.get('/api/staff/units?words=shizili')).body).toEqual([]);
  expect((await street.get('/api/staff/units')).body[0]).toMatchObject({ id: STREET });
});
