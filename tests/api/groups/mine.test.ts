/** A retiree's own group: who leads it, who agreed to be seen, what relatives and staff do not see, and the groups nearby. */
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { logins } from '../../../db/schema/access.ts';
import type { Browser } from '../../tools/browser.ts';
import { DAUGHTER, LIU, OLD_CLERK, RECEIVING_CLERK } from '../../tools/story.ts';
import { openStage, type Stage } from '../engine/stage.ts';
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
  await haveSo(stage.house, COMMUNITY, 173);
});
afterAll(() => stage.stop());

const sql = (query: string) => stage.house.connection.sql.unsafe(query);
const mine = async (who: Browser) => (await who.get(`/api/groups/mine?retiree=${id}`)).body;

test('before there are groups she is in none, and knows whom to call', async () => {
  expect(await mine(liu)).toEqual({
    retiree: { id, name: '刘淑兰' },
    unit: { id: COMMUNITY, name: '识字里社区', phone: expect.any(String) },
    group: null,
    members: null,
    agreed: false,
    room: null,
    asking: [],
    near: [],
  });
});

test('she sees her group, and those nearby with whether there is room', async () => {
  await divide(clerk, COMMUNITY);
  const { group, near, members } = await mine(liu);
  const { list } = (await clerk.get(`/api/staff/groups?unit=${COMMUNITY}`)).body;
  expect(group).toMatchObject({ offices: [], people: list.find(({ n }: { n: number }) => n === group.n).people });
  expect(near).toHaveLength(list.length - 1);
  expect(near.map(({ n }: { n: number }) => n)).not.toContain(group.n);
  expect(near[0]).toEqual({
    n: expect.any(Number),
    name: expect.any(String),
    people: expect.any(Number),
    room: expect.any(Boolean),
    areas: expect.any(Array),
  });
  // Nobody agreed to anything yet.
  expect(members).toEqual([]);
});

test('the leader is named; their phone, and other members, are seen by members once they agreed, until they withdraw', async () => {
  const groupId = String(
    (await sql(`select group_id from group_members where retiree_id = '${id}' and until is null`))[0]?.['group_id'],
  );
  const [neighbour] = await sql(`select r.id, r.name from group_members m join retirees r on r.id = m.retiree_id
    where m.group_id = '${groupId}' and m.until is null and m.retiree_id <> '${id}' and r.phone is not null
      and not exists (select from links l where l.retiree_id = r.id and l.relation = 'self') order by r.id limit 1`);
  const leader = String(neighbour?.['id']);
  await clerk.put(`/api/staff/groups/${groupId}/offices/leader`, {
    retireeId: leader,
    term: '2028-09-20',
    agreed: true,
  });
  const named = { office: 'leader', name: neighbour?.['name'], me: false };
  expect((await mine(liu)).group.offices).toEqual([{ ...named, phone: null }]);
  const theirs = await stage.person('13955593001');
  const ways = await stage.house.connection.db.select().from(logins).where(eq(logins.kind, 'phone'));
  const account = ways.find(({ address }) => address === '13955593001')?.accountId;
  await sql(
    `insert into links (account_id, retiree_id, relation, scope) values ('${account}', '${leader}', 'self', 'everything')`,
  );
  await theirs.put('/api/me/consents/group-phone', { agreed: true });
  const seen = await mine(liu);
  expect(seen.group.offices).toEqual([{ ...named, phone: expect.stringMatching(/^\d{8,12}$/) }]);
  expect(seen.members).toEqual([]);
  // Whoever leads it no more is a member like any other.
  const office = `/api/staff/groups/${groupId}/offices/leader`;
  await clerk.delete(office);
  expect((await mine(liu)).members).toEqual([{ name: neighbour?.['name'], phone: expect.any(String) }]);
  await clerk.put(office, { retireeId: leader, term: '2028-09-20', agreed: true });
  // The daughter acts for her mother and belongs to no group; the clerk has the registry for it.
  for (const other of [await stage.person(DAUGHTER), clerk])
    expect(await mine(other)).toMatchObject({
      group: { offices: [{ ...named, phone: null }] },
      members: null,
      agreed: null,
    });
  for (const other of [await stage.person(RECEIVING_CLERK), theirs, stage.house.visit()])
    expect([401, 404]).toContain((await other.get(`/api/groups/mine?retiree=${id}`)).status);
  await theirs.put('/api/me/consents/group-phone', { agreed: false });
  expect(await mine(liu)).toMatchObject({ group: { offices: [{ ...named, phone: null }] }, members: [] });
});

