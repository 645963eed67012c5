/** A retiree asks to join a group, or to change; the clerk agrees, or whoever leads that group. No group becomes too large or too small by it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from '../../tools/browser.ts';
import { apply, LIU, OLD_CLERK } from '../../tools/story.ts';
import { openStage, use, type Stage } from '../engine/stage.ts';
import { COMMUNITY, divide, haveSo, leadBy, type Leader } from './people.ts';

let stage: Stage;
let clerk: Browser;
let liu: Browser;
let id: string;
beforeAll(async () => {
  stage = await openStage('2026-09-21 10:00', 'web');
  clerk = await stage.person(OLD_CLERK);
  liu = await stage.person(LIU);
  id = (await liu.get('/api/me')).body.people[0].id;
  await haveSo(stage.house, COMMUNITY, 81);
  await divide(clerk, COMMUNITY);
});
afterAll(() => stage.stop());

const sql = (query: string) => stage.house.connection.sql.unsafe(query);
const where = async (): Promise<{ n: number; size: number } | undefined> => {
  const [row] =
    await sql(`select g.n, (select count(*)::int from group_members o where o.group_id = g.id and o.until is null) as size
    from group_members m join groups g on g.id = m.group_id where m.retiree_id = '${id}' and m.until is null`);
  return row as never;
};
const ask = (group: number) => apply(liu, 'group-join', { group, why: null });

test('whoever is in no group joins one; whoever is in it already, or asks for one that is not there, is told so', async () => {
  const now = (await where())?.n ?? 0;
  const again = await ask(now);
  expect((await use(clerk, again, 'approve')).body.code).toBe('group-already-in');
  await use(liu, again, 'withdraw');
  const nowhere = await ask(77);
  expect((await use(clerk, nowhere, 'approve')).body.code).toBe('group-none');
  const returned = await use(clerk, nowhere, 'return', { missing: ['no-such-group'], words: null });
  expect(returned.status, `refused: ${JSON.stringify(returned.body)}`).toBe(200);
  await use(liu, nowhere, 'withdraw');
  await sql(`update group_members set until = '2026-09-21' where retiree_id = '${id}' and until is null`);
  const number = await ask(now);
  expect((await use(clerk, number, 'approve')).status).toBe(200);
  expect((await where())?.n).toBe(now);
  const undone = await use(await stage.staff(COMMUNITY, 'lead'), number, 'undo', { words: '弄错了' });
  expect(undone.status, `refused: ${JSON.stringify(undone.body)}`).toBe(200);
  expect(await where()).toBeUndefined();
  await use(clerk, await ask(now), 'approve');
});

test('a change is refused while it would leave 29 behind, or find 50 there', async () => {
  const before = await where();
  const other = before?.n === 1 ? 2 : 1;
  const fill = (n: number, size: number) =>
    sql(`with there as (select id from groups where unit_id = '${COMMUNITY}' and n = ${n}),
      many as (select count(*)::int as n from group_members m, there where m.group_id = there.id and m.until is null)
      update group_members set group_id = (select id from there) where id in (
        select m.id from group_members m where m.until is null and m.retiree_id <> '${id}' and m.group_id <> (select id from there)
         order by m.id limit greatest(${size} - (select n from many), 0))`);
  await fill(other, 50);
  const number = await ask(other);
  expect((await use(clerk, number, 'approve')).body.code).toBe('group-full');
  await fill(before?.n ?? 0, 51);
  // Now the other has thirty, and ours fifty-one: she may go there.
  expect((await use(clerk, number, 'approve')).status).toBe(200);
  expect(await where()).toEqual({ n: other, size: 31 });
  await sql(`update group_members set until = '2026-09-21' where id = (select m.id from group_members m join groups g on g.id = m.group_id
    where g.n = ${other} and m.until is null and m.retiree_id <> '${id}' limit 1)`);
  await sql(`update group_members set until = '2026-09-21' where id in (select m.id from group_members m join groups g on g.id = m.group_id
    where g.n = ${before?.n} and m.until is null limit 5)`);
  expect((await use(clerk, await ask(before?.n ?? 0), 'approve')).body.code).toBe('group-would-shrink');
});

describe('whoever leads the group asked for', () => {
  let leader: Leader;
  let other: number;
  let number: string;
  const groupOf = async (n: number) =>
    String((await sql(`select id from groups where unit_id = '${COMMUNITY}' and n = ${n}`))[0]?.['id']);
  const mine = async (who: Leader) => (await who.browser.get(`/api/groups/mine?retiree=${who.id}`)).body;
  beforeAll(async () => {
    const open = (await liu.get('/api/cases')).body.cases.find((one: { status: string }) => one.status === 'open');
    await use(liu, open.number, 'withdraw');
    // Both are of a size that lets one go and one come.
    await sql(`delete from group_members where retiree_id <> '${id}'`);
    const now = await where();
    other = now?.n === 1 ? 2 : 1;
    for (const n of [1, 2])
      await sql(`insert into group_members (group_id, retiree_id, since) select '${await groupOf(n)}', c.retiree_id, '2026-01-01'
        from care c where c.unit_id = '${COMMUNITY}' and c.until is null and c.retiree_id <> '${id}'
          and not exists (select from group_members m where m.retiree_id = c.retiree_id and m.until is null) limit 40`);
    leader = await leadBy(stage, clerk, await groupOf(other), '13955593011');
    number = await apply(liu, 'group-join', { group: other, why: '和老姐妹一起，腿不好' });
  });

  test('is asked, and sees the name and nothing else', async () => {
    expect((await mine(leader)).asking).toEqual([{ number, version: 1, name: '刘淑兰' }]);
    const seen = (await leader.browser.get(`/api/cases/${number}`)).body;
    expect(seen).toMatchObject({
      asked: true,
      subject: { id: null, name: '刘淑兰' },
      answers: [],
      timeline: [],
      files: [],
    });
    expect(seen.verbs).toEqual([{ verb: 'approve', label: '同意', own: true, questions: [] }]);
    expect(JSON.stringify(seen)).not.toMatch(/腿不好|1[3-9]\d{9}/);
    const told = JSON.stringify((await leader.browser.get('/api/messages')).body);
    expect(told).toContain('刘淑兰想进您的自管小组');
    expect(told).not.toContain('腿不好');
  });

  test('may say yes and nothing else; nobody else may', async () => {
    for (const verb of ['return', 'reject', 'claim', 'undo', 'withdraw'])
      expect([403, 404, 422]).toContain(
        (await leader.browser.post(`/api/cases/${number}/${verb}`, { version: 1 })).status,
      );
    const stranger = await stage.person('13955593012');
    expect((await stranger.post(`/api/cases/${number}/approve`, { version: 1 })).status).toBe(404);
    // She herself is asked nothing, and cannot let herself in.
    expect((await liu.post(`/api/cases/${number}/approve`, { version: 1 })).status).toBe(403);
  });

  test('lets her in with one tap, at the same moment as the clerk: once', async () => {
    const tries = await Promise.all(
      [leader.browser, clerk].map((who) => who.post(`/api/cases/${number}/approve`, { version: 1 })),
    );
    expect(tries.map(({ status }) => status)).toEqual(expect.arrayContaining([200, 409]));
    expect((await where())?.n).toBe(other);
    expect((await mine(leader)).asking).toEqual([]);
    expect((await leader.browser.get(`/api/cases/${number}`)).body).toMatchObject({ status: 'approved', verbs: [] });
  });

  test('is asked no more once somebody else leads, and never about whom they act for', async () => {
    const before = other;
    other = before === 1 ? 2 : 1;
    const led = await leadBy(stage, clerk, await groupOf(other), '13955593013');
    number = await apply(liu, 'group-join', { group: other, why: null });
    expect((await leader.browser.get(`/api/cases/${number}`)).status).toBe(404);
    await sql(`insert into links (account_id, retiree_id, relation, scope)
      select account_id, '${id}', 'child', 'apply' from links where retiree_id = '${led.id}'`);
    await expect.poll(async () => (await mine(led)).asking).toEqual([]);
    expect((await led.browser.post(`/api/cases/${number}/approve`, { version: 1 })).status).toBe(403);
    await use(liu, number, 'withdraw');
  });

  test('proposes an activity of the group; once the community agrees, its members see it and sign up, and nobody else', async () => {
    const walk = {
      title: '烈士公园走一走',
      kind: 'sport',
      day: '2026-09-26',
      hour: 9,
      hours: 2,
      place: '公园东门',
      directions: null,
      walking: 'some',
      seats: 20,
      bring: '水杯',
      details: null,
    };
    const begun = await liu.post('/api/drafts', { kind: 'group-activity', answers: { title: { value: '走一走' } } });
    expect(JSON.stringify(begun.body)).toContain('leads-no-group');
    const proposed = await apply(leader.browser, 'group-activity', walk);
    const coming = async (who: Browser) => (await who.get('/api/activities')).body.activities;
    expect(await coming(leader.browser)).toEqual([]);
    expect((await use(leader.browser, proposed, 'approve')).status).toBe(403);
    const agreed = await use(clerk, proposed, 'approve');
    expect(agreed.status, `refused: ${JSON.stringify(agreed.body)}`).toBe(200);
    const [made] = await coming(leader.browser);
    expect(made).toMatchObject({ title: '烈士公园走一走', ofGroup: true, seats: 20, left: 20 });
    // Every living member hears of it once, whoever proposed it only what was decided.
    const told = await sql(`select m.account_id, coalesce(m.retiree_id, l.retiree_id) as who from messages m
      left join links l on l.account_id = m.account_id and l.relation = 'self' where m.template = 'activity.of-group'`);
    const members = await sql(`select m.retiree_id as who from group_members m join retirees r on r.id = m.retiree_id
      where m.until is null and r.died_on is null and m.group_id = (select group_id from group_leaders where retiree_id = '${leader.id}' and until is null) and m.retiree_id <> '${leader.id}'`);
    const ids = (rows: readonly Record<string, unknown>[]) => rows.map((row) => String(row['who'])).toSorted();
    expect(ids(told)).toEqual(ids(members));
    const signUp = (who: Browser, retireeId: string) => who.post(`/api/activities/${made.id}/sign-ups`, { retireeId });
    expect((await signUp(leader.browser, leader.id)).body.state).toBe('in');
    // She is in the other group.
    await sql(
      `update group_members set group_id = '${await groupOf(other)}' where retiree_id = '${id}' and until is null`,
    );
    await sql(`update group_members set group_id = (select group_id from group_leaders where retiree_id = '${leader.id}' and until is null)
      where retiree_id = '${leader.id}' and until is null`);
    expect(await coming(liu)).toEqual([]);
    expect((await liu.get(`/api/activities/${made.id}`)).body.people[0].meant).toBe(false);
    expect((await signUp(liu, id)).body.code).toBe('sign-up-outside-group');
    const undone = await use(await stage.staff(COMMUNITY, 'lead'), proposed, 'undo', { words: '场地没有了' });
    expect(undone.status, `refused: ${JSON.stringify(undone.body)}`).toBe(200);
    expect((await leader.browser.get(`/api/activities/${made.id}`)).body.door).toBe('cancelled');
    // Whoever leads no more holds nothing, though it was proposed before.
    const late = await apply(leader.browser, 'group-activity', walk);
    await sql(`update group_leaders set until = '2026-09-21' where retiree_id = '${leader.id}'`);
    expect((await use(clerk, late, 'approve')).body.code).toBe('group-leads-none');
    const refused = await use(clerk, late, 'reject', { reason: 'not-fit', words: null });
    expect(refused.status, `refused: ${JSON.stringify(refused.body)}`).toBe(200);
  });
});
