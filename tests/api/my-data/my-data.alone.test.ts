/** What is held about somebody: seen by them and whoever may do everything, taken along whole after a code, and who looked. */
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { heldIn, parts } from '../../../api/my-data/held.ts';
import { keptFlags } from '../../../db/schema/care.ts';
import { namedRetirees } from '../../../db/seed/demo/named.ts';
import type { Browser } from '../../tools/browser.ts';
import { addConsentService } from '../../tools/consent-service.ts';
import { apply, DAUGHTER, LIU, newHome, OLD_CLERK, RECEIVING_CLERK } from '../../tools/story.ts';
import { budget, OTHER_COMMUNITY } from '../care/fund.ts';
import { openStage, saying, use, type Stage } from '../engine/stage.ts';

const liuHeld = namedRetirees[0];
let stage: Stage;
let liu: Browser;
let daughter: Browser;
let retiree: string;
beforeAll(async () => {
  stage = await openStage('2026-11-02 10:00', 'web');
  addConsentService();
  liu = await stage.person(LIU);
  daughter = await stage.person(DAUGHTER);
  retiree = (await liu.get('/api/me')).body.people[0].id;
});
afterAll(() => stage.stop());

const sql = (query: string) => stage.house.connection.sql.unsafe(query);
async function codeFor(who: Browser, phone: string, purpose = 'export'): Promise<string> {
  const asked = await who.post('/api/me/codes', { purpose });
  expect(asked.status).toBe(200);
  return /\d{6}/.exec(stage.house.simulator.sms.list(phone).at(-1)?.text ?? '')?.[0] ?? '';
}
const take = async (who: Browser, phone: string) => who.post('/api/me/export', { code: await codeFor(who, phone) });

describe('one’s own page', () => {
  test('shows what is held, numbers masked', async () => {
    const answer = await liu.get('/api/me/data');
    expect(answer.body).toMatchObject({ name: '刘淑兰', correction: true });
    expect(answer.body.people).toMatchObject([
      {
        relation: 'self',
        name: '刘淑兰',
        phone: '138****0001',
        born: '1948-03-12',
        employer: '湖南湘岳第二纺织厂',
        employerKind: 'provincial',
        care: { name: '芙蓉区 文艺路街道 识字里社区' },
        contacts: [{ name: '周敏', phone: '138****0002', emergency: true }],
        family: [
          { name: '刘淑兰', me: true },
          { name: '周敏', scope: 'apply' },
        ],
      },
    ]);
    expect(answer.body.people[0].home).toContain('纺织厂宿舍3栋2单元401');
    expect(JSON.stringify(answer.body)).not.toContain(liuHeld?.idNumber);
    expect(JSON.stringify(answer.body)).not.toContain(LIU);
  });

  test('of somebody whom one may only act for shows nothing; of whom one may do everything, all of it', async () => {
    expect((await daughter.get('/api/me/data')).body.people).toEqual([]);
    const scope = (to: string) =>
      sql(`update links set scope = '${to}' where relation = 'child' and retiree_id = '${retiree}'`);
    await scope('everything');
    await expect.poll(async () => (await daughter.get('/api/me/data')).body.people.length).toBe(1);
    const exported = await take(daughter, DAUGHTER);
    expect(exported.body.retirees).toMatchObject([{ name: '刘淑兰' }]);
    // Not her own number.
    expect(JSON.stringify(exported.body)).not.toContain(liuHeld?.idNumber);
    await scope('apply');
    await expect.poll(async () => (await daughter.get('/api/me/data')).body.people).toEqual([]);
  });

  test('names who looked, from where, and why', async () => {
    expect((await liu.get('/api/me/lookups')).body).toEqual([]);
    await sql(`insert into unmaskings (retiree_id, account_id, unit_id, what, why, at)
      select '${retiree}', p.account_id, p.unit_id, 'id-number', 'check-papers', '2026-11-02T01:00:00Z'
        from posts p join accounts a on a.id = p.account_id where a.name = '李娟'`);
    expect((await liu.get('/api/me/lookups')).body).toMatchObject([
      { who: '李娟', unit: '识字里社区', what: 'id-number', why: '核对证件', name: '刘淑兰' },
    ]);
    expect((await daughter.get('/api/me/lookups')).body).toEqual([]);
    expect((await liu.get('/api/me/lookups?before=2026-11-02T01:00:00.000Z')).body).toEqual([]);
    // The special-care flags as well: whoever opens them is named.
    await (await stage.person(OLD_CLERK)).post(`/api/care/retirees/${retiree}/flags`);
    expect((await liu.get('/api/me/lookups')).body).toMatchObject([
      { who: '李娟', what: 'flags', why: '安排探访和慰问', name: '刘淑兰' },
      { what: 'id-number' },
    ]);
  });
});

