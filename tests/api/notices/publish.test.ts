/** A notice from the draft to the withdrawal: the second pair of eyes, whom it is for, corrections, and bad input. */
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drawNotice } from '../../../api/notices/page.ts';
import type { Browser } from '../../tools/browser.ts';
import { DAUGHTER, LIU, OLD_CLERK, RECEIVING_CLERK } from '../../tools/story.ts';
import { openStage, type Stage } from '../engine/stage.ts';
import { act, CITY, COMMUNITY, everyone, publish, STREET, titlesOf, versionOf, write, written } from './press.ts';

let stage: Stage;
let clerk: Browser;
let lead: Browser;
let street: Browser;
let liu: Browser;
beforeAll(async () => {
  stage = await openStage('2026-11-10 10:00', 'web');
  clerk = await stage.person(OLD_CLERK);
  lead = await stage.staff(COMMUNITY, 'lead');
  street = await stage.staff(STREET, 'lead');
  liu = await stage.person(LIU);
});
afterAll(() => stage.stop());

const sql = (query: string) => stage.house.connection.sql.unsafe(query);
const retiree = async (who: Browser): Promise<string> => (await who.get('/api/me')).body.people[0].id;

describe('the second pair of eyes', () => {
  test('is somebody else’s, of the unit or above; until then nobody reads it', async () => {
    const id = await write(clerk, COMMUNITY, { title: '两个人' });
    expect((await act(clerk, id, 'approve')).body.code).toBe('notice-changed');
    await act(clerk, id, 'submit');
    expect((await act(clerk, id, 'approve')).body.code).toBe('notice-needs-another');
    expect(await titlesOf(liu)).not.toContain('两个人');
    expect((await liu.get(`/api/notices/${id}`)).status).toBe(404);
    const elsewhere = await stage.person(RECEIVING_CLERK);
    expect((await elsewhere.get(`/api/staff/notices/${id}`)).status).toBe(404);
    expect((await elsewhere.post(`/api/staff/notices/${id}/approve`, { version: 3 })).status).toBe(404);
    expect((await act(street, id, 'approve')).status).toBe(200);
    expect(await titlesOf(liu)).toContain('两个人');
    // Twice is once.
    expect((await act(lead, id, 'approve')).body.code).toBe('notice-changed');
  });

  test('is held by the database, and what was approved stays as it was', async () => {
    const id = await write(clerk, COMMUNITY);
    await act(clerk, id, 'submit');
    await expect(
      sql(`update notice_revisions set state = 'approved', approved_by = submitted_by where notice_id = '${id}'`),
    ).rejects.toThrow('notice_revisions_approved');
    await act(lead, id, 'approve');
    await expect(sql(`update notice_revisions set title = 'x' where notice_id = '${id}'`)).rejects.toThrow(
      'stays as it',
    );
  });

  test('may give it back; of two who approve at once one does', async () => {
    const id = await write(clerk, COMMUNITY);
    await act(clerk, id, 'submit');
    expect((await act(street, id, 'take-back')).status).toBe(200);
    await act(clerk, id, 'submit');
    const version = await versionOf(lead, id);
    const both = await Promise.all(
      [lead, street].map((who) => who.post(`/api/staff/notices/${id}/approve`, { version })),
    );
    expect(new Set(both.map(({ status }) => status))).toEqual(new Set([200, 409]));
  });
});

