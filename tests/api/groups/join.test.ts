/** A retiree asks to join a group, or to change; the clerk agrees. No group becomes too large or too small by it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from '../../tools/browser.ts';
import { apply, LIU, OLD_CLERK } from '../../tools/story.ts';
import { openStage, use, type Stage } from '../engine/stage.ts';
import { COMMUNITY, divide, haveSo } from './people.ts';

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
