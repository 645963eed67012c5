/** A report that is not true: stopped by one tap, gone without a trace, and its reporter held the third time. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from '../../tools/browser.ts';
import { apply, DAUGHTER, LIU, OLD_CLERK } from '../../tools/story.ts';
import { use, type Stage } from '../engine/stage.ts';
import { approve, foundTrue, HOME, liu, openStory, recordOf, reportOf, STREET, wang } from './stories.ts';

const STRANGER = '13955550041';

let stage: Stage;
let clerk: Browser;
let mother: Browser;
let stranger: Browser;
beforeAll(async () => {
  stage = await openStory('2026-11-23 10:00');
  clerk = await stage.person(OLD_CLERK);
  mother = await stage.person(LIU);
  stranger = await stage.person(STRANGER);
});
afterAll(() => stage.stop());

const rows = (query: string) => stage.house.connection.sql.unsafe(query);
const report = (more: Record<string, unknown> = {}) =>
  apply(stranger, 'death-report', reportOf(liu, { phone: STRANGER, relation: 'neighbour', ...more }));
const verbsOf = async (who: Browser, number: string) =>
  (await who.get(`/api/cases/${number}`)).body.verbs.map((one: { verb: string }) => one.verb);

describe('the retiree says that it is not so', () => {
  let number: string;
  let before: unknown;
  beforeAll(async () => {
    before = await recordOf(stage, liu);
    number = await report();
  });

  test('only her own account may: neither a relative nor whoever reported it', async () => {
    for (const phone of [DAUGHTER, STRANGER]) {
      const { status } = await (await stage.person(phone)).post(`/api/cases/${number}/object`, {});
      expect([403, 404]).toContain(status);
    }
    expect(await verbsOf(stranger, number)).not.toContain('object');
  });

  test('one tap is enough: the clerk sees it at once, and cannot approve without a visit noted', async () => {
    const seen = (await clerk.get(`/api/cases/${number}`)).body;
    const { version } = (await mother.get(`/api/cases/${number}`)).body;
    expect((await mother.post(`/api/cases/${number}/object`, { version })).status).toBe(200);
    const card = (await clerk.get(`/api/cases/${number}`)).body;
    const [line] = (await clerk.get('/api/pending')).body.cases;
    expect(line.waiting).toContain('本人表示不实');
    // What was begun before she said so no longer counts.
    const late = await clerk.post(`/api/cases/${number}/approve`, {
      version: seen.version,
      answers: { how: { value: 'phone' }, note: { value: '打过电话' }, family: { value: false } },
    });
    expect(late.body.code).toBe('stale-case');
    expect((await approve(clerk, number, foundTrue)).body.code).toBe('no-such-question');
    expect((await use(clerk, number, 'approve', { note: '没去' })).body).toMatchObject({ code: 'not-all-answered' });
    const approval = card.verbs.find((one: { verb: string }) => one.verb === 'approve');
    expect(approval.questions[0]).toMatchObject({ key: 'visitedOn', optional: null });
  });

  test('she reads that it was heard, and the reporter reads nothing of it', async () => {
    const seen = (await mother.get(`/api/cases/${number}`)).body;
    expect(seen).toMatchObject({ state: '您说了不属实', verbs: [], asked: true });
    expect(JSON.stringify((await stranger.get(`/api/cases/${number}`)).body)).not.toMatch(/不实|异议|object|contested/);
  });

  test('rejected, it leaves no trace on her record, in her list or in that of her family', async () => {
    expect((await use(clerk, number, 'reject', { reason: 'not-true', words: null })).body.status).toBe('rejected');
    expect(await recordOf(stage, liu)).toEqual(before);
    for (const who of [mother, await stage.person(DAUGHTER)]) {
      expect((await who.get('/api/cases')).body.cases).toEqual([]);
      expect((await who.get(`/api/cases/${number}`)).status).toBe(404);
    }
    const [notice] = (await mother.get('/api/messages')).body;
    expect(notice.text).toContain('按不实处理');
    expect(JSON.stringify((await mother.get('/api/messages')).body)).not.toMatch(/离世|去世|逝/);
    const events = await rows(
      `select verb from case_events where case_id = (select id from cases where number = '${number}') order by seq`,
    );
    expect(events.map((one) => one['verb'])).toEqual(['open', 'object', 'reject']);
  });
});

describe('somebody who reported falsely twice', () => {
  test('is held for a lead the third time: until then not even the retiree is asked', async () => {
    const second = await report();
    await use(clerk, second, 'reject', { reason: 'not-true', words: null });
    const asked = () => rows(`select 1 from messages where template = 'report.verify'`);
    const before = (await asked()).length;

    const third = await report();
    expect(await asked()).toHaveLength(before);
    expect((await mother.get(`/api/cases/${third}`)).status).toBe(404);
    expect((await mother.get('/api/cases')).body.cases).toEqual([]);
    expect((await clerk.get(`/api/cases/${third}`)).status).toBe(404);
    const lead = await stage.staff(STREET, 'lead');
    const card = (await lead.get(`/api/cases/${third}`)).body;
    expect(card.unit.id).toBe(STREET);
    expect((await lead.get('/api/pending')).body.cases[0].waiting).toContain('报错过两次');
    // Whoever reported it is shown the same as ever.
    expect((await stranger.get(`/api/cases/${third}`)).body).toMatchObject({ state: '正在核实' });

    expect((await use(lead, third, 'approve')).status).toBe(200);
    expect(await asked()).toHaveLength(before + 1);
    expect((await clerk.get(`/api/cases/${third}`)).body.unit.id).toBe(HOME);
    await use(clerk, third, 'reject', { reason: 'not-true', words: null });
  });

  test('is known by the phone number, too, when nobody is signed in', async () => {
    const guest = stage.house.visit();
    const number = await apply(guest, 'death-report', reportOf(liu, { phone: STRANGER, relation: 'neighbour' }));
    const [row] = await rows(`select step, unit_id from cases where number = '${number}'`);
    expect(row).toMatchObject({ step: 'held', unit_id: STREET });
    const other = await apply(stage.house.visit(), 'death-report', reportOf(wang, { phone: '13955550049' }));
    const [unheld] = await rows(`select step from cases where number = '${other}'`);
    expect(unheld?.['step']).not.toBe('held');
  });
});