describe('a notice', () => {
  test('of a street is for its people only; of the city for everybody; guests read what the city says to everyone', async () => {
    const cityLead = await stage.staff(CITY, 'lead');
    // One lead of the city writes; another post of the city looks at it.
    const [account] = await sql(`select account_id from posts p where unit_id = '${STREET}' and role = 'lead'`);
    await sql(
      `insert into posts (account_id, unit_id, role) values ('${account?.['account_id']}', '${CITY}', 'clerk')`,
    );
    await publish(clerk, street, COMMUNITY, { title: '社区的' });
    const ofStreet = await publish(street, cityLead, STREET, { title: '街道的' });
    const daughter = stage.house.visit();
    expect(await titlesOf(liu)).toEqual(expect.arrayContaining(['社区的', '街道的']));
    expect(await titlesOf(await stage.person(DAUGHTER))).toContain('街道的');
    // The demo’s own of the city.
    expect(await titlesOf(daughter)).toEqual(['认证不收钱，不要点陌生链接']);
    const [other] = await sql(`select r.id from retirees r join care c on c.retiree_id = r.id and c.until is null
      where c.unit_id not like '${STREET}%' and r.died_on is null limit 1`);
    const neighbour = await stage.house.signInByPhone('13911110001');
    const { sql: run } = stage.house.connection;
    await run`insert into links (account_id, retiree_id, relation)
      select l.account_id, ${other?.['id'] as string}, 'self' from logins l where l.kind = 'phone'
       order by l.created_at desc limit 1`;
    const there = await stage.house.signInByPhone('13911110001');
    expect(await titlesOf(there)).not.toContain('街道的');
    expect(neighbour).toBeDefined();
    // Whoever has its address may read what is for everyone: it is passed on.
    expect((await stage.house.visit().get(`/api/notices/${ofStreet}`)).body).toMatchObject({
      title: '街道的',
      isPublic: true,
    });
    expect((await liu.get(`/api/notices/${ofStreet}`)).body).toMatchObject({
      unit: { id: STREET },
      body: [
        { is: 'heading', text: '时间' },
        { is: 'paragraph', text: '12月1日到12月20日' },
        { is: 'list', ordered: false, items: ['带身份证', '空腹'] },
      ],
    });
  });

  test('by age and employer is for those; nobody else reads it, nor its pictures', async () => {
    const id = await retiree(liu);
    await sql(`update retirees set born = '1950-01-01', employer_kind = 'central' where id = '${id}'`);
    const old = { ...everyone, ageFrom: 90, ageTo: null };
    const note = await write(clerk, COMMUNITY, { title: '九十以上', audience: old });
    const picture = await sharp({ create: { width: 20, height: 20, channels: 3, background: 'red' } })
      .jpeg()
      .toBuffer();
    const added = (await clerk.call('POST', `/api/staff/notices/${note}/files/picture`, picture)).body;
    const text = `看图\n![路线](${added.id})`;
    await clerk.put(`/api/staff/notices/${note}`, { ...written, title: '九十以上', text, audience: old, version: 2 });
    await sql(`update retirees set born = '1930-01-01' where id =
      (select retiree_id from care where unit_id = '${COMMUNITY}' and until is null and retiree_id <> '${id}' limit 1)`);
    await act(clerk, note, 'submit');
    await act(lead, note, 'approve');
    expect(await titlesOf(liu)).not.toContain('九十以上');
    for (const who of [liu, await stage.person(RECEIVING_CLERK), stage.house.visit()]) {
      expect([401, 404]).toContain((await who.get(`/api/notices/${note}`)).status);
      expect([401, 404]).toContain((await who.get(`/api/notices/pictures/${added.id}`)).status);
    }
    await sql(`update retirees set born = '1935-01-01' where id = '${id}'`);
    expect(await titlesOf(liu)).toContain('九十以上');
    expect((await liu.get(`/api/notices/pictures/${added.id}`)).status).toBe(200);
    await publish(clerk, lead, COMMUNITY, { title: '央企的', audience: { ...everyone, employerKinds: ['central'] } });
    expect(await titlesOf(liu)).toContain('央企的');
    await sql(`update retirees set employer_kind = 'district' where id = '${id}'`);
    expect(await titlesOf(liu)).not.toContain('央企的');
  });

  test('by a special-care flag says so to nobody who reads it, and is sealed where it is kept', async () => {
    const id = await retiree(liu);
    const audience = { ...everyone, flags: ['dementia', 'livingAlone'] };
    const note = await publish(clerk, lead, COMMUNITY, { title: '上门服务', audience });
    expect(await titlesOf(liu)).not.toContain('上门服务');
    await clerk.put(`/api/care/retirees/${id}/flags`, { flags: ['livingAlone'], version: 0 });
    expect(await titlesOf(liu)).toContain('上门服务');
    const seen = JSON.stringify([(await liu.get(`/api/notices/${note}`)).body, (await liu.get('/api/notices')).body]);
    expect(seen).not.toMatch(/flag|dementia|livingAlone|audience|独居/i);
    const [row] = await sql(`select row_to_json(v)::text as words from notice_revisions v where notice_id = '${note}'`);
    expect(row?.['words']).not.toMatch(/dementia|livingAlone/);
    const named = await write(clerk, COMMUNITY, { title: '独居老人服务', audience });
    expect((await act(clerk, named, 'submit')).body).toMatchObject({
      code: 'notice-unfit',
      faults: [{ field: 'title', why: 'names-flag' }],
    });
  });

  test('that is pinned comes first; one past its day is not listed and says so; pages go on where they ended', async () => {
    await publish(clerk, lead, COMMUNITY, { title: '置顶的', pinned: true });
    const short = await publish(clerk, lead, COMMUNITY, { title: '到月底', inForceUntil: '2026-11-30' });
    stage.at('2026-11-11 09:00');
    for (const at of Array.from({ length: 22 }, (_, n) => n))
      await publish(clerk, lead, COMMUNITY, { title: `第${at}条` });
    const first = (await liu.get('/api/notices')).body;
    expect(first.notices[0].title).toBe('置顶的');
    expect(first.notices[1].title).toBe('第21条');
    const second = (await liu.get(`/api/notices?after=${first.next}`)).body;
    const all = [...first.notices, ...second.notices].map(({ id }) => id);
    expect(new Set(all).size).toBe(all.length);
    expect(second.notices.map((one: { title: string }) => one.title)).toEqual(
      expect.arrayContaining(['第0条', '到月底']),
    );
    stage.at('2026-12-01 10:00');
    const later = (await liu.get(`/api/notices?after=${first.next}`)).body.notices;
    expect(later.map((one: { title: string }) => one.title)).not.toContain('到月底');
    expect((await liu.get(`/api/notices/${short}`)).body.over).toBe(true);
    stage.at('2026-11-11 12:00');
  });
});

