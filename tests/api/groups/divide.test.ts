/** Staff divide a community: proposed, moved by hand, confirmed at once or not at all; led for a term; and kept lawful as people come and go. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from '../../tools/browser.ts';
import { ownAccount } from '../../tools/own-account.ts';
import { apply, LIU, newHome, OLD_CLERK, RECEIVING_CLERK } from '../../tools/story.ts';
import { openStage, use, type Stage } from '../engine/stage.ts';
import { COMMUNITY, divide, haveSo, OTHER_COMMUNITY, propose, STREET, type Proposal } from './people.ts';

let stage: Stage;
let clerk: Browser;
let liu: string;
beforeAll(async () => {
  stage = await openStage('2026-09-21 10:00', 'web');
  clerk = await stage.person(OLD_CLERK);
  await haveSo(stage.house, COMMUNITY, 173);
  liu = (await (await stage.person(LIU)).get('/api/me')).body.people[0].id;
});
afterAll(() => stage.stop());

const sql = (query: string) => stage.house.connection.sql.unsafe(query);
const overview = async (who = clerk, unit = COMMUNITY) => (await who.get(`/api/staff/groups?unit=${unit}`)).body;
const act = (proposal: Pick<Proposal, 'id' | 'version'>, verb: string, more = {}) =>
  clerk.post(`/api/staff/groups/proposals/${proposal.id}/${verb}`, { version: proposal.version, ...more });
const groupOf = async (retireeId: string) => {
  const [row] = await sql(`select group_id from group_members where retiree_id = '${retireeId}' and until is null`);
  return (row?.['group_id'] as string | undefined) ?? null;
};
const told = async (template: string, state = 'queued') =>
  (await sql(`select account_id from messages where template = '${template}' and state = '${state}'`)).map((row) =>
    String(row['account_id']),
  );

describe('a community of 173', () => {
  let proposal: Proposal;

  test('is proposed in lawful groups with everybody in exactly one; there is one proposal at a time', async () => {
    proposal = await propose(clerk, COMMUNITY);
    const people = proposal.groups.flatMap((group) => group.people.map(({ id }) => id));
    expect(new Set(people).size).toBe(173);
    expect(people).toHaveLength(173);
    expect(proposal.groups.every(({ people: all }) => all.length >= 30 && all.length <= 50)).toBe(true);
    expect(proposal).toMatchObject({ left: [], obstacle: null, ending: [] });
    const again = await clerk.post('/api/staff/groups/proposals', { unit: COMMUNITY });
    expect(again.body).toMatchObject({ code: 'groups-proposal-there', id: proposal.id });
    expect(await overview()).toMatchObject({ people: 173, inGroups: 0, outside: 173, proposal: proposal.id, list: [] });
  });

  test('is nobody else’s to see or touch: not the street’s, not another community’s, not a retiree’s', async () => {
    const street = await stage.staff(STREET, 'lead');
    for (const other of [await stage.person(RECEIVING_CLERK), street, await stage.person(LIU)]) {
      expect((await other.get(`/api/staff/groups/proposals/${proposal.id}`)).status).toBe(404);
      const confirm = `/api/staff/groups/proposals/${proposal.id}/confirm`;
      expect((await other.post(confirm, { version: 1 })).status).toBe(404);
    }
    expect((await street.get(`/api/staff/groups?unit=${COMMUNITY}`)).body).toMatchObject({ may: { handle: false } });
    expect((await (await stage.person(LIU)).get(`/api/staff/groups?unit=${COMMUNITY}`)).status).toBe(403);
    expect((await street.post('/api/staff/groups/proposals', { unit: COMMUNITY })).status).toBe(403);
    const lead = await stage.staff(STREET, 'lead');
    expect((await lead.post('/api/staff/groups/proposals', { unit: STREET })).body.code).toBe('groups-not-a-community');
  });

  test('people are moved by hand; a group of 29 or 51, and somebody left out, are named and not confirmed', async () => {
    const [first, second] = proposal.groups;
    const moved = first?.people.slice(0, (first?.people.length ?? 0) - 29).map(({ id }) => id) ?? [];
    const to = await act(proposal, 'move', { people: moved, slot: second?.slot });
    expect(to.body).toEqual({ version: 2 });
    expect((await act(proposal, 'move', { people: moved, slot: second?.slot })).body.code).toBe(
      'groups-proposal-changed',
    );
    expect((await act({ ...proposal, version: 2 }, 'move', { people: moved, slot: 99 })).body.code).toBe('group-none');
    const refused = await act({ ...proposal, version: 2 }, 'confirm');
    expect(refused.body.code).toBe('groups-unlawful');
    expect(refused.body.detail).toContain('第1小组29人');
    expect(await sql('select from group_members')).toHaveLength(0);
    await act({ ...proposal, version: 2 }, 'move', { people: moved, slot: first?.slot });
    const one = first?.people[0]?.id;
    const fuller = proposal.groups.find(({ people }) => people.length > 30);
    await act({ ...proposal, version: 3 }, 'move', { people: [fuller?.people[0]?.id ?? one], slot: null });
    expect((await act({ ...proposal, version: 4 }, 'confirm')).body.code).toBe('groups-leave-out');
    await act({ ...proposal, version: 4 }, 'move', { people: [fuller?.people[0]?.id ?? one], slot: fuller?.slot });
  });

  test('is confirmed by two clerks at once, and once', async () => {
    const now = { ...proposal, version: 5 };
    const answers = await Promise.all([act(now, 'confirm'), act(now, 'confirm')]);
    expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(['200', '404']);
    expect(answers.find(({ status }) => status === 200)?.body).toEqual({ groups: proposal.groups.length, people: 173 });
    expect(await overview()).toMatchObject({ people: 173, inGroups: 173, outside: 0, proposal: null });
    const city = await overview(await stage.staff('4301', 'lead'), '4301');
    expect(city).toMatchObject({ inGroups: 173, groups: proposal.groups.length, list: [] });
    expect(city.below.length).toBeGreaterThan(1);
  });

  test('members with an account hear which group they are in; nobody gets a text message for it', async () => {
    expect(await told('group.placed')).toHaveLength(
      (
        await sql(`select from links l join group_members m on m.retiree_id = l.retiree_id
          where l.relation = 'self' and l.revoked_at is null`)
      ).length,
    );
  });

  test('the database lets nobody be in two groups', async () => {
    const twice = sql(`insert into group_members (group_id, retiree_id, since)
      select g.id, '${liu}', '2026-09-21' from groups g where g.id <> '${await groupOf(liu)}' limit 1`);
    await expect(twice).rejects.toThrow('group_members_one_now');
  });
});

describe('a group', () => {
  test('is named, and called by its number again', async () => {
    const id = await groupOf(liu);
    expect((await clerk.put(`/api/staff/groups/${id}/name`, { name: '梓园组' })).status).toBe(204);
    expect((await clerk.get(`/api/staff/groups/${id}`)).body).toMatchObject({ name: '梓园组', given: '梓园组' });
    await clerk.put(`/api/staff/groups/${id}/name`, { name: ' ' });
    expect((await clerk.get(`/api/staff/groups/${id}`)).body).toMatchObject({ given: null });
  });

  test('has one leader and one deputy of its own people, for three years at most; each hears it', async () => {
    const id = await groupOf(liu);
    const { people } = (await clerk.get(`/api/staff/groups/${id}`)).body;
    const other = people.find((one: { id: string }) => one.id !== liu);
    const choose = (office: string, retireeId: string, term = '2028-09-20') =>
      clerk.put(`/api/staff/groups/${id}/offices/${office}`, { retireeId, term, agreed: true });
    const [stranger] = await sql(`select retiree_id from group_members where group_id <> '${id}' limit 1`);
    expect((await choose('leader', String(stranger?.['retiree_id']))).body.code).toBe('group-not-a-member');
    expect((await choose('leader', liu, '2026-09-21')).body.code).toBe('group-term');
    expect((await choose('leader', liu, '2030-09-21')).body.code).toBe('group-term');
    expect((await choose('leader', liu)).status).toBe(204);
    expect((await choose('deputy', liu)).body.code).toBe('group-leads-already');
    expect((await choose('deputy', other.id)).status).toBe(204);
    expect((await choose('leader', liu, '2029-01-01')).status).toBe(204);
    const line = (await overview()).list.find((one: { id: string }) => one.id === id);
    expect(line.offices).toMatchObject([{ office: 'leader', term: '2029-01-01' }, { office: 'deputy' }]);
    expect(line.concerns).toEqual([]);
    expect(await told('group.chosen')).toHaveLength(3);
    const kept = await sql(`select from group_leaders where retiree_id = '${liu}'`);
    expect(kept).toHaveLength(2);
  });

  /** Somebody else of the group, with an account of their own. */
  const fellowOf = async (group: string | null) => {
    const [member] =
      await sql(`select retiree_id as id from group_members m where group_id = '${group}' and until is null
      and not exists (select from links l where l.retiree_id = m.retiree_id) limit 1`);
    return ownAccount(stage.house, String(member?.['id']));
  };
  const heardBy = async (who: Browser): Promise<string[]> =>
    (await who.get('/api/messages')).body.map((one: { text: string }) => one.text);

  test('somebody who moves away leaves it; the group proposes and staff choose another leader; undone, she leads it again', async () => {
    const id = await groupOf(liu);
    const { browser: fellow } = await fellowOf(id);
    const number = await apply(await stage.person(LIU), 'relocation', {
      to: 'city',
      home: newHome,
      since: '2026-09-01',
      reason: 'withChildren',
      proof: null,
      handOver: true,
    });
    const receiving = await stage.person(RECEIVING_CLERK);
    expect((await use(receiving, number, 'approve')).status).toBe(200);
    expect(await groupOf(liu)).toBeNull();
    const line = (await overview()).list.find((one: { id: string }) => one.id === id);
    expect(line.concerns).toContain('leader');
    expect((await told('group.leaderLeft')).length).toBeGreaterThan(0);
    expect(await heardBy(fellow)).toEqual([expect.stringContaining('现在没有组长了。大家商量一下，推荐一位')]);
    expect((await heardBy(await stage.person(LIU))).join()).not.toContain('现在没有组长了');
    await sql(`update messages set state = 'sent' where template = 'group.choose'`);
    const lead = await stage.staff(OTHER_COMMUNITY, 'lead');
    const undone = await use(lead, number, 'undo', { words: '弄错了' });
    expect(undone.status, `refused: ${JSON.stringify(undone.body)}`).toBe(200);
    expect(await groupOf(liu)).toBe(id);
    expect((await clerk.get(`/api/staff/groups/${id}`)).body.offices[0]).toMatchObject({ retireeId: liu });
    // They had read it: now they read that nobody is to be chosen.
    expect((await heardBy(fellow))[0]).toContain('组长还是原来那位，不用另选了');
  });

  test('somebody who died leaves it; her group hears gently, and not at night; it comes back when the death is undone', async () => {
    const id = await groupOf(liu);
    const { account } = await fellowOf(id);
    const number = await apply(
      await stage.person('13800000002'),
      'death-report',
      {
        diedOn: '2026-09-20',
        relation: 'child',
        reporter: '周敏',
        phone: '13800000002',
        certificate: null,
      },
      liu,
    );
    stage.at('2026-09-21 21:30');
    const before = (await told('group.chosenAlready')).length;
    const found = await use(clerk, number, 'approve', { how: 'visit', note: '上门看过' });
    expect(found.status, `refused: ${JSON.stringify(found.body)}`).toBe(200);
    expect(await groupOf(liu)).toBeNull();
    const chosen = await sql(`select state, next_try_at from messages
      where template = 'group.choose' and account_id = '${account}'`);
    expect(chosen).toMatchObject([{ state: 'queued', next_try_at: '2026-09-22 00:00:00+00' }]);
    const lead = await stage.staff(COMMUNITY, 'lead');
    const undone = await use(lead, number, 'undo', { words: '弄错了' });
    expect(undone.status, `refused: ${JSON.stringify(undone.body)}`).toBe(200);
    expect(await groupOf(liu)).toBe(id);
    // Nobody had read it yet: nobody ever does.
    expect(await told('group.choose', 'queued')).toEqual([]);
    expect(await told('group.chosenAlready')).toHaveLength(before);
    stage.at('2026-09-21 10:00');
  });

  test('that grew too small is shown as something to settle, and mended as proposed', async () => {
    const standing = (await overview()).list as { id: string; n: number; people: number }[];
    const small = standing.find((one) => one.people - 29 > 0 && one.id !== undefined);
    const leaving = (small?.people ?? 0) - 29;
    await sql(`update care set until = '2026-09-21' where retiree_id in (
      select retiree_id from group_members where group_id = '${small?.id}' and until is null and retiree_id <> '${liu}' limit ${leaving}) and until is null`);
    await sql(`update group_members set until = '2026-09-21' where group_id = '${small?.id}' and until is null
      and not exists (select from care c where c.retiree_id = group_members.retiree_id and c.until is null)`);
    const line = (await overview()).list.find((one: { id: string }) => one.id === small?.id);
    expect(line).toMatchObject({ people: 29, concerns: expect.arrayContaining(['small']) });
    await divide(clerk, COMMUNITY);
    const after = await overview();
    expect(after.list.flatMap((one: { concerns: string[] }) => one.concerns)).not.toContain('small');
    expect(after.outside).toBe(0);
    // Whoever was not concerned is where they were.
    expect(after.list.length).toBeGreaterThanOrEqual(standing.length - 1);
  });
});

