/** A difficulty that a member tells of: with consent it comes to the community; in danger nothing is filled in, and nobody is asked first. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from '../../tools/browser.ts';
import { apply, DAUGHTER, LIU, OLD_CLERK } from '../../tools/story.ts';
import { COMMUNITY, divide, haveSo, STREET } from './people.ts';
import { openStage, saying, use, type Stage } from '../engine/stage.ts';

let stage: Stage;
let liu: Browser;
beforeAll(async () => {
  stage = await openStage('2026-09-21 10:00', 'web');
  liu = await stage.person(LIU);
});
afterAll(() => stage.stop());

const begin = async (answers: Record<string, unknown>) =>
  (await liu.post('/api/drafts', { kind: 'difficulty', answers: saying(answers) })).body.draft;
const told = {
  danger: 'none',
  whom: 'neighbour',
  agreed: true,
  name: '隔壁的陈娭毑',
  where: '3栋2单元',
  kind: 'living',
  what: '腿不好，买菜下不了楼',
  phone: LIU,
};

test.each([
  ['fallen', ['120'], '马上打 120'],
  ['no-contact', ['110', '120'], '马上打 110'],
  ['lost', ['110', '120'], '马上打 110'],
])('in danger (%s) the form ends at once with whom to call, nobody’s consent asked', async (danger, urgent, words) => {
  const { stopped, next } = await begin({ danger });
  expect(next).toBeNull();
  expect(stopped).toMatchObject({ reason: danger, urgent, call: { name: '识字里社区', phone: '0731-80000011' } });
  expect(stopped.words).toContain(words);
});

test('who is in no group tells of their own difficulty, of nobody else’s', async () => {
  for (const whom of ['member', 'neighbour'])
    expect((await begin({ danger: 'none', whom })).stopped).toMatchObject({ reason: 'not-a-member', urgent: [] });
  expect((await begin({ danger: 'none', whom: 'self' })).stopped).toBeNull();
});

test('without consent it goes no further', async () => {
  await haveSo(stage.house, COMMUNITY, 40);
  await divide(await stage.person(OLD_CLERK), COMMUNITY);
  const { stopped } = await begin({ danger: 'none', whom: 'member', agreed: false });
  expect(stopped).toMatchObject({ reason: 'no-consent', urgent: [], at: { key: 'agreed' } });
});

test('of oneself nobody else is asked about', async () => {
  expect((await begin({ danger: 'none', whom: 'self' })).next.key).toBe('kind');
});

test('with consent it is a case of the community, which goes to see; whom it is about is read by those alone', async () => {
  const number = await apply(liu, 'difficulty', told);
  const clerk = await stage.person(OLD_CLERK);
  const shown = JSON.stringify((await clerk.get(`/api/cases/${number}`)).body);
  for (const words of ['隔壁的陈娭毑', '腿不好']) expect(shown).toContain(words);
  // The street oversees; a relative who may only look sees that there is a case.
  await stage.house.connection.sql`update links set scope = 'look' where relation = 'child'`;
  for (const other of [await stage.person(DAUGHTER), await stage.staff(STREET, 'lead')]) {
    await expect
      .poll(async () => JSON.stringify((await other.get(`/api/cases/${number}`)).body))
      .not.toMatch(/隔壁的陈娭毑|腿不好|3栋2单元/);
    expect((await other.get(`/api/cases/${number}`)).status).toBe(200);
  }
  const seen = await use(clerk, number, 'approve', {
    seen: '2026-09-21',
    outcome: 'settled',
    note: '请志愿者帮忙买菜',
  });
  expect(seen.status, `refused: ${JSON.stringify(seen.body)}`).toBe(200);
  expect((await liu.get(`/api/cases/${number}`)).body.status).toBe('approved');
});

test('a member is one of the same group, by name; a neighbour may be anybody', async () => {
  const [mate] = await stage.house.connection.sql`
    select r.name from group_members own join group_members m on m.group_id = own.group_id and m.until is null
      join retirees me on me.id = own.retiree_id and me.name = '刘淑兰' join retirees r on r.id = m.retiree_id and r.died_on is null
     where own.until is null and r.id <> me.id limit 1`;
  const { id } = await begin({ danger: 'none', whom: 'member', agreed: true });
  const put = (answers: object) =>
    liu.put(`/api/drafts/${id}/answers`, { answers: saying(answers as Record<string, unknown>) });
  for (const name of ['没有这个人', '刘淑兰'])
    expect((await put({ name })).body).toMatchObject({
      code: 'bad-answer',
      complaint: 'not-in-group',
      title: expect.stringContaining('您的小组里没有叫这个名字的人'),
    });
  const found = await put({ name: ` ${String(mate?.['name'])} ` });
  expect(found.body.next).toMatchObject({ key: 'where' });
  // A name for a neighbour stands when they are said to be a member after all: then it is not opened.
  await put({ whom: 'neighbour' });
  await put({ name: '隔壁的陈娭毑', where: null, kind: 'living', what: '买菜', phone: LIU });
  const { revision } = (await put({ whom: 'member' })).body;
  const refused = await liu.post(`/api/drafts/${id}/submit`, { checked: revision });
  expect(refused.body).toMatchObject({ code: 'cannot-open', reason: 'not-in-group' });
});
