/** 亲情代办 through the API: asked, agreed with one tap, used, narrowed and ended from every side. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from '../../tools/browser.ts';
import { apply, DAUGHTER, LIU, OLD_CLERK } from '../../tools/story.ts';
import { sweepTimers } from '../../../api/engine/cases/timers.ts';
import { openStage, use, type Stage } from '../engine/stage.ts';
import { ask, wangCard } from './people.ts';

/** A younger daughter, whom nobody knows yet. */
const FANG = '13955550021';
const SON = '13955550022';

let stage: Stage;
let liu: Browser;
let fang: Browser;
beforeAll(async () => {
  stage = await openStage('2026-11-02 10:00', 'web');
  liu = await stage.person(LIU);
  fang = await stage.person(FANG);
});
afterAll(() => stage.stop());

const failing = (error: unknown) => {
  throw error;
};
const rows = (query: string) => stage.house.connection.sql.unsafe(query);
const newest = async (who: Browser): Promise<string> => (await who.get('/api/messages')).body[0].text;
const verbsOf = async (who: Browser, number: string): Promise<string[]> =>
  (await who.get(`/api/cases/${number}`)).body.verbs.map((one: { verb: string }) => one.verb);
const peopleOf = async (who: Browser) => (await who.get('/api/me')).body.people;
/** Whom somebody may act for, once every process has heard of it. */
const firstOf = async (who: Browser) => {
  await expect.poll(async () => (await peopleOf(who)).length, { timeout: 1000 }).toBeGreaterThan(0);
  return (await peopleOf(who))[0];
};
const family = async (who: Browser) => (await who.get('/api/family')).body;

describe('a daughter asks, her mother agrees with one tap', () => {
  let number: string;

  test('the mother is asked, and sees who it is', async () => {
    number = await ask(fang);
    expect(await newest(liu)).toContain('有人想替您办事');
    expect((await family(liu)).requests).toMatchObject([{ number, retiree: { name: '刘淑兰' } }]);
    const asked = (await liu.get(`/api/cases/${number}`)).body;
    expect(asked).toMatchObject({ asked: true, applicantPhone: '139****0021', state: '有人想替您办事，等您同意' });
    expect(asked.answers.map((one: { shown: string }) => one.shown)).toContain('周芳');
    const yes = asked.verbs.find((one: { verb: string }) => one.verb === 'approve');
    expect(yes).toEqual({ verb: 'approve', label: '同意', own: true, questions: [] });
    expect(await verbsOf(liu, number)).toEqual(['approve', 'reject']);
  });

  test('the paper to sign names both, and the case; it is for the asker, the mother and staff', async () => {
    const path = `/api/cases/${number}/sheets/consent`;
    const sheet = (await fang.get(path)).body;
    expect(sheet.title).toBe('亲情代办委托书');
    expect(sheet.lines.slice(0, 5)).toEqual([
      expect.stringMatching(/^委托人（退休人员）：刘淑兰 \d{6}\*{8}\w{4}$/),
      '代办人：周芳',
      '代办人与委托人的关系：子女',
      '可以帮什么：看和办：替他（她）申请、补材料',
      '期限：一年',
    ]);
    expect(sheet.number.replaceAll(' ', '')).toBe(number);
    expect((await (await stage.person(OLD_CLERK)).get(path)).body).toEqual(sheet);
    expect((await liu.get(path)).status).toBe(200);
    expect((await (await stage.person(DAUGHTER)).get(path)).status).toBe(404);
    expect((await fang.get(`/api/cases/${number}/sheets/other`)).status).toBe(404);
  });

  test('her other relatives see nothing of it', async () => {
    const sister = await stage.person(DAUGHTER);
    expect((await sister.get(`/api/cases/${number}`)).status).toBe(404);
    expect(JSON.stringify((await sister.get('/api/cases')).body)).not.toContain(number);
    expect((await sister.post(`/api/cases/${number}/approve`, {})).status).toBe(404);
  });

  test('one tap makes the link, and the daughter applies for her', async () => {
    expect(await peopleOf(fang)).toEqual([]);
    const { version } = (await liu.get(`/api/cases/${number}`)).body;
    expect((await liu.post(`/api/cases/${number}/approve`, { version })).body.status).toBe('approved');
    const mother = await firstOf(fang);
    expect(mother).toMatchObject({ name: '刘淑兰', relation: 'child', scope: 'apply' });
    expect(await newest(fang)).toContain('您可以替刘淑兰办事了');
    const told = await apply(fang, 'call-back', { phone: FANG }, mother.id);
    expect(await newest(liu)).toContain(told.replace(/(\d{3})(?=\d)/g, '$1 '));
    expect(await newest(liu)).toContain('有人为刘淑兰申请了');
  });

  test('even what changes nothing is told to the mother', async () => {
    stage.at('2026-11-02 10:30');
    const { cases } = (await fang.get('/api/cases')).body;
    const line = cases.find((one: { kind: string }) => one.kind === 'call-back');
    expect(line).toMatchObject({ actsFor: true, subject: { name: '刘淑兰' } });
    expect((await fang.post(`/api/cases/${line.number}/remind`)).status).toBe(200);
    expect(await newest(liu)).toContain('有人替刘淑兰催办');
    stage.at('2026-11-02 10:40');
  });

  test('the mother lets her do less, never more', async () => {
    const [{ people }] = (await family(liu)).helpers;
    const link = people.find((one: { name: string }) => one.name === '周芳');
    expect(link).toMatchObject({ phone: '139****0021', scope: 'apply', until: '2027-11-02' });
    expect((await liu.post(`/api/links/${link.id}/narrow`, { scope: 'everything' })).body.code).toBe('not-less');
    expect((await fang.post(`/api/links/${link.id}/narrow`, { scope: 'look' })).status).toBe(404);
    expect((await liu.post(`/api/links/${link.id}/narrow`, { scope: 'look' })).body).toEqual({ scope: 'look' });
    expect(await newest(fang)).toContain('只看');
    const [mother] = await peopleOf(fang);
    const refused = await fang.post('/api/drafts', { kind: 'call-back', subjectId: mother.id });
    expect(refused.status).toBe(403);
  });

  test('the mother takes it back: within the same second the daughter reads and writes nothing more', async () => {
    const [mother] = await peopleOf(fang);
    const [{ id }] = (await family(fang)).helping;
    expect((await fang.get('/api/cases')).body.cases.length).toBeGreaterThan(1);
    expect((await liu.post(`/api/links/${id}/end`)).body).toEqual({ ended: true });
    expect((await fang.post('/api/drafts', { kind: 'call-back', subjectId: mother.id })).status).toBe(404);
    await expect.poll(() => peopleOf(fang), { timeout: 1000 }).toEqual([]);
    expect(await newest(fang)).toContain('刘淑兰收回了代办');
    expect((await liu.post(`/api/links/${id}/end`)).status).toBe(404);
  });
});

