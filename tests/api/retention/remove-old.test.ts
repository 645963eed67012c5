/** What is past its time goes, one day earlier nothing does; what is counted stays, and the timelines are whole. */
import { sql as raw } from 'drizzle-orm';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../../../api/config.ts';
import { auditChains } from '../../../api/engine/audit.ts';
import { countOld, removeOld } from '../../../api/retention/remove-old.ts';
import { kinds, rules, type Kind } from '../../../api/retention/rules.ts';
import { openBytes } from '../../../db/vault.ts';
import { picture } from '../../bot/people.ts';
import type { Browser } from '../../tools/browser.ts';
import { apply, LIU, newHome, OLD_CLERK, RECEIVING_CLERK } from '../../tools/story.ts';
import { openStage, use, type Stage } from '../engine/stage.ts';

const keep = readConfig({});
const CITY_LEAD = '13800000041';
const move = { to: 'city', home: newHome, since: '2026-10-01', reason: 'other', proof: null, handOver: true };

let stage: Stage;
beforeEach(async () => {
  stage = await openStage('2026-11-02 10:00', 'web');
  onTestFinished(() => stage.stop());
});

const sql = (query: string) => stage.house.connection.sql.unsafe(query);
const at = (moment: string) => new Date(`${moment.replace(' ', 'T')}:00+08:00`);
const night = (day: string, mostPages?: number) =>
  removeOld(stage.ctx.db, keep, at(`${day} 03:20`), ...(mostPages === undefined ? [] : [mostPages]));
const counted = async (table: string) => (await sql(`select count(*)::int as n from ${table}`))[0]?.['n'] as number;
const none = Object.fromEntries(kinds.map((kind) => [kind, 0])) as Record<Kind, number>;
const audit = () => auditChains(stage.ctx.db);
/** Nights far ahead of the stage's clock end the sessions of its people; these live on. */
const keepSessions = () => sql(`update sessions set expires_at = '2100-01-01T00:00:00Z'`);

/** A move with a picture, decided and typed into the office's system: closed on 2026-11-02. */
async function closedCase(liu: Browser, clerk: Browser): Promise<string> {
  const started = await liu.post('/api/drafts', { kind: 'relocation' });
  const { id } = started.body.draft;
  const given = Object.entries(move).filter(([key]) => key !== 'proof' && key !== 'handOver');
  const answers = Object.fromEntries(given.map(([key, value]) => [key, { value }]));
  await liu.put(`/api/drafts/${id}/answers`, { answers });
  const photo = (await liu.call('POST', `/api/drafts/${id}/files/proof`, await picture())).body.id;
  const rest = { proof: { value: [photo] }, handOver: { value: true } };
  const { revision } = (await liu.put(`/api/drafts/${id}/answers`, { answers: rest })).body;
  const { number } = (await liu.post(`/api/drafts/${id}/submit`, { checked: revision })).body;
  expect((await use(clerk, number, 'approve')).status).toBe(200);
  expect((await use(clerk, number, 'approve')).body.status).toBe('approved');
  return number;
}