test('she offers to help; the community forms a team of who offers; taking it back ends it, and moving away', async () => {
  const offered = async () => (await liu.get(`/api/volunteering?retiree=${id}`)).body;
  const put = (who: Browser, interests: string[]) => who.put('/api/volunteering', { retiree: id, interests });
  expect(await offered()).toEqual({ interests: [], teams: [] });
  expect((await put(await stage.person(DAUGHTER), ['visit'])).status).toBe(404);
  expect((await put(liu, ['teach', 'visit', 'visit'])).status).toBe(204);
  const community = async () => (await clerk.get(`/api/staff/volunteers?unit=${COMMUNITY}`)).body;
  const she = { id, name: '刘淑兰', interests: ['visit', 'teach'] };
  expect(await community()).toMatchObject({ people: [she], teams: [] });
  const form = (people: string[], name = '爱心队') =>
    clerk.post('/api/staff/volunteers/teams', { unit: COMMUNITY, name, people });
  const [other] = await sql(
    `select retiree_id from group_members where until is null and retiree_id <> '${id}' limit 1`,
  );
  expect((await form([id, String(other?.['retiree_id'])])).status).toBe(404);
  expect((await form([id, id])).status).toBe(200);
  expect((await form([id])).body.code).toBe('volunteer-team-taken');
  expect(await offered()).toEqual({ interests: ['visit', 'teach'], teams: ['爱心队'] });
  const seen = (await community()).teams;
  expect(seen).toMatchObject([{ name: '爱心队', people: [she] }]);
  expect((await clerk.get(`/api/staff/groups?unit=${COMMUNITY}`)).body.volunteers).toBe(1);
  const above = await stage.staff(COMMUNITY.slice(0, 9), 'lead');
  expect((await above.get(`/api/staff/groups?unit=${COMMUNITY.slice(0, 9)}`)).body.volunteers).toBe(1);
  expect((await above.get(`/api/staff/volunteers?unit=${COMMUNITY}`)).status).toBe(403);
  // Somebody without a phone says so at the counter, and comes into the team that is there.
  const mate = String(other?.['retiree_id']);
  const noted = (by: Browser, interests: string[], agreed = true) =>
    by.put(`/api/staff/retirees/${mate}/volunteering`, { interests, agreed });
  expect((await noted(clerk, ['repair'], false)).status).toBe(400);
  expect((await noted(above, ['repair'])).status).toBe(404);
  expect((await noted(liu, ['repair'])).status).toBe(404);
  expect((await noted(clerk, ['repair'])).status).toBe(204);
  expect((await clerk.get(`/api/staff/retirees/${mate}/volunteering`)).body).toEqual({
    interests: ['repair'],
    teams: [],
  });
  expect(
    await sql(`select template from messages where retiree_id = '${mate}' and template like 'volunteer.%'`),
  ).toEqual([{ template: 'volunteer.noted' }]);
  const join = (by: Browser) => by.post(`/api/staff/volunteers/teams/${seen[0].id}/join`, { people: [mate, id] });
  expect((await join(above)).status).toBe(404);
  expect((await join(clerk)).status).toBe(204);
  expect((await community()).teams[0].people).toHaveLength(2);
  expect((await noted(clerk, [], false)).status).toBe(204);
  expect((await join(clerk)).status).toBe(404);
  await put(liu, []);
  expect((await community()).teams).toMatchObject([{ name: '爱心队', people: [] }]);
  expect((await clerk.post(`/api/staff/volunteers/teams/${seen[0].id}/leave`, { people: [] })).status).toBe(204);
  expect((await community()).teams).toEqual([]);
});