describe('a correction', () => {
  test('is approved like the first version, which readers see until then; versions are kept', async () => {
    const id = await publish(clerk, lead, COMMUNITY, { title: '旧的日期' });
    await liu.post(`/api/notices/${id}/read`);
    await act(clerk, id, 'correct');
    const writing = { ...written, title: '新的日期', version: await versionOf(clerk, id) };
    await clerk.put(`/api/staff/notices/${id}`, writing);
    expect((await act(clerk, id, 'submit')).body.faults).toMatchObject([{ field: 'change', why: 'missing' }]);
    await clerk.put(`/api/staff/notices/${id}`, {
      ...writing,
      change: '日期改到 12 月 5 日',
      version: writing.version + 1,
    });
    await act(clerk, id, 'submit');
    expect((await liu.get(`/api/notices/${id}`)).body).toMatchObject({ title: '旧的日期', change: null });
    await act(lead, id, 'approve');
    expect((await liu.get(`/api/notices/${id}`)).body).toMatchObject({
      title: '新的日期',
      change: '日期改到 12 月 5 日',
    });
    const { revisions } = (await clerk.get(`/api/staff/notices/${id}`)).body;
    expect(revisions.map((one: { title: string }) => one.title)).toEqual(['新的日期', '旧的日期']);
    const line = async () =>
      (await liu.get('/api/notices')).body.notices.find((one: { id: string }) => one.id === id).read;
    expect(await line()).toBe(false);
    await liu.post(`/api/notices/${id}/read`);
    expect(await line()).toBe(true);
  });

  test('withdrawn it says so and shows nothing more; it is in no list', async () => {
    const id = await publish(clerk, lead, COMMUNITY, { title: '发错了' });
    expect((await act(lead, id, 'withdraw', { why: '时间不对' })).status).toBe(200);
    expect(await titlesOf(liu)).not.toContain('发错了');
    expect((await liu.get(`/api/notices/${id}`)).body).toMatchObject({
      state: 'withdrawn',
      body: [],
      summary: '',
      withdrawn: { why: '时间不对' },
    });
  });

  test('a draft is dropped; a published notice is not', async () => {
    const id = await write(clerk, COMMUNITY);
    expect((await act(clerk, id, 'drop')).status).toBe(200);
    expect((await clerk.get(`/api/staff/notices/${id}`)).status).toBe(404);
    const there = await publish(clerk, lead, COMMUNITY);
    expect((await act(clerk, there, 'drop')).body.code).toBe('notice-changed');
  });
});