describe('closed cases', () => {
  test('lose their pictures first, then everything that was said; what happened stays, and the chain is whole', async () => {
    const [liu, clerk] = [await stage.person(LIU), await stage.person(RECEIVING_CLERK)];
    const number = await closedCase(liu, clerk);
    const before = (await liu.get(`/api/cases/${number}`)).body;
    expect(before.files).toHaveLength(1);
    const remarks = `/api/cases/${number}/remarks`;
    expect((await clerk.post(remarks, { words: '照片看过了' })).status).toBe(200);
    await keepSessions();

    expect((await night('2027-11-02')).files).toBe(0);
    expect((await night('2027-11-03')).files).toBe(1);
    const without = (await liu.get(`/api/cases/${number}`)).body;
    expect(without).toMatchObject({ files: [], erased: false, answers: before.answers });
    expect((await liu.get(`/api/files/${before.files[0].id}`)).status).toBe(404);

    expect((await night('2031-11-02')).cases).toBe(0);
    expect((await night('2031-11-03')).cases).toBe(1);
    const after = (await liu.get(`/api/cases/${number}`)).body;
    expect(after).toMatchObject({ erased: true, answers: [], verbs: [], status: 'approved' });
    expect(after.timeline.map((entry: { verb: string }) => entry.verb)).toEqual(['open', 'approve', 'approve']);
    for (const table of ['case_answers', 'event_payloads', 'case_remarks', 'receipts', 'files'])
      expect(await counted(table)).toBe(0);
    expect(await sql(`select 1 from drafts where submitted_at is not null`)).toHaveLength(0);
    expect(await audit()).toMatchObject({ cases: 1, events: 3, erased: 3, brokenCases: 0 });
    expect((await clerk.post(remarks, { words: '再记一句' })).body.code).toBe('case-erased');
    expect(await night('2031-11-03')).toEqual(none);
  }, 60_000);

  test('one that was undone later is kept from then on, and can no longer be undone once it was erased', async () => {
    const [liu, clerk] = [await stage.person(LIU), await stage.person(RECEIVING_CLERK)];
    const undone = await closedCase(liu, clerk);
    stage.at('2026-12-01 10:00');
    const lead = await stage.staff(newHome.communityId, 'lead');
    expect((await use(lead, undone, 'undo', { words: '办错了' })).status).toBe(200);
    const kept = await closedCase(liu, clerk);
    await keepSessions();
    await night('2031-11-20');
    expect(await audit()).toMatchObject({ cases: 2, erased: 0 });
    await sql(`update cases set closed_at = '2026-11-30T00:00:00Z' where number = '${kept}'`);
    expect((await night('2031-12-01')).cases).toBe(1);
    const { version } = (await lead.get(`/api/cases/${kept}`)).body;
    const refused = await lead.post(`/api/cases/${kept}/undo`, { version, answers: { words: { value: '晚了' } } });
    expect(refused.status).toBe(409);
    expect((await lead.get(`/api/cases/${undone}`)).body).toMatchObject({ erased: false, status: 'undone' });
    expect(await audit()).toMatchObject({ brokenCases: 0 });
  }, 60_000);

  test('one that is open stays, however old; so does one whose child is open', async () => {
    const liu = await stage.person(LIU);
    const open = await apply(liu, 'relocation', move);
    await keepSessions();
    expect(await night('2060-01-01')).toMatchObject({ files: 0, cases: 0 });
    const closed = await apply(liu, 'call-back', { phone: LIU });
    expect((await use(liu, closed, 'withdraw')).status).toBe(200);
    await sql(
      `update cases set parent_id = (select id from cases where number = '${closed}') where number = '${open}'`,
    );
    expect((await night('2060-01-01')).cases).toBe(0);
    expect((await use(liu, open, 'withdraw')).status).toBe(200);
    expect((await night('2060-01-01')).cases).toBe(2);
  }, 60_000);
});

describe('somebody who died', () => {
  const DIED = '2026-11-01';

  async function someoneDied(): Promise<{ id: string; number: string }> {
    const liu = await stage.person(LIU);
    const number = await apply(liu, 'relocation', move);
    const { id } = (await liu.get('/api/me')).body.people[0];
    await sql(`update retirees set died_on = '${DIED}' where id = '${id}'`);
    return { id, number };
  }

  test('is kept for three years; then name, numbers, address and phone are gone, and every figure stands', async () => {
    const { id, number } = await someoneDied();
    const clerk = await stage.person(RECEIVING_CLERK);
    expect((await use(clerk, number, 'reject', { reason: 'not-covered', words: null })).status).toBe(200);
    const figures = async () =>
      sql(`select (select count(*) from retirees) as people, (select count(*) from care) as care, (select count(*) from cases) as cases,
        (select json_agg(c order by c.id) from care c where retiree_id = '${id}') as served,
        (select json_agg(json_build_array(community_id, since, until)) from residences where retiree_id = '${id}') as lived,
        (select json_build_array(sex, extract(year from born), died_on, insured_at, employer_kind) from retirees where id = '${id}') as who`);
    const before = await figures();

    const early = await night('2029-11-01');
    expect([early.deceased, early.deceasedCases]).toEqual([0, 0]);
    expect(await night('2029-11-02')).toMatchObject({ deceasedCases: 1, deceased: 1 });
    expect(await figures()).toEqual(before);

    const [row] = await sql(`select * from retirees where id = '${id}'`);
    expect(row).toMatchObject({ name: '＊＊', phone: null, phone_index: null, employer: null, ethnicity: null });
    expect(JSON.parse(openBytes(row?.['id_number'], 'retirees.id_number').toString())).toBe('');
    const [home] = await sql(`select place from residences where retiree_id = '${id}'`);
    expect(JSON.parse(openBytes(home?.['place'], 'residences.place').toString())).toEqual({});
    for (const table of ['contacts', 'search_keys', 'links', 'unmaskings'])
      expect(await sql(`select 1 from ${table} where retiree_id = '${id}'`)).toHaveLength(0);
    expect(
      await sql(`select 1 from logins l join accounts a on a.id = l.account_id where a.name = '刘淑兰'`),
    ).toHaveLength(0);
    const found = await (await stage.house.signIn(OLD_CLERK)).post('/api/retirees/search', { words: 'liushulan' });
    expect(found.body).toEqual([]);
    expect(await audit()).toMatchObject({ brokenCases: 0, erased: 2 });
    const again = await night('2029-11-02');
    expect([again.deceased, again.deceasedCases]).toEqual([0, 0]);
  }, 60_000);

  test('stays as they are while anything about them is under way', async () => {
    const { id } = await someoneDied();
    expect(await night('2040-01-01')).toMatchObject({ deceased: 0, deceasedCases: 0 });
    const [row] = await sql(`select name from retirees where id = '${id}'`);
    expect(row?.['name']).toBe('刘淑兰');
  });

  test('whoever acted for them keeps an account that serves others too', async () => {
    const { id } = await someoneDied();
    await sql(`update cases set status = 'withdrawn', closed_at = now()`);
    const [child] = await sql(`select account_id from links where retiree_id = '${id}' and relation = 'child'`);
    expect((await night('2029-11-02')).deceased).toBe(1);
    const [account] = await sql(`select name, closed_at from accounts where id = '${String(child?.['account_id'])}'`);
    expect(account).toEqual({ name: '周敏', closed_at: null });
  });
});