test('what was begun before the link ended is neither read nor submitted after it', async () => {
  stage.at('2026-11-02 12:00');
  const link = await ask(fang);
  await use(liu, link, 'approve');
  const mother = await firstOf(fang);
  const answers = { phone: { value: FANG } };
  const begun = await fang.post('/api/drafts', { kind: 'call-back', subjectId: mother.id, answers });
  // The first call is still alive: another service then.
  const started =
    begun.body.draft ?? (await fang.post('/api/drafts', { kind: 'relocation', subjectId: mother.id })).body.draft;
  const [{ id }] = (await family(fang)).helping;
  await liu.post(`/api/links/${id}/end`);
  expect((await fang.post(`/api/drafts/${started.id}/submit`, { checked: started.revision })).status).toBe(404);
  expect((await fang.put(`/api/drafts/${started.id}/answers`, { answers: {} })).status).toBe(404);
  await expect.poll(async () => (await fang.get(`/api/drafts/${started.id}`)).status).toBe(404);
  expect((await fang.get('/api/drafts')).body).toEqual([]);
});

describe('a no', () => {
  test('is not told: the asker sees the same until the day on which silence ends it', async () => {
    stage.at('2026-11-03 10:00');
    const number = await ask(fang);
    const before = (await fang.get(`/api/cases/${number}`)).body;
    const list = (await fang.get('/api/cases')).body;
    const notices = (await fang.get('/api/messages')).body;
    expect((await use(liu, number, 'reject')).body.status).toBe('open');
    expect((await fang.get(`/api/cases/${number}`)).body).toEqual(before);
    expect((await fang.get('/api/cases')).body).toEqual(list);
    expect((await fang.get('/api/messages')).body).toEqual(notices);
    expect((await family(liu)).requests).toEqual([]);
    // A wrong tap can be mended; the community sees that she said no.
    expect(await verbsOf(liu, number)).toEqual(['approve']);
    const clerk = await stage.person(OLD_CLERK);
    expect((await clerk.get(`/api/cases/${number}`)).body.state).toContain('没有同意');

    stage.at('2026-11-10 23:00');
    expect(await sweepTimers(stage.ctx, failing)).toBe(0);
    stage.at('2026-11-11 00:01');
    expect(await sweepTimers(stage.ctx, failing)).toBeGreaterThan(0);
    expect((await fang.get(`/api/cases/${number}`)).body).toMatchObject({
      status: 'rejected',
      state: '没有得到同意，已经结束',
    });
    expect(await newest(fang)).toContain('没有得到同意');
    expect(await peopleOf(fang)).toEqual([]);
  });

  test('does not stop a withdrawal, and names no version', async () => {
    stage.at('2026-11-12 10:00');
    const number = await ask(fang);
    await use(liu, number, 'reject');
    const withdrawn = await fang.post(`/api/cases/${number}/withdraw`, { version: 1 });
    expect(withdrawn.body).toEqual({ number, status: 'withdrawn', version: 1 });
  });
});