describe('bad input', () => {
  test.each([
    ['notice-backwards', { inForceFrom: '2026-12-02', inForceUntil: '2026-12-01' }],
    ['notice-ages', { audience: { ...everyone, ageFrom: 80, ageTo: 60 } }],
    ['notice-no-picture', { text: '![图](019a0000-0000-7000-8000-000000000000)' }],
    ['bad-request', { inForceFrom: '2026-02-30' }],
    ['bad-request', { category: 'nonsense' }],
    ['bad-request', { title: '长'.repeat(61) }],
  ])('%s', async (code, parts) => {
    const id = await write(clerk, COMMUNITY);
    const saved = await clerk.put(`/api/staff/notices/${id}`, { ...written, ...parts, version: 2 });
    expect(saved.body.code).toBe(code);
  });

  test('nobody of the age, a day that has passed and empty fields stand in the way, each with words', async () => {
    const nobody = await write(clerk, COMMUNITY, { audience: { ...everyone, ageFrom: 119, ageTo: 120 } });
    expect((await act(clerk, nobody, 'submit')).body.code).toBe('notice-nobody');
    const empty = await write(clerk, COMMUNITY, { title: '', summary: '', text: ' \n', inForceUntil: '2026-11-01' });
    const refused = (await act(clerk, empty, 'submit')).body;
    expect(refused.faults.map((one: { field: string }) => one.field)).toEqual(['title', 'summary', 'body', 'until']);
    expect(refused.title).toContain('请写标题');
  });

  test('five megabytes from Word are cleaned and shown; a script in it never survives', async () => {
    const line = `<p class=MsoNormal style='mso-line-height-rule:exactly;line-height:28.0pt'><span lang=EN-US style='font-family:仿宋_GB2312'>${'&nbsp;'.repeat(40)}<o:p></o:p></span></p>\n`;
    const words =
      '<h2>一、时间</h2><p class=MsoListParagraph>·  带身份证<script>alert(1)</script></p><img src=x onerror=alert(1)>';
    const html = words + line.repeat(Math.ceil((5 * 1024 * 1024) / Buffer.byteLength(line)));
    const paste = (body: string) => clerk.call('POST', '/api/staff/notices/paste', new TextEncoder().encode(body));
    expect((await paste(html)).body).toEqual({ text: '# 一、时间\n- 带身份证', left: { pictures: 1, scripts: 1 } });
    expect((await paste('<div>'.repeat(900_000))).status).toBe(413);
    expect((await paste('x'.repeat(7 * 1024 * 1024))).status).toBe(413);
    expect((await paste(`<p>${'字'.repeat(40_000)}</p>`)).body.code).toBe('notice-too-long');
    const script = '<script>alert(1)</script>';
    const id = await publish(clerk, lead, COMMUNITY, { title: `体检${script}`, text: `${script}\n# ${script}` });
    const page = await drawNotice(stage.ctx, id, stage.house.url);
    expect(page?.body).toContain('alert(1)');
    expect(page?.body).not.toContain('<script');
  });

  test('a file is what its bytes say: no program, no page', async () => {
    const id = await write(clerk, COMMUNITY);
    const add = (kind: string, bytes: string) =>
      clerk.call('POST', `/api/staff/notices/${id}/files/${kind}`, new TextEncoder().encode(bytes));
    expect((await add('file', '<html><script>1</script></html>')).body.code).toBe('not-an-attachment');
    expect((await add('picture', '%PDF-1.7')).body.code).toBe('not-a-picture');
    const pdf = await add('file', '%PDF-1.7\n%âãÏÓ\n1 0 obj\n');
    expect(pdf.body).toMatchObject({ kind: 'file' });
    const files = [{ id: pdf.body.id, name: '体检 表.pdf' }];
    await clerk.put(`/api/staff/notices/${id}`, { ...written, files, version: 2 });
    await act(clerk, id, 'submit');
    await act(lead, id, 'approve');
    const served = await fetch(`${stage.house.url}/api/notices/files/${pdf.body.id}`);
    expect(served.headers.get('content-disposition')).toBe(
      `attachment; filename*=UTF-8''${encodeURIComponent('体检 表.pdf')}`,
    );
    expect(served.headers.get('x-content-type-options')).toBe('nosniff');
  });
});