describe('taking everything along', () => {
  test('needs a code of its own: one for signing in or deleting is wrong, and it is good once', async () => {
    const phone = '13955592001';
    const person = await stage.person(phone);
    await stage.house.visit().post('/api/sign-in/code', { phone });
    const forSignIn = /\d{6}/.exec((await stage.house.simulator.sms.waitFor(phone)).text)?.[0];
    expect((await person.post('/api/me/export', { code: forSignIn })).body.code).toBe('wrong-code');
    const forClosing = await codeFor(person, phone, 'close-account');
    expect((await person.post('/api/me/export', { code: forClosing })).body.code).toBe('wrong-code');
    const code = await codeFor(person, phone);
    expect((await stage.house.visit().post('/api/sign-in', { phone, code })).body.code).toBe('wrong-code');
    expect((await person.post('/api/me/close', { code, cases: [] })).body.code).toBe('wrong-code');
    expect((await person.post('/api/me/export', { code })).status).toBe(200);
    expect((await person.post('/api/me/export', { code })).body.code).toBe('wrong-code');
    // The code for signing in still signs in.
    expect((await stage.house.visit().post('/api/sign-in', { phone, code: forSignIn })).status).toBe(200);
  });

  test('says what the code is for, and goes to nobody without a phone', async () => {
    const phone = '13955592002';
    const person = await stage.person(phone);
    expect((await person.post('/api/me/codes', { purpose: 'export' })).body).toEqual({ phone: '139****2002' });
    const said = (await stage.house.simulator.sms.waitFor(phone, (text) => text.includes('导出'))).text;
    expect(said).toContain('工作人员不会索要验证码');
    const inner = { chat: { kind: 'telegram' as const, id: '8800', name: '', language: 'zh' } };
    const body = JSON.stringify({ purpose: 'export' });
    const headers = { 'content-type': 'application/json' };
    const answer = await stage.house.app.request('/api/me/codes', { method: 'POST', body, headers }, { inner });
    expect(await answer.json()).toMatchObject({ code: 'no-phone-to-prove' });
  });

  test('is possible three times an hour, and recorded each time', async () => {
    const phone = '13955592003';
    const person = await stage.person(phone);
    for (let taken = 0; taken < 3; taken += 1) expect((await take(person, phone)).status).toBe(200);
    const fourth = await take(person, phone);
    expect(fourth.body).toMatchObject({ code: 'too-many-attempts' });
    stage.at('2026-11-02 11:30');
    const fifth = await take(person, phone);
    expect(fifth.body.acts).toHaveLength(4);
    stage.at('2026-11-02 10:00');
  });

  test('every table of the database is in it, or says why it is not', async () => {
    const tables = await sql(
      `select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
    );
    expect(tables.map((row) => String(row['table_name'])).toSorted()).toEqual(Object.keys(heldIn).toSorted());
  });

  test('has every row there is about the person: what each table holds of hers is found again', async () => {
    await fillEverything();
    stage.at('2026-11-02 11:59');
    const { body } = await take(liu, LIU);
    stage.at('2026-11-02 10:00');
    expect(body).toMatchObject({ format: 'tuiguan-export', version: 1 });
    expect(Object.keys(body).slice(4)).toEqual([...parts]);
    for (const part of parts) expect({ part, rows: body[part].length > 0 }).toEqual({ part, rows: true });
    expect(body.retirees[0]).toMatchObject({ idNumber: liuHeld?.idNumber, phone: LIU, name: '刘淑兰' });

    const account = body.account[0].id;
    const columns = await sql(`select table_name as t, column_name as c from information_schema.columns
      where table_schema = 'public' and column_name in ('account_id', 'retiree_id', 'subject_id', 'applicant_id')`);
    const ids = new Set(JSON.stringify(body).match(/[0-9a-f]{8}-[0-9a-f-]{27}/g));
    const byId = new Set(
      (
        await sql(
          `select table_name as t from information_schema.columns where table_schema = 'public' and column_name = 'id'`,
        )
      ).map((row) => String(row['t'])),
    );
    for (const { t, c } of columns) {
      const held = heldIn[String(t)];
      // A form about her that somebody else filled in is theirs; what came of it stands among the cases.
      if (!held || 'leftOut' in held || !byId.has(String(t)) || `${t}.${c}` === 'drafts.subject_id') continue;
      const whose = ['retiree_id', 'subject_id'].includes(String(c)) ? retiree : account;
      const rows = await sql(`select id from ${t} where ${c} = '${whose}'`);
      expect({ t, c, missing: rows.filter(({ id }) => !ids.has(String(id))).length }).toEqual({ t, c, missing: 0 });
    }
    const relocation = body.cases.find(({ kind }: { kind: string }) => kind === 'relocation');
    expect(relocation.answers[0].answers.map(({ shown }: { shown: string }) => shown).join()).toContain('东方新城');
    expect(relocation.timeline.map(({ verb }: { verb: string }) => verb)).toEqual(['open', 'approve', 'approve']);
    expect(relocation.changes.length).toBeGreaterThan(0);
    expect(relocation.files).toHaveLength(1);
    expect(body.notices.some(({ text }: { text: string }) => text.includes('同意了'))).toBe(true);
    // What opens doors is nobody's to carry about.
    const hashes = await sql(`select encode(token_hash, 'hex') as h, encode(token_hash, 'base64') as b from sessions`);
    for (const { h, b } of hashes)
      expect(JSON.stringify(body)).not.toMatch(new RegExp(`${h}|${RegExp.escape(String(b))}`));
  });

  test('a large account is given whole, page after page', async () => {
    const phone = '13955592004';
    const person = await stage.person(phone);
    await sql(`insert into messages (account_id, form, template, params, state, created_at)
      select account_id, 'notice', 'opened', '{}', 'kept', now() from logins, generate_series(1, 1001)
       where id = (select id from logins where kind = 'phone' order by id desc limit 1)`);
    const [whose] = await sql(`select account_id from logins order by id desc limit 1`);
    const { body } = await take(person, phone);
    expect(body.account[0].id).toBe(whose?.['account_id']);
    expect(new Set(body.notices.map(({ id }: { id: string }) => id)).size).toBe(1001);
  });
});

/** A row about 刘淑兰 in every table that can hold one. */
async function fillEverything(): Promise<void> {
  const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'white' } })
    .png()
    .toBuffer();
  const begun = (await liu.post('/api/drafts', { kind: 'relocation' })).body.draft;
  const file = (await liu.call('POST', `/api/drafts/${begun.id}/files/proof`, picture)).body.id;
  const answers = { to: 'city', home: newHome, since: '2026-11-01', reason: 'other', proof: [file], handOver: true };
  const saved = (await liu.put(`/api/drafts/${begun.id}/answers`, { answers: saying(answers) })).body;
  const { number } = (await liu.post(`/api/drafts/${begun.id}/submit`, { checked: saved.revision })).body;
  const clerk = await stage.person(RECEIVING_CLERK);
  await use(clerk, number, 'approve');
  await use(clerk, number, 'approve');
  await apply(daughter, 'call-back', { phone: DAUGHTER }, retiree);
  await apply(liu, 'toy-outing', { pictures: true, lunch: true });
  const { draft } = (await liu.post('/api/drafts', { kind: 'address-change' })).body;
  await liu.post(`/api/drafts/${draft.id}/links/home`);
  const account = `(select account_id from links where retiree_id = '${retiree}' and relation = 'self' limit 1)`;
  await sql(
    `insert into posts (account_id, unit_id, role, ended_at) values (${account}, '430102001001', 'clerk', now())`,
  );
  await sql(`insert into second_factors (account_id, secret, created_at) values (${account}, '\\x00', now())`);
  await sql(`insert into invites (token_hash, unit_id, role, name, invited_by, created_at, expires_at, used_at, used_by)
    values ('\\x01', '430102001001', 'clerk', '刘淑兰', ${account}, now(), now(), now(), ${account})`);
  await sql(`with n as (insert into notices (unit_id, state, current, made_by, made_at)
      values ('430102001001', 'published', 1, ${account}, now()) returning id),
    v as (insert into notice_revisions (notice_id, n, edited_by, edited_at) select id, 1, ${account}, now() from n)
    insert into notice_reads (notice_id, retiree_id, unit_id, account_id, revision, at)
    select id, '${retiree}', '430102001001', ${account}, 1, now() from n`);
  await sql(`with g as (insert into groups (unit_id, n, made_by, made_at) values ('430102001001', 1, ${account}, now()) returning id),
    m as (insert into group_members (group_id, retiree_id, since) select id, '${retiree}', '2026-11-02' from g)
    insert into group_leaders (group_id, retiree_id, office, since, term, set_by)
    select id, '${retiree}', 'leader', '2026-11-02', '2027-11-02', ${account} from g`);
  await sql(`with v as (insert into volunteers (retiree_id, interests, at) values ('${retiree}', '{visit}', now()) returning retiree_id),
    t as (insert into volunteer_teams (unit_id, name, made_by, made_at) values ('430102001001', '爱心队', ${account}, now()) returning id)
    insert into team_members (team_id, retiree_id) select t.id, v.retiree_id from t, v`);
  await sql(`with a as (insert into activities (unit_id, kind, title, details, starts_at, ends_at, place, directions, seats, taken,
        opens_at, closes_at, bring, walking, companions, contact_name, contact_phone, made_by, made_at)
      values ('430102001001', 'sport', '散步', '', now() + interval '1 day', now() + interval '2 days', '公园', '', 10, 1, now(),
        now() + interval '1 day', '', 'easy', false, '李娟', '0731-84000000', ${account}, now()) returning id)
    insert into sign_ups (activity_id, retiree_id, account_id, state, size, at) select id, '${retiree}', ${account}, 'in', 1, now() from a`);
  await sql(`insert into slips (code_index, retiree_id, relation, scope, made_by, created_at, expires_at)
    values ('\\x02', '${retiree}', 'self', 'everything', ${account}, now(), now())`);
  await sql(`insert into messages (retiree_id, form, template, params, state, created_at)
    values ('${retiree}', 'notice', 'account-closed', '{}', 'sent', now())`);
  await budget(await stage.staff(OTHER_COMMUNITY, 'lead'), OTHER_COMMUNITY, { hospital: 100 });
  const stay = { since: '2026-11-01', hospital: '湘雅医院', phone: LIU, papers: null };
  const visit = await apply(liu, 'hospital', stay);
  const found = { visited: '2026-11-02', grave: true, form: 'money', money: '100' };
  expect((await use(clerk, visit, 'approve', found)).status).toBe(200);
  const [flag] = keptFlags;
  expect((await clerk.put(`/api/care/retirees/${retiree}/flags`, { flags: [flag], version: 0 })).status).toBe(200);
  await stage.person(OLD_CLERK);
}