test('what was used or has expired goes ninety days after its end; a day earlier all of it is there', async () => {
  const liu = await stage.person(LIU);
  await liu.post('/api/drafts', { kind: 'call-back' });
  const ends = `'2026-11-02T02:00:00Z'`;
  await sql(`update sessions set expires_at = ${ends}`);
  await sql(`update codes set expires_at = ${ends}`);
  await sql(
    `insert into tickets (token_hash, kind, account_id, created_at, expires_at) select '\\x01', 'sign-in', id, ${ends}, ${ends} from accounts limit 1`,
  );
  await sql(
    `insert into slips (code_index, retiree_id, relation, scope, made_by, created_at, expires_at) select '\\x01', id, 'child', 'apply', id, ${ends}, ${ends} from retirees limit 1`,
  );
  await sql(
    `insert into invites (token_hash, unit_id, role, name, invited_by, created_at, expires_at) select '\\x01', '4301', 'clerk', '某人', id, ${ends}, ${ends} from accounts limit 1`,
  );
  const spent: Kind[] = ['sessions', 'codes', 'tickets', 'slips', 'invites'];
  const early = await night('2027-01-31');
  expect(spent.map((kind) => early[kind])).toEqual([0, 0, 0, 0, 0]);
  const late = await night('2027-02-01');
  expect(spent.map((kind) => late[kind])).toEqual([1, 1, 1, 1, 1]);
});

test('who could act, who looked and what was done with accounts and posts is kept as long as cases are', async () => {
  const at2026 = `'2026-11-02T02:00:00Z'::timestamptz`;
  const someone = `(select min(id::text)::uuid from accounts)`;
  const retiree = `(select min(id::text)::uuid from retirees)`;
  await sql(`update links set revoked_at = ${at2026}`);
  await sql(`insert into consents (account_id, purpose, given_at, withdrawn_at)
    values (${someone}, 'photos', ${at2026}, ${at2026}), (${someone}, 'photos', ${at2026}, null)`);
  await sql(`insert into unmaskings (retiree_id, account_id, unit_id, what, why, at)
    values (${retiree}, ${someone}, '4301', 'phone', 'call', ${at2026})`);
  await sql(
    `insert into account_acts (account_id, what, by_id, at) values (${someone}, 'exported', ${someone}, ${at2026})`,
  );
  await sql(`insert into staff_events (at, act, unit_id, role, name, by_id)
    values (${at2026}, 'invited', '4301', 'clerk', '某人', ${someone})`);
  const links = await counted('links');
  const kept: Kind[] = ['consents', 'links', 'lookups', 'accountActs', 'staffEvents'];
  const early = await night('2031-11-02');
  expect(kept.map((kind) => early[kind])).toEqual([0, 0, 0, 0, 0]);
  const late = await night('2031-11-03');
  expect(kept.map((kind) => late[kind])).toEqual([1, links, 1, 1, 1]);
  expect(await counted('consents')).toBe(1);
});

test('a second factor goes ninety days after the last post that it guarded, with its recovery codes', async () => {
  await sql(`delete from recovery_codes`);
  await sql(`delete from second_factors`);
  const [post] = await sql(`select account_id from posts where unit_id = '4301' limit 1`);
  const id = String(post?.['account_id']);
  await sql(
    `insert into second_factors (account_id, secret, created_at) values ('${id}', '\\x00', '2020-01-01T00:00:00Z')`,
  );
  await sql(`insert into recovery_codes (account_id, code_hash) values ('${id}', '\\x00')`);
  expect((await night('2060-01-01')).factors).toBe(0);
  await sql(`update posts set ended_at = '2026-11-02T02:00:00Z' where account_id = '${id}'`);
  expect((await night('2027-01-31')).factors).toBe(0);
  expect((await night('2027-02-01')).factors).toBe(1);
  expect([await counted('second_factors'), await counted('recovery_codes')]).toEqual([0, 0]);
});

