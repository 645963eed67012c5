/** Drafts: two phones on one form, what no longer applies, what is submitted and what was checked, and how long they live. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { removeOld } from '../../../api/retention/remove-old.ts';
import type { Browser } from '../../tools/browser.ts';
import { apply, DAUGHTER, LIU, newHome, RECEIVING_CLERK } from '../../tools/story.ts';
import { openStage, saying, use, type Stage } from './stage.ts';

let stage: Stage;
let liu: Browser;
/** The same account on another phone. */
let tablet: Browser;
beforeAll(async () => {
  stage = await openStage('2026-11-02 10:00');
  liu = await stage.person(LIU);
  tablet = await stage.house.signIn(LIU);
});
afterAll(() => stage.stop());

const begin = async (who: Browser) => (await who.post('/api/drafts', { kind: 'relocation' })).body.draft;
const answer = (who: Browser, id: string, answers: Record<string, unknown>, seen?: number) =>
  who.put(`/api/drafts/${id}/answers`, {
    answers: Object.fromEntries(Object.entries(answers).map(([key, value]) => [key, { value, seen }])),
  });
const city = { to: 'city', home: newHome, since: '2026-10-01' };
const rest = { reason: 'other', proof: null, handOver: true };

async function fresh(): Promise<string> {
  const old = await begin(liu);
  await liu.delete(`/api/drafts/${old.id}`);
  return (await begin(liu)).id;
}

describe('two phones on one draft', () => {
  test('begin the same once, and different answers merge', async () => {
    const id = await fresh();
    expect((await begin(tablet)).id).toBe(id);
    await answer(liu, id, city);
    const both = await Promise.all([answer(liu, id, { reason: 'other' }), answer(tablet, id, { since: '2026-10-02' })]);
    expect(both.map((one) => one.status)).toEqual([200, 200]);
    const { answers } = (await liu.get(`/api/drafts/${id}`)).body;
    expect(answers.map((one: { shown: string }) => one.shown)).toEqual(
      expect.arrayContaining(['2026年10月2日', '其他原因']),
    );
  });

  test('a different answer to what one has not seen shows both; the same one again is harmless', async () => {
    const id = await fresh();
    const first = (await answer(liu, id, { to: 'city' }, 0)).body.revision;
    expect((await answer(tablet, id, { to: 'city' }, 0)).body.revision).toBe(first);
    const clash = await answer(tablet, id, { to: 'abroad' }, 0);
    expect(clash.status).toBe(409);
    expect(clash.body).toMatchObject({ code: 'answered-meanwhile', question: 'to', revision: first });
    expect([clash.body.mine, clash.body.theirs]).toEqual(['国外或港澳台', '长沙市内']);
    expect((await answer(tablet, id, { to: 'abroad' }, first)).status).toBe(200);
  });
});

describe('what applies', () => {
  test('hangs on earlier answers: a hidden question is refused, its old answer neither sent nor lost', async () => {
    const id = await fresh();
    await answer(liu, id, city);
    await answer(liu, id, { to: 'abroad' });
    const hidden = await answer(liu, id, { home: newHome });
    expect(hidden.body).toMatchObject({ code: 'not-asked', question: 'home' });
    expect((await liu.get(`/api/drafts/${id}`)).body.next.key).toBe('place');
    await answer(liu, id, { to: 'city' });
    expect((await liu.get(`/api/drafts/${id}`)).body.next.key).toBe('reason');
  });

  test('a question not reached yet names the one to answer first; an unknown one is none', async () => {
    const id = await fresh();
    expect((await answer(liu, id, { reason: 'other' })).body).toMatchObject({
      code: 'not-all-answered',
      question: 'to',
    });
    expect((await answer(liu, id, { shoeSize: 39 })).body.code).toBe('no-such-question');
    expect((await answer(liu, id, { to: 'moon' })).body).toMatchObject({ code: 'bad-answer', complaint: 'choose-one' });
  });

  test.each<[string, unknown, string]>([
    ['a date in the future', '2026-11-03', 'in-the-future'],
    ['「去年三月」', '去年三月', 'not-a-day'],
    ['a month without a day', '2026年3月', 'day-missing'],
    ['a day that does not exist', '2026-02-30', 'not-a-day'],
    ['emoji', '🎉', 'not-a-day'],
    ['nothing', '', 'not-a-day'],
    ['a number', 20261101, 'not-a-day'],
    ['4,096 characters', '长'.repeat(4096), 'not-a-day'],
  ])('%s is no day, and says how to mend it', async (_what, value, complaint) => {
    const id = (await begin(liu)).id;
    await answer(liu, id, { to: 'city', home: newHome });
    const refused = await answer(liu, id, { since: value });
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({ code: 'bad-answer', question: 'since', complaint });
    expect(refused.body.detail.length).toBeGreaterThan(8);
  });

  test('a community that does not exist is refused, the rest kept', async () => {
    const id = await fresh();
    const refused = await answer(liu, id, { to: 'city', home: { ...newHome, communityId: '999999999999' } });
    expect(refused.body).toMatchObject({ complaint: 'no-such-community', part: 'communityId' });
    // All or none of one sending; what was there before stays.
    expect((await liu.get(`/api/drafts/${id}`)).body.next.key).toBe('to');
  });
});

