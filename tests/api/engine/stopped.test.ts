/** A form ends at the answer after which the case could not be opened, and goes on when that answer is changed. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from '../../tools/browser.ts';
import { LIU, newHome, OLD_CLERK } from '../../tools/story.ts';
import { openStage, saying, use, type Stage } from './stage.ts';

let stage: Stage;
let liu: Browser;
beforeAll(async () => {
  stage = await openStage('2026-11-02 10:00', 'web');
  liu = await stage.person(LIU);
});
afterAll(() => stage.stop());

const here = { communityId: '430102001001', building: '3', room: '502' };
const begin = async (kind: string, answers: Record<string, unknown>) =>
  (await liu.post('/api/drafts', { kind, answers: saying(answers) })).body.draft;
const put = async (id: string, answers: Record<string, unknown>) =>
  (await liu.put(`/api/drafts/${id}/answers`, { answers: saying(answers) })).body;

describe('a form', () => {
  test('ends with the reason, the answer that ended it, and whom to call', async () => {
    const ended = await begin('address-change', { home: newHome });
    expect(ended).toMatchObject({
      next: null,
      stopped: {
        reason: 'other-community',
        at: { key: 'home', label: expect.stringMatching(/住/) },
        call: { name: '识字里社区', phone: '0731-80000011' },
      },
    });
    expect(ended.stopped.words).not.toBe('');
    expect((await liu.get(`/api/drafts/${ended.id}`)).body.stopped.reason).toBe('other-community');
    expect((await liu.get('/api/drafts')).body[0].stopped.reason).toBe('other-community');
    expect(await put(ended.id, { home: here })).toMatchObject({ next: { key: 'since' }, stopped: null });
  });

  test('keeps what was answered after the answer that ended it', async () => {
    const started = await begin('address-change', {});
    const whole = await put(started.id, { home: here, since: '2026-10-01', phone: LIU, proof: null });
    expect(whole).toMatchObject({ next: null, stopped: null });
    const ended = await put(started.id, { home: newHome });
    expect(ended.stopped.at.key).toBe('home');
    const refused = await liu.post(`/api/drafts/${started.id}/submit`, { checked: ended.revision });
    expect(refused.body).toMatchObject({ code: 'cannot-open', reason: 'other-community' });
    expect(await put(started.id, { home: here })).toMatchObject({ next: null, stopped: null });
  });

  test('ends by no answer’s doing when the person has died', async () => {
    const home = await begin('relocation', { to: 'city' });
    await stage.house.connection.sql`update retirees set died_on = '2026-11-01' where name = '刘淑兰'`;
    const read = (await liu.get(`/api/drafts/${home.id}`)).body;
    expect(read).toMatchObject({ next: null, stopped: { reason: 'deceased', at: null } });
    await stage.house.connection.sql`update retirees set died_on = null where name = '刘淑兰'`;
  });
});

test('a resubmission ends in the same way; a decision never does', async () => {
  const started = await begin('address-change', {});
  const { revision } = await put(started.id, { home: here, since: '2026-10-01', phone: LIU, proof: null });
  const { number } = (await liu.post(`/api/drafts/${started.id}/submit`, { checked: revision })).body;
  const clerk = await stage.person(OLD_CLERK);
  await use(clerk, number, 'return', { missing: ['address-incomplete'], words: null });
  const again = (await liu.post(`/api/cases/${number}/drafts`, { verb: 'resubmit' })).body;
  expect(again.stopped).toBeNull();
  expect((await put(again.id, { home: newHome })).stopped.reason).toBe('other-community');
  await liu.delete(`/api/drafts/${again.id}`);
  await use(liu, number, 'resubmit', {});
  const decision = (await clerk.post(`/api/cases/${number}/drafts`, { verb: 'reject' })).body;
  expect(decision).toMatchObject({ next: { key: 'reason' }, stopped: null });
});
