/** Documents: brought in by staff of the city, looked at first, found from then on; a notice is found by those whom it is for. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { system } from '../../../api/access/actor.ts';
import { importPolicy } from '../../../api/policy/import-file.ts';
import type { Browser } from '../../tools/browser.ts';
import { apply, LIU, OLD_CLERK, RECEIVING_CLERK } from '../../tools/story.ts';
import { openStage, use, type Stage } from '../engine/stage.ts';
import { SAMPLE } from './sample.ts';

const CITY = '13800000041';
let stage: Stage;
let city: Browser;
beforeAll(async () => {
  stage = await openStage('2026-11-02 10:00', 'web');
  city = await stage.person(CITY);
});
afterAll(() => stage.stop());

const found = async (words: string, who: Browser = stage.house.visit()) =>
  (await who.get(`/api/ask?q=${encodeURIComponent(words)}`)).body.hits.map(({ ref }: { ref: string }) => ref);
const preview = async (text: string) => (await city.post('/api/staff/policy/preview', { text })).body;
const withoutNotes = ({ mended: _m, doubts: _d, replaces: _r, besides: _b, ...document }: Record<string, unknown>) =>
  document;

describe('before anybody brings the regulation in', () => {
  test('its articles are there in plain words, with what can be applied for, and their text is not', async () => {
    const { body } = await stage.house.visit().get(`/api/policy/articles/${encodeURIComponent('第五条')}`);
    expect(body).toMatchObject({ label: '第五条', text: '', document: { holds: 'now', hasText: false } });
    expect(body.plain).toContain('新社区');
    expect(body.services.map(({ kind }: { kind: string }) => kind)).toContain('relocation');
  });

  test('what every service names as its basis has an article to lead to', async () => {
    const guest = stage.house.visit();
    const services = (await guest.get('/api/services')).body as { kind: string }[];
    for (const { kind } of services) {
      for (const article of (await guest.get(`/api/services/${kind}`)).body.basis) {
        const { status } = await guest.get(`/api/policy/articles/${encodeURIComponent(article)}`);
        expect([kind, article, status]).toEqual([kind, article, 200]);
      }
    }
  });

  test('an article says where it goes on: to its items, and to the next', async () => {
    const { body } = await stage.house.visit().get(`/api/policy/articles/${encodeURIComponent('第十九条')}`);
    expect(body.items).toHaveLength(5);
    expect([body.before, body.after]).toEqual(['第十八条', '第十九条（一）']);
  });
});

describe('a document', () => {
  test('is shown before it is kept, with what was mended; nothing is found yet', async () => {
    expect(await preview(SAMPLE)).toMatchObject({
      number: '长邻社规〔2025〕3号',
      mended: [{ label: '第一条' }],
      replaces: null,
    });
    expect(await found('轮椅借几天')).toEqual([]);
  });

  test('is found once it is kept, and its article read', async () => {
    const { id } = (await city.post('/api/staff/policy', withoutNotes(await preview(SAMPLE)))).body;
    expect((await found('轮椅借几天'))[0]).toBe('第二条（一）');
    const read = await stage.house
      .visit()
      .get(`/api/policy/articles/${encodeURIComponent('第二条（一）')}?document=${id}`);
    expect(read.body).toMatchObject({ text: '轮椅，借用不超过七天；', services: [] });
    const listed = (await stage.house.visit().get('/api/policy')).body as { id: string; holds: string }[];
    expect(listed.find((one) => one.id === id)).toMatchObject({ holds: 'now', hasText: true });
    const whole = (await stage.house.visit().get(`/api/policy/${id}`)).body;
    expect(whole.parts).toHaveLength(8);
  });

  test('can be explained in plain words, by which it is found too; brought in again, it keeps them', async () => {
    const { replaces } = await preview(SAMPLE);
    await city.call('PUT', `/api/staff/policy/${replaces.id}/plain`, {
      label: '第三条',
      plain: '这个办法管三年，过了再看。',
    });
    const again = { ...withoutNotes(await preview(SAMPLE)), title: '邻里互助点管理办法（修订）' };
    expect((await city.post('/api/staff/policy', again)).body.id).toBe(replaces.id);
    const { body } = await stage.house
      .visit()
      .get(`/api/policy/articles/${encodeURIComponent('第三条')}?document=${replaces.id}`);
    expect(body).toMatchObject({
      plain: '这个办法管三年，过了再看。',
      document: { title: '邻里互助点管理办法（修订）' },
    });
  });

  test('a second one of the same title in force at the same time is warned of', async () => {
    const second = SAMPLE.replace('〔2025〕3号', '〔2026〕1号').replace('2025年4月1日', '2026年4月1日');
    expect((await preview(second)).besides).toEqual([]);
    await city.post('/api/staff/policy', withoutNotes(await preview(SAMPLE)));
    expect((await preview(second)).besides).toMatchObject([{ number: '长邻社规〔2025〕3号' }]);
  });

  test('past its date it says so wherever it is found', async () => {
    stage.at('2028-06-01 10:00');
    const { hits } = (await stage.house.visit().get(`/api/ask?q=${encodeURIComponent('轮椅借几天')}`)).body;
    expect(hits[0]).toMatchObject({ ref: '第二条（一）', over: true });
    stage.at('2026-11-02 10:00');
  });

  test.each([
    ['without articles', { text: '大家好，明天开会。' }, 'policy-no-articles'],
    ['of a script', { text: '<script>alert(1)</script>' }, 'policy-no-articles'],
  ])('%s is refused', async (_, body, code) => {
    expect((await city.post('/api/staff/policy/preview', body)).body.code).toBe(code);
  });

  test('with its days the wrong way round, or a part twice, is refused', async () => {
    const fine = withoutNotes(await preview(SAMPLE)) as { parts: unknown[] };
    const backwards = { ...fine, inForceFrom: '2026-01-02', inForceUntil: '2026-01-01' };
    expect((await city.post('/api/staff/policy', backwards)).body.code).toBe('policy-backwards');
    const twice = { ...fine, parts: [...fine.parts, fine.parts[1]] };
    expect((await city.post('/api/staff/policy', twice)).body.code).toBe('policy-label-twice');
  });

  test('a script in its text stays words', async () => {
    const text = SAMPLE.replace('推车，', '推车<script>alert(1)</script>，');
    expect((await preview(text)).parts[5].text).toContain('<script>');
  });

  test('is for staff of the city alone to bring in', async () => {
    const clerk = await stage.person(RECEIVING_CLERK);
    expect((await clerk.post('/api/staff/policy/preview', { text: SAMPLE })).status).toBe(403);
  });
});

test('the command line reads a file of Windows, says what it found, and writes nothing when it only looks', async () => {
  const lines: string[] = [];
  const print = (line: string) => void lines.push(line);
  const file = { bytes: Buffer.from(SAMPLE.replace('3号', '9号')), locale: 'zh-CN' as const, print };
  const ctx = { ...stage.ctx, actor: system };
  expect(await importPolicy(ctx, { ...file, dryRun: true })).toBe(true);
  expect(lines.join('\n')).toContain('2 章，3 条，1 个附件');
  const numbers = async () =>
    (await stage.house.connection.sql`select number from documents`).map((row) => row['number']);
  expect(await numbers()).not.toContain('长邻社规〔2025〕9号');
  expect(await importPolicy(ctx, { ...file, dryRun: false })).toBe(true);
  expect(await numbers()).toContain('长邻社规〔2025〕9号');
  expect(await importPolicy(ctx, { ...file, bytes: Buffer.from('没有条文'), dryRun: false })).toBe(false);
});

describe('a consultation', () => {
  let number: string;
  test('is asked of the community, and answered there', async () => {
    const liu = await stage.person(LIU);
    number = await apply(liu, 'consultation', { question: '老年大学在哪里报名？' });
    const clerk = await stage.staff('430102001001', 'clerk');
    const answered = await use(clerk, number, 'approve', { answer: '到区老年大学，带身份证，九月开始报名。' });
    expect(answered.status).toBe(200);
    const { timeline } = (await liu.get(`/api/cases/${number}`)).body;
    expect(JSON.stringify(timeline)).toContain('九月开始报名');
  });

  test('its answer is published once, without whoever asked, and found by the people of the unit alone', async () => {
    const clerk = await stage.staff('430102001001', 'clerk');
    expect((await clerk.get('/api/staff/answers?unit=430102001001')).body.open).toMatchObject([{ number }]);
    const written = (await clerk.get(`/api/staff/answers/${number}`)).body;
    expect(written).toEqual({ question: '老年大学在哪里报名？', answer: '到区老年大学，带身份证，九月开始报名。' });
    const { id } = (await clerk.post('/api/staff/answers', { number, ...written })).body;
    expect((await clerk.post('/api/staff/answers', { number, ...written })).body.code).toBe('policy-not-to-publish');
    expect((await found('老年大学怎么报名', await stage.person(LIU)))[0]).toBe(id);
    expect(await found('老年大学怎么报名')).not.toContain(id);
    await clerk.post(`/api/staff/answers/${id}/withdraw`);
    expect(await found('老年大学怎么报名', await stage.person(LIU))).not.toContain(id);
  });
});

test('a notice is found by the people of its unit, with the sentence that answers; withdrawn, it is found no longer', async () => {
  const liu = await stage.person(LIU);
  const [row] = await stage.house.connection.sql`
    select n.id from notices n join notice_revisions r on r.notice_id = n.id and r.n = n.current where r.title like '%量血压%'`;
  const id = row?.['id'] as string;
  const { hits } = (await liu.get(`/api/ask?q=${encodeURIComponent('哪天可以量血压')}`)).body;
  expect(hits[0]).toMatchObject({ kind: 'notice', ref: id });
  expect(hits[0].sentence).toContain('周三');
  expect(await found('哪天可以量血压')).not.toContain(id);
  const clerk = await stage.person(OLD_CLERK);
  const { version } = (await clerk.get(`/api/staff/notices/${id}`)).body;
  expect((await clerk.post(`/api/staff/notices/${id}/withdraw`, { version, why: '改期' })).status).toBe(200);
  expect(await found('哪天可以量血压', liu)).not.toContain(id);
});
