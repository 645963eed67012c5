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