describe('staff', () => {
  test('confirm for somebody without a phone, and say how', async () => {
    stage.at('2026-11-13 10:00');
    const son = await stage.person(SON);
    const number = await ask(son, { who: wangCard, me: '何建军', scope: 'everything', until: 'revoked' });
    const clerk = await stage.person(OLD_CLERK);
    const bare = await use(clerk, number, 'approve');
    expect(bare.body).toMatchObject({ code: 'not-all-answered', question: 'how' });
    expect((await use(clerk, number, 'approve', { how: 'visit' })).body.status).toBe('approved');
    expect(await firstOf(son)).toMatchObject({ name: '王桂英', scope: 'everything' });
    expect((await family(son)).helpers).toMatchObject([{ retiree: { name: '王桂英' }, own: false }]);

    const [wang] = await peopleOf(son);
    const [link] = (await clerk.get(`/api/retirees/${wang.id}/links`)).body;
    expect((await clerk.post(`/api/links/${link.id}/end`)).body.code).toBe('say-why');
    expect((await clerk.post(`/api/links/${link.id}/end`, { why: 'abuse' })).body).toEqual({ ended: true });
    expect(await newest(son)).toContain('办了本人不同意的事');
    const [kept] = await rows(`select revoked_why, revoked_by is not null as by from links where id = '${link.id}'`);
    expect(kept).toEqual({ revoked_why: 'abuse', by: true });
  });

  test('a lead takes a confirmation back, and the link is gone', async () => {
    const number = await ask(fang, { scope: 'look' });
    await use(liu, number, 'approve');
    const lead = await stage.staff('430102001001', 'lead');
    expect((await use(lead, number, 'undo', { words: '弄错了' })).body.status).toBe('undone');
    await expect.poll(() => peopleOf(fang)).toEqual([]);
  });

  test('bind a relative at the counter with a scope, and the retiree is told', async () => {
    stage.at('2026-11-14 10:00');
    const clerk = await stage.person(OLD_CLERK);
    const [{ id: retireeId }] = await peopleOf(liu);
    const bound = await clerk.post('/api/bindings', { retireeId, phone: SON, relation: 'relative', scope: 'look' });
    expect(bound.body).toEqual({ bound: true });
    expect(await firstOf(await stage.person(SON))).toMatchObject({ name: '刘淑兰', scope: 'look' });
    expect(await newest(liu)).toContain('给刘淑兰加了代办人');
  });
});

test('a link ends by itself with its last day', async () => {
  stage.at('2026-11-16 10:00');
  const third = await stage.person('13955550023');
  const number = await ask(third);
  await use(liu, number, 'approve');
  await firstOf(third);
  const [made] = await rows(
    `select until from links where case_id = (select id from cases where number = '${number}')`,
  );
  expect(new Date(made?.['until'] as string)).toEqual(new Date('2027-11-16T23:59:59.999+08:00'));
  await rows(`update links set until = '2026-12-01T23:59:59.999+08:00' where until = '2027-11-16T23:59:59.999+08:00'`);
  stage.at('2026-12-01 23:59');
  expect(await peopleOf(third)).toHaveLength(1);
  stage.at('2026-12-02 00:01');
  expect(await peopleOf(third)).toEqual([]);
  expect((await family(third)).helping).toEqual([]);
  expect(JSON.stringify((await family(liu)).helpers)).not.toContain('0023');
});