describe('submitting', () => {
  test('names what was checked; changed meanwhile is checked again; twice at once is one case', async () => {
    const id = await fresh();
    const checked = (await answer(liu, id, { ...city, ...rest })).body.revision;
    await answer(tablet, id, { since: '2026-10-09' });
    const stale = await liu.post(`/api/drafts/${id}/submit`, { checked });
    expect(stale.body).toMatchObject({ code: 'changed-since-checked', revision: checked + 1 });
    const twice = await Promise.all(
      [liu, tablet, liu, tablet].map((who) => who.post(`/api/drafts/${id}/submit`, { checked: checked + 1 })),
    );
    expect(twice.map((one) => one.status)).toEqual([200, 200, 200, 200]);
    const numbers = new Set(twice.map((one) => one.body.number));
    expect(numbers.size).toBe(1);
    expect((await answer(liu, id, { since: '2026-10-10' })).body.code).toBe('already-submitted');
    expect((await liu.delete(`/api/drafts/${id}`)).body.code).toBe('already-submitted');
    // One alive at a time: the second attempt is shown the first.
    expect((await liu.post('/api/drafts', { kind: 'relocation' })).body).toEqual({
      existing: { number: [...numbers][0] },
    });
    await use(liu, [...numbers][0], 'withdraw');
  });

  test('an unfinished form names the next question', async () => {
    const id = await fresh();
    const { revision } = (await answer(liu, id, city)).body;
    const early = await liu.post(`/api/drafts/${id}/submit`, { checked: revision });
    expect(early.body).toMatchObject({ code: 'not-all-answered', question: 'reason' });
    expect((await liu.get(`/api/drafts/${id}`)).status).toBe(200);
  });

  test('a decision begun in one round decides nothing in the next', async () => {
    const number = await apply(liu, 'relocation', { ...city, ...rest });
    const clerk = await stage.person(RECEIVING_CLERK);
    const draft = (await clerk.post(`/api/cases/${number}/drafts`, { verb: 'reject' })).body;
    const { revision } = (await answer(clerk, draft.id, { reason: 'not-covered', words: null })).body;
    await use(clerk, number, 'return', { missing: ['since-unclear'], words: null });
    await liu.post(`/api/cases/${number}/resubmit`, {});
    const late = await clerk.post(`/api/drafts/${draft.id}/submit`, { checked: revision });
    expect(late.body.code).toBe('stale-case');
    expect((await liu.get(`/api/cases/${number}`)).body.status).toBe('open');
    await use(liu, number, 'withdraw');
  });
});

describe('whose they are and how long they live', () => {
  test('nobody else reads, answers, submits or discards one', async () => {
    const { id } = await begin(liu);
    const daughter = await stage.person(DAUGHTER);
    for (const stranger of [daughter, stage.house.visit()]) {
      expect((await stranger.get(`/api/drafts/${id}`)).status).toBe(404);
      expect((await answer(stranger, id, { to: 'city' })).status).toBe(404);
      expect((await stranger.post(`/api/drafts/${id}/submit`, { checked: 0 })).status).toBe(404);
      expect((await stranger.delete(`/api/drafts/${id}`)).status).toBe(404);
    }
    expect((await liu.get(`/api/drafts/${id}`)).status).toBe(200);
  });

  test('a guest begins nothing that is not for everyone', async () => {
    const guest = stage.house.visit();
    expect((await guest.post('/api/drafts', { kind: 'relocation' })).body.code).toBe('not-signed-in');
    expect((await guest.post('/api/drafts', { kind: 'no-such' })).body.code).toBe('no-such-service');
  });

  test('thirty days after the last touch they are gone, with what was answered', async () => {
    const id = await fresh();
    await answer(liu, id, { to: 'abroad' });
    stage.at('2026-12-02 09:59');
    expect((await liu.get(`/api/drafts/${id}`)).status).toBe(200);
    stage.at('2026-12-02 10:01');
    expect((await liu.get(`/api/drafts/${id}`)).status).toBe(404);
    expect((await liu.get('/api/drafts')).body).toEqual([]);
    // Begun again before the night has swept: empty, not what lay there.
    expect(await begin(liu)).toMatchObject({ revision: 0, answers: [] });
    stage.at('2027-01-03 10:00');
    const { db, clock, city: here } = stage.ctx;
    expect((await removeOld(db, here.keep, clock())).drafts).toBeGreaterThan(0);
    expect(await stage.house.connection.sql`select 1 from drafts where submitted_at is null`).toHaveLength(0);
  });
});

test('answers on several keys at once are all or none', async () => {
  stage.at('2026-11-02 10:00');
  const id = await fresh();
  await answer(liu, id, { to: 'city', home: newHome, since: 'never' });
  expect((await liu.get(`/api/drafts/${id}`)).body.answers).toEqual([]);
  expect((await liu.put(`/api/drafts/${id}/answers`, { answers: saying({}) })).status).toBe(200);
});
