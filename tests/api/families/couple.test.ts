/** A couple with one phone: both are bound from it, and nothing takes the number for one person's. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { setPhone } from '../../../api/registry/set-phone.ts';
import type { Browser } from '../../tools/browser.ts';
import { apply, OLD_CLERK } from '../../tools/story.ts';
import { openStage, use, type Stage } from '../engine/stage.ts';
import { ask, liuCard, wangCard } from './people.ts';

const SHARED = '13955550301';

let stage: Stage;
let couple: Browser;
beforeAll(async () => {
  stage = await openStage('2026-11-02 10:00', 'web');
  const cause = {
    caseId: '',
    number: '',
    kind: '',
    status: 'open' as const,
    unitId: '',
    subjectId: null,
    applicantId: null,
  };
  for (const name of [liuCard?.name, wangCard?.name]) {
    const [row] = await stage.house.connection.sql`select id from retirees where name = ${name ?? ''}`;
    await setPhone.definition.apply(stage.ctx, { retireeId: String(row?.['id']), phone: SHARED }, cause);
  }
  couple = await stage.person(SHARED);
});
afterAll(() => stage.stop());

test('each is bound by their own name and number, and only once', async () => {
  expect((await couple.post('/api/me/bind', liuCard)).status).toBe(200);
  expect((await couple.post('/api/me/bind', wangCard)).status).toBe(200);
  expect((await couple.post('/api/me/bind', wangCard)).body.code).toBe('already-bound');
  await expect
    .poll(async () => (await couple.get('/api/me')).body.people.map((one: { relation: string }) => one.relation))
    .toEqual(['self', 'self']);
  expect((await couple.get('/api/me')).body.name).toBe('刘淑兰');
});

test('what is applied for says for whom, and is told by name', async () => {
  expect((await couple.post('/api/drafts', { kind: 'call-back' })).body.reason).toBe('whom');
  const { people } = (await couple.get('/api/me')).body;
  const wang = people.find((one: { name: string }) => one.name === '王桂英');
  await apply(couple, 'call-back', { phone: SHARED }, wang.id);
  expect((await couple.get('/api/messages')).body[0].text).toContain('王桂英');
});

test('one of them cannot agree for the other: staff confirm', async () => {
  const number = await ask(couple, { who: wangCard, me: '刘淑兰', relation: 'relative' });
  const seen = (await couple.get(`/api/cases/${number}`)).body;
  expect(seen.verbs.map((one: { verb: string }) => one.verb)).toEqual(['withdraw']);
  expect((await couple.post(`/api/cases/${number}/approve`, {})).status).toBe(403);
  const clerk = await stage.person(OLD_CLERK);
  expect((await use(clerk, number, 'approve', { how: 'call' })).body.status).toBe('approved');
  // Her own record stays her own.
  expect((await couple.get('/api/me')).body.people.map((one: { relation: string }) => one.relation)).toEqual([
    'self',
    'self',
  ]);
});