describe('too few, and between', () => {
  const THIRD = '430102014003';

  test('29 make no group: staff are told how many more would', async () => {
    await sql(`update care set until = '2026-09-21' where until is null and unit_id = '${THIRD}' and id not in (
      select id from care where until is null and unit_id = '${THIRD}' order by id limit 29)`);
    const lead = await stage.staff(THIRD, 'lead');
    const refused = await lead.post('/api/staff/groups/proposals', { unit: THIRD });
    expect(refused.body).toMatchObject({ code: 'groups-too-few' });
    expect(refused.body.detail).toContain('再有 1 人');
    expect((await lead.get(`/api/staff/groups?unit=${THIRD}`)).body.obstacle).toEqual({ reason: 'too-few', short: 1 });
  });

  test('55 make one group of 50; five wait, and the group is confirmed', async () => {
    await haveSo(stage.house, THIRD, 55);
    const lead = await stage.staff(THIRD, 'lead');
    const proposal = await propose(lead, THIRD);
    expect(proposal).toMatchObject({ obstacle: { reason: 'between', people: 55, short: 5 } });
    expect(proposal.groups.map(({ people }) => people.length)).toEqual([50]);
    expect(proposal.left).toHaveLength(5);
    const confirmed = await lead.post(`/api/staff/groups/proposals/${proposal.id}/confirm`, { version: 1 });
    expect(confirmed.body).toEqual({ groups: 1, people: 50 });
    expect(await overview(lead, THIRD)).toMatchObject({ outside: 5, people: 55, inGroups: 50 });
  });
});
