/** What a group did: noted by whoever leads it or by staff, seen by its members without the words, by nobody else. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from '../../tools/browser.ts';
import { DAUGHTER, LIU, OLD_CLERK, RECEIVING_CLERK } from '../../tools/story.ts';
import { openStage, type Stage } from '../engine/stage.ts';
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
const note = (who: Browser, doing = visit) => who.post(`/api/groups/${group}/doings`, doing);
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
