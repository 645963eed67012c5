/** What verbs do to a case: return and the clock, forward, undo, and those that only note something. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defineEffect } from '../../../api/engine/effect.ts';
import { form } from '../../../api/engine/form.ts';
import { q } from '../../../api/engine/questions/index.ts';
import { defineService } from '../../../api/engine/service.ts';
import type { Browser } from '../../tools/browser.ts';
import { apply, DAUGHTER, LIU, newHome, OLD_CLERK, RECEIVING_CLERK } from '../../tools/story.ts';
import { addPlainly } from './plain-texts.ts';
import { openStage, saying, use, type Stage } from './stage.ts';

const HOME = '430102001001';
const RECEIVING = '430111001001';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage('2026-09-28 10:00');
});
afterAll(() => stage.stop());

const move = { to: 'city', home: newHome, since: '2026-09-01', reason: 'purchase', proof: null, handOver: true };
const read = async (who: Browser, number: string) => (await who.get(`/api/cases/${number}`)).body;
const end = (who: Browser, number: string) => use(who, number, 'withdraw');
const care = async () => {
  const rows = await stage.house.connection.sql`
    select unit_id, until from care c join retirees r on r.id = c.retiree_id where r.name = '刘淑兰' order by c.since, c.id`;
  return rows.map((row) => `${row['unit_id']}${row['until'] ? ' ended' : ''}`);
};

describe('return', () => {
  test('stops the clock over National Day and goes on with the days left; a second one asks why', async () => {
    stage.at('2026-09-28 10:00');
    const liu = await stage.person(LIU);
    const clerk = await stage.person(RECEIVING_CLERK);
    const number = await apply(liu, 'relocation', move);
    expect((await read(liu, number)).due).toBe('2026-10-08');

    // One working day of three is used on the 29th, the holiday and the make-up Saturday count for nothing.
    stage.at('2026-09-29 16:00');
    const returned = await use(clerk, number, 'return', {
      missing: ['photo-unclear', 'other'],
      otherWords: '电话 13812345678 打不通',
    });
    expect(returned.body.status).toBe('returned');
    expect(await read(liu, number)).toMatchObject({ due: null, overdue: false, returns: 1 });
    const told = (await liu.get('/api/messages')).body[0].text;
    expect(told).toContain('照片看不清');
    expect(told).not.toContain('13812345678');
    expect((await clerk.get('/api/pending')).body.cases).toEqual([]);

    stage.at('2026-10-07 21:00');
    const again = await liu.post(`/api/cases/${number}/resubmit`, { answers: saying({ since: '2026-09-02' }) });
    expect(again.body.status).toBe('open');
    const after = await read(liu, number);
    expect(after.due).toBe('2026-10-09');
    expect(after.answers.map((one: { key: string; shown: string }) => `${one.key} ${one.shown}`)).toEqual(
      expect.arrayContaining(['since 2026年9月2日', 'reason 买了新房']),
    );

    const unasked = await use(clerk, number, 'return', { missing: ['since-unclear'], words: null });
    expect(unasked.body).toMatchObject({ code: 'not-all-answered', question: 'whyAgain' });
    const why = { missing: ['since-unclear'], words: null, whyAgain: '上次漏看了' };
    expect((await use(clerk, number, 'return', why)).status).toBe(200);
    await end(liu, number);
  });

  test('answers that no longer hold are refused when they come again', async () => {
    const liu = await stage.person(LIU);
    const clerk = await stage.person(RECEIVING_CLERK);
    const number = await apply(liu, 'relocation', move);
    await use(clerk, number, 'return', { missing: ['address-incomplete'], words: null });
    const same = { ...newHome, communityId: HOME };
    const refused = await liu.post(`/api/cases/${number}/resubmit`, { answers: saying({ home: same }) });
    expect(refused.body).toMatchObject({ code: 'cannot-open', reason: 'same-community' });
    expect((await read(liu, number)).status).toBe('returned');
    await end(liu, number);
  });
});

describe('forward', () => {
  test('amends the answer, keeps what it was, keeps the due day, and tells the right unit', async () => {
    stage.at('2026-10-19 10:00');
    const liu = await stage.person(LIU);
    const clerk = await stage.person(RECEIVING_CLERK);
    const number = await apply(liu, 'relocation', move);
    expect((await use(clerk, number, 'forward', { to: '430111001002', words: null })).status).toBe(200);
    const seen = await read(liu, number);
    expect(seen).toMatchObject({ due: '2026-10-22', unit: { id: '430111001002' } });
    expect(seen.answers.find((one: { key: string }) => one.key === 'home').shown).toContain('韶山路社区');
    expect(JSON.stringify(seen.timeline.at(-1).said)).toContain('梓园社区');

    // Whoever had it before learns so, and decides nothing any more.
    const late = await clerk.post(`/api/cases/${number}/approve`, { version: 1 });
    expect(late.body).toMatchObject({ code: 'stale-case' });
    expect(late.body.detail).toContain('张伟');

    // To where she lives already it cannot go: then there is nothing to move.
    const next = await stage.staff('430111001002', 'clerk');
    const circle = await use(next, number, 'forward', { to: HOME, words: null });
    expect(circle.body).toMatchObject({ code: 'cannot-open', reason: 'same-community' });

    // On the last evening it gets one working day.
    stage.at('2026-10-22 18:00');
    expect((await use(next, number, 'forward', { to: RECEIVING, words: null })).status).toBe(200);
    expect((await read(liu, number)).due).toBe('2026-10-23');
    await end(liu, number);
  });
});

describe('undo', () => {
  test('takes everything back, newest first; refused once something was built on it', async () => {
    stage.at('2026-11-02 10:00');
    const liu = await stage.person(LIU);
    const clerk = await stage.person(RECEIVING_CLERK);
    const lead = await stage.staff(RECEIVING, 'lead');
    const number = await apply(liu, 'relocation', move);
    await use(clerk, number, 'approve');
    expect(await care()).toEqual([`${HOME} ended`, RECEIVING]);
    expect((await use(clerk, number, 'undo', { words: '错了' })).status).toBe(403);
    expect((await use(lead, number, 'undo', { words: '证明是假的' })).body.status).toBe('undone');
    expect(await care()).toEqual([HOME]);
    const order = await stage.house.connection.sql`
      select n, effect, undone_at from receipts order by n`;
    expect(order.every((row) => row['undone_at'] !== null)).toBe(true);

    const first = await apply(liu, 'relocation', move);
    await use(clerk, first, 'approve');
    await use(clerk, first, 'approve');
    const onward = { ...newHome, communityId: '430111001002' };
    const second = await apply(liu, 'relocation', { ...move, home: onward, since: '2026-11-01' });
    await use(await stage.staff('430111001002', 'clerk'), second, 'approve');
    const refused = await use(lead, first, 'undo', { words: '错了' });
    expect(refused.body).toMatchObject({ code: 'later-facts', what: expect.any(String) });
    expect(await read(lead, first)).toMatchObject({ status: 'approved' });
    await use(await stage.staff('430111001002', 'lead'), second, 'undo', { words: '先撤后来的' });
    expect((await use(lead, first, 'undo', { words: '再撤先前的' })).body.status).toBe('undone');
    expect(await care()).toEqual([HOME]);
  });
});

const undone: string[] = [];
const named = defineEffect<string, string>({
  name: 'toy-named',
  apply: async (_ctx, name) => name,
  async undo(_ctx, name) {
    undone.push(name);
  },
});

/** Opens with one effect, decides with two and then with one. */
const ordered = defineService({
  kind: 'toy-ordered',
  version: 1,
  basis: ['第五条'],
  subject: 'retiree',
  promise: 5,
  open: { by: ['self'], do: () => [named('opened')] },
  ask: form.ask('sure', q.yes()),
  steps: {
    first: {
      by: ['clerk'],
      at: (c) => c.subject.care,
      on: { approve: { to: 'second', do: () => [named('a'), named('b')] } },
    },
    second: {
      by: ['clerk'],
      on: {
        approve: { to: 'approved', do: () => [named('c')] },
        reject: { to: 'rejected', do: () => [named('refused')] },
      },
    },
  },
  undo: { by: 'lead' },
});

