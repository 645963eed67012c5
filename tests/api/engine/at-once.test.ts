/** Many hands at once: exactly one wins, the others learn who and what, and nothing happens twice. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from '../../tools/browser.ts';
import { apply, LIU, newHome, RECEIVING_CLERK } from '../../tools/story.ts';
import { openStage, saying, use, type Stage } from './stage.ts';

const RECEIVING = '430111001001';

let stage: Stage;
let liu: Browser;
let clerk: Browser;
let lead: Browser;
beforeAll(async () => {
  stage = await openStage('2026-11-02 10:00');
  liu = await stage.person(LIU);
  clerk = await stage.person(RECEIVING_CLERK);
  lead = await stage.staff(RECEIVING, 'lead');
});
afterAll(() => stage.stop());

const move = { to: 'city', home: newHome, since: '2026-10-01', reason: 'other', proof: null, handOver: true };
const careNow = () =>
  stage.house.connection.sql`select 1 from care where case_id is not null and unit_id = ${RECEIVING}`;

test('two clerks at once: one decides, the other is told who did what', async () => {
  const number = await apply(liu, 'relocation', move);
  const [approved, rejected] = await Promise.all([
    clerk.post(`/api/cases/${number}/approve`, { version: 1 }),
    lead.post(`/api/cases/${number}/reject`, { version: 1, answers: saying({ reason: 'not-covered', words: null }) }),
  ]);
  const [won, lost] = approved.status === 200 ? [approved, rejected] : [rejected, approved];
  expect(won.status).toBe(200);
  expect(lost.status).toBe(409);
  expect(lost.body.code).toBe('stale-case');
  const winner = won === approved ? { who: '张伟', what: '同意' } : { who: '', what: '不予办理' };
  expect(lost.body.detail).toContain(winner.who);
  expect(lost.body.detail).toContain(winner.what);
  const { timeline } = (await liu.get(`/api/cases/${number}`)).body;
  expect(timeline).toHaveLength(2);
  if (won === approved) await use(lead, number, 'undo', { words: '重来' });
});

test('withdrawn and approved at once: the one or the other, never both', async () => {
  for (let round = 0; round < 3; round += 1) {
    const number = await apply(liu, 'relocation', move);
    const before = (await careNow()).length;
    const [withdrawn, approved] = await Promise.all([
      liu.post(`/api/cases/${number}/withdraw`, { version: 1 }),
      clerk.post(`/api/cases/${number}/approve`, { version: 1 }),
    ]);
    expect([withdrawn.status, approved.status].toSorted((a, b) => a - b)).toEqual([200, 409]);
    expect((await careNow()).length - before).toBe(approved.status === 200 ? 1 : 0);
    if (approved.status === 200) await use(lead, number, 'undo', { words: '重来' });
  }
});

test('twenty applications at once for one person are one open case', async () => {
  const phones = [liu, await stage.house.signIn(LIU), await stage.house.signIn(LIU)];
  const attempts = Array.from({ length: 20 }, async (_, index) => {
    const phone = phones[index % phones.length] as Browser;
    const started = (await phone.post('/api/drafts', { kind: 'relocation', answers: saying(move) })).body;
    if (started.existing) return { status: 200, body: started.existing };
    return phone.post(`/api/drafts/${started.draft.id}/submit`, { checked: started.draft.revision });
  });
  const done = await Promise.all(attempts);
  expect(done.filter((one) => one.status !== 200)).toEqual([]);
  const numbers = new Set(done.map((one) => one.body.number));
  expect(numbers.size).toBe(1);
  const alive = await stage.house.connection.sql`select number from cases where status = 'open'`;
  expect(alive.map((row) => row['number'])).toEqual([...numbers]);
  await use(liu, [...numbers][0], 'withdraw');
});

test('an act asked for again with its key gives the first answer and happens once, also both at once', async () => {
  const chat = { kind: 'telegram' as const, id: '4301', name: '', language: 'zh' };
  const call = (path: string, actKey: string, body: object = {}) =>
    stage.house.app.request(
      path,
      { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
      { inner: { chat, actKey } },
    );
  await call('/api/chat/contact', 'bot:update_id:1', { phone: LIU, own: true });
  const number = await apply(liu, 'relocation', move);
  const path = `/api/cases/${number}/remind`;
  const both = await Promise.all([call(path, 'bot:update_id:2'), call(path, 'bot:update_id:2')]);
  expect(both.map((one) => one.status)).toEqual([200, 200]);
  const [first, second] = await Promise.all(both.map((one) => one.json()));
  expect(second).toEqual(first);
  // Without the key it would have been refused: reminded today already.
  expect((await call(path, 'bot:update_id:3')).status).toBe(409);
  // What was refused is not remembered as done.
  expect((await call(path, 'bot:update_id:3')).status).toBe(409);
  const events = await stage.house.connection.sql`
    select 1 from case_events e join cases c on c.id = e.case_id where c.number = ${number} and e.verb = 'remind'`;
  expect(events).toHaveLength(1);
});