test('after a year it is no longer known what people were told, but that they were', async () => {
  const liu = await stage.person(LIU);
  const number = await apply(liu, 'relocation', move);
  await use(await stage.person(RECEIVING_CLERK), number, 'claim');
  await sql(`update messages set state = 'sent', sent_at = created_at`);
  await sql(
    `insert into messages (retiree_id, form, template, params, created_at) select id, 'notice', 'approve', '{"name":"刘淑兰"}', '2026-11-02T02:00:00Z' from retirees limit 1`,
  );
  const all = await counted('messages');
  await keepSessions();
  expect((await night('2027-11-02')).messages).toBe(0);
  expect((await night('2027-11-03')).messages).toBe(all - 1);
  expect(await counted('messages')).toBe(all);
  const left = await sql(`select template, params from messages where params <> '{}'`);
  expect(left.map(({ template }) => template as string)).toEqual(['approve']);
  expect((await liu.get('/api/messages')).body).toEqual([]);
});

test('a night stopped in the middle has told what it removed; the next goes on, and no more than is allowed goes at once', async () => {
  await sql(
    `insert into attempts (what, key, at) select 'x', '\\x00', '2026-10-01T00:00:00Z'::timestamptz + n * interval '1 second' from generate_series(1, 4500) n`,
  );
  const old = (await countOld(stage.ctx.db, keep, at('2026-11-02 03:20'))).find(({ what }) => what === 'attempts');
  expect(old).toMatchObject({ count: 4500, oldest: new Date('2026-10-01T00:00:01Z') });
  expect((await night('2026-11-02', 1)).attempts).toBe(2000);
  expect((await night('2026-11-02')).attempts).toBe(2500);
  expect(await sql(`select what, count, oldest::text, newest::text from removals`)).toEqual([
    {
      what: 'attempts',
      count: 4500,
      oldest: '2026-10-01 00:00:01+00',
      newest: '2026-10-01 01:15:00+00',
    },
  ]);
});

test('two nights at once remove each thing once', async () => {
  await sql(
    `insert into attempts (what, key, at) select 'x', '\\x00', '2026-10-01T00:00:00Z' from generate_series(1, 9000)`,
  );
  const both = await Promise.all([night('2026-11-02'), night('2026-11-02')]);
  await night('2026-11-02');
  expect(both.reduce((sum, { attempts }) => sum + attempts, 0)).toBeLessThanOrEqual(9000);
  expect((await sql(`select sum(count)::int as n from removals`))[0]?.['n']).toBe(9000);
});

test('no rule reads a table from end to end: each finds its rows by an index', async () => {
  await stage.ctx.db.transaction(async (tx) => {
    await tx.execute(raw`set local enable_seqscan = off`);
    for (const kind of kinds) {
      const { key, at: since, from, where } = rules[kind];
      const query = raw`select ${key} as id, ${since} as at from ${from} where ${where(raw`'2020-01-01'::timestamptz`)}`;
      const plan = JSON.stringify([...(await tx.execute(raw`explain ${query} order by at limit 100`))]);
      expect({
        kind,
        byIndex: plan.includes('Index'),
        plan: plan.includes('Seq Scan') ? plan : 'no table read whole',
      }).toEqual({
        kind,
        byIndex: true,
        plan: 'no table read whole',
      });
    }
  });
});

test('who leads the city sees how long things are kept and what was removed; nobody else does', async () => {
  await sql(`insert into attempts (what, key, at) values ('x', '\\x00', '2026-10-01T00:00:00Z')`);
  await night('2026-11-02');
  const lead = await stage.person(CITY_LEAD);
  const { body } = await lead.get('/api/retention');
  expect(body.rules).toContainEqual(expect.objectContaining({ what: 'cases', after: '5 年' }));
  expect(body.removals).toEqual([
    {
      day: '2026-11-02',
      what: 'attempts',
      title: '登录和绑定的尝试次数',
      count: 1,
      oldest: '2026-10-01T00:00:00.000Z',
      newest: '2026-10-01T00:00:00.000Z',
    },
  ]);
  expect((await (await stage.person(RECEIVING_CLERK)).get('/api/retention')).status).toBe(403);
  expect((await stage.house.visit().get('/api/retention')).status).toBe(401);
});
