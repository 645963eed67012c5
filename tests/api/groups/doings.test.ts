/** What a group did: noted by whoever leads it or by staff, seen by its members without the words, by nobody else. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from '../../tools/browser.ts';
import { DAUGHTER, LIU, OLD_CLERK, RECEIVING_CLERK } from '../../tools/story.ts';
import { remindTerms } from '../../../api/groups/remind-terms.ts';
import { openStage, type Stage } from '../engine/stage.ts';
import { publish, everyone } from '../notices/press.ts';
import { COMMUNITY, divide, haveSo, STREET } from './people.ts';

let stage: Stage;
let clerk: Browser;
let liu: Browser;
let group: string;
let retiree: string;
beforeAll(async () => {
  stage = await openStage('2026-09-21 10:00', 'web');
  clerk = await stage.person(OLD_CLERK);
  liu = await stage.person(LIU);
  retiree = (await liu.get('/api/me')).body.people[0].id;
  await haveSo(stage.house, COMMUNITY, 80);
  await divide(clerk, COMMUNITY);
  group = (await liu.get(`/api/groups/mine?retiree=${retiree}`)).body.group.id;
});
afterAll(() => stage.stop());

const visit = { kind: 'visit', day: '2026-09-20', people: 1, words: '去医院看了陈娭毑' };
const note = (who: Browser, doing: object = visit) => who.post(`/api/groups/${group}/doings`, doing);
const month = (who: Browser, which = '2026-09') => who.get(`/api/groups/${group}/month?month=${which}`);

test('a member sees what was done, not the words of it; only whoever leads, and staff, note', async () => {
  expect((await note(liu)).status).toBe(404);
  expect((await note(clerk)).status).toBe(200);
  expect((await note(clerk, { ...visit, day: '2026-09-22' })).body.code).toBe('group-done-in-the-future');
  expect((await note(clerk, { ...visit, people: 0 })).status).toBe(400);
  const { body } = await month(liu);
  expect(body).toMatchObject({ may: { note: false }, doings: [{ kind: 'visit', day: '2026-09-20', words: null }] });
  expect((await month(clerk)).body.doings).toMatchObject([{ words: visit.words }]);
  expect((await month(liu, '2026-08')).body.doings).toEqual([]);
  for (const other of [
    await stage.person(DAUGHTER),
    await stage.person(RECEIVING_CLERK),
    await stage.staff(STREET, 'lead'),
  ])
    expect((await month(other)).status).toBe(404);
  const [row] = await stage.house.connection.sql`select row_to_json(d)::text as words from group_doings d`;
  expect(row?.['words']).not.toContain('陈娭毑');
});

test('once she leads it she notes and reads, and takes away what was a mistake; no longer when her term was ended', async () => {
  await clerk.put(`/api/staff/groups/${group}/offices/deputy`, {
    retireeId: retiree,
    term: '2028-01-01',
    agreed: true,
  });
  const { id } = (await note(liu, { ...visit, kind: 'study', people: 12, words: '一起学了医保的新办法' })).body;
  expect((await month(liu)).body).toMatchObject({
    may: { note: true },
    doings: [{ words: visit.words }, { kind: 'study' }],
  });
  expect((await liu.delete(`/api/groups/${group}/doings/${id}`)).status).toBe(204);
  expect((await month(liu)).body.doings).toHaveLength(1);
  await clerk.delete(`/api/staff/groups/${group}/offices/deputy`);
  expect((await note(liu)).status).toBe(404);
});

describe('a notice that the group studied together', () => {
  let notice: string;
  const study = { kind: 'study', day: '2026-09-20', people: 12, words: '' };
  const lead = () => stage.staff(STREET, 'lead');
  const unread = async () =>
    ((await clerk.get(`/api/groups/${group}/notices`)).body as { id: string }[]).map(({ id }) => id);
  beforeAll(async () => {
    notice = await publish(await lead(), await stage.staff('430102', 'lead'), STREET, { title: '医保新办法' });
  });

  test('is marked once, by whoever may note, and stands on the month’s page and in the figures of all levels', async () => {
    // The newest first; the city has some as well.
    expect((await unread())[0]).toBe(notice);
    expect((await liu.get(`/api/groups/${group}/notices`)).status).toBe(404);
    expect((await note(clerk, { ...study, noticeId: notice })).status).toBe(200);
    expect((await note(clerk, { ...study, noticeId: notice })).body.code).toBe('group-discussed-already');
    expect(await unread()).not.toContain(notice);
    const { doings } = (await month(liu)).body;
    expect(doings.find((one: { notice: unknown }) => one.notice)).toMatchObject({
      kind: 'study',
      notice: { id: notice, title: '医保新办法' },
    });
    for (const [who, unit] of [
      [clerk, COMMUNITY],
      [await lead(), STREET],
    ] as const)
      expect((await who.get(`/api/staff/groups?unit=${unit}`)).body.discussed).toBe(1);
  });

  test('is one for everybody of the community: neither one for some, nor of another street, nor a visit', async () => {
    const some = await publish(await lead(), await stage.staff('430102', 'lead'), STREET, {
      audience: { ...everyone, ageFrom: 60 },
    });
    expect(await unread()).not.toContain(some);
    for (const wrong of [
      { ...study, noticeId: some },
      { ...study, kind: 'visit', noticeId: notice },
    ])
      expect((await note(clerk, wrong)).body.code).toBe('group-nothing-to-discuss');
  });
});

test('a month before the term ends the leader and the community are reminded, once, whoever sweeps', async () => {
  await clerk.put(`/api/staff/groups/${group}/offices/leader`, {
    retireeId: retiree,
    term: '2026-10-25',
    agreed: true,
  });
  const told = async (who: Browser, words: string) =>
    ((await who.get('/api/messages')).body as { text: string }[]).filter(({ text }) => text.includes(words)).length;
  expect(await remindTerms(stage.ctx)).toBe(0);
  stage.at('2026-09-25 10:00');
  const swept = await Promise.all([remindTerms(stage.ctx), remindTerms(stage.ctx)]);
  expect(swept.toSorted((a, b) => a - b)).toEqual([0, 1]);
  expect(await remindTerms(stage.ctx)).toBe(0);
  expect(await told(liu, '2026年10月25日任期就满了')).toBe(1);
  expect(await told(clerk, '的组长刘淑兰，任期到2026年10月25日')).toBe(1);
  // A further term is reminded of anew.
  await clerk.put(`/api/staff/groups/${group}/offices/leader`, {
    retireeId: retiree,
    term: '2026-10-26',
    agreed: true,
  });
  stage.at('2026-09-26 10:00');
  expect(await remindTerms(stage.ctx)).toBe(1);
});