test('effects are taken back in the opposite order, by undo, withdrawal and refusal alike', async () => {
  stage.at('2026-11-09 10:00');
  addPlainly(ordered);
  const liu = await stage.person(LIU);
  const clerk = await stage.person(OLD_CLERK);
  const run = async (...verbs: [Browser, string, Record<string, unknown>?][]) => {
    undone.length = 0;
    const number = await apply(liu, 'toy-ordered', { sure: true });
    for (const [who, verb, answers] of verbs) expect((await use(who, number, verb, answers)).status).toBe(200);
    return undone.join(' ');
  };
  const lead = await stage.staff(HOME, 'lead');
  expect(await run([clerk, 'approve'], [clerk, 'approve'], [lead, 'undo', { words: '错了' }])).toBe('c b a opened');
  expect(await run([clerk, 'approve'], [liu, 'withdraw'])).toBe('b a opened');
  // What a refusal itself does, stays.
  expect(await run([clerk, 'approve'], [clerk, 'reject', { reason: 'other', words: null }])).toBe('b a opened');
});

describe('what only is noted', () => {
  test('whose it is: claimed once, assigned to a colleague only, handed back; and the version stays', async () => {
    const daughter = await stage.person(DAUGHTER);
    const [mother] = (await daughter.get('/api/me')).body.people;
    const number = await apply(daughter, 'address-change', change, mother.id);
    const clerk = await stage.person(OLD_CLERK);
    const lead = await stage.staff(HOME, 'lead');
    expect((await use(clerk, number, 'claim')).body.version).toBe(1);
    expect((await use(lead, number, 'claim')).body).toMatchObject({ code: 'stale-case' });
    expect(await read(clerk, number)).toMatchObject({ claimedBy: { me: true } });
    const team = (await lead.get(`/api/colleagues?unit=${HOME}`)).body as { id: string; name: string }[];
    const [other] = (await (await stage.staff(RECEIVING, 'lead')).get(`/api/colleagues?unit=${RECEIVING}`)).body;
    expect((await use(lead, number, 'assign', { to: other.id })).status).toBe(403);
    expect((await use(lead, number, 'assign', { to: 'nobody' })).status).toBe(403);
    const me = team.find((one) => one.name !== '李娟');
    expect((await use(clerk, number, 'assign', { to: me?.id })).status).toBe(200);
    expect((await read(lead, number)).claimedBy.me).toBe(true);
    expect((await use(lead, number, 'hand-back')).status).toBe(200);
    expect((await read(lead, number)).claimedBy).toBeNull();
    expect((await use(daughter, number, 'claim')).status).toBe(403);
    await end(daughter, number);
  });

  test('a reminder once a day, a rating once, after the end, and never by the counter itself', async () => {
    stage.at('2026-11-10 09:00');
    const liu = await stage.person(LIU);
    const clerk = await stage.person(OLD_CLERK);
    const number = await apply(liu, 'address-change', change);
    expect((await use(liu, number, 'rate', { stars: '5', words: null })).body.code).toBe('stale-case');
    expect((await use(liu, number, 'remind')).status).toBe(200);
    expect((await use(liu, number, 'remind')).body.code).toBe('already-reminded');
    stage.at('2026-11-11 09:01');
    expect((await use(liu, number, 'remind')).status).toBe(200);
    await use(clerk, number, 'approve');
    await use(clerk, number, 'approve');
    expect((await use(liu, number, 'rate', { stars: '6', words: null })).body.code).toBe('bad-answer');
    expect((await use(liu, number, 'rate', { stars: '5', words: '很快' })).status).toBe(200);
    expect((await use(liu, number, 'rate', { stars: '1', words: null })).status).toBe(409);
    expect((await read(liu, number)).stars).toBe(5);

    const me = (await liu.get('/api/me')).body.people[0].id;
    const counter = await apply(clerk, 'address-change', { ...change, home: { ...change.home, room: '402' } }, me);
    await use(clerk, counter, 'approve');
    await use(clerk, counter, 'approve');
    const verbs = (await read(clerk, counter)).verbs.map((one: { verb: string }) => one.verb);
    expect(verbs).not.toContain('rate');
    expect((await use(clerk, counter, 'rate', { stars: '5', words: null })).status).toBe(403);
    expect((await use(liu, counter, 'rate', { stars: '4', words: null })).status).toBe(200);
  });
});

const change = {
  home: { communityId: HOME, estate: '纺织厂宿舍', building: '5', unit: '1', room: '201' },
  since: '2026-11-01',
  phone: LIU,
  proof: null,
};
