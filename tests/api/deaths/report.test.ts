/** A death is reported, verified and followed up, through the API with a clock that is moved. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apply, DAUGHTER, LIU, newHome, OLD_CLERK } from '../../tools/story.ts';
import type { Browser } from '../../tools/browser.ts';
import { budget, pay } from '../care/fund.ts';
import { use, type Stage } from '../engine/stage.ts';
import type { PlainDate } from '../../../api/dates.ts';
import { idNumberOf } from '../../../db/seed/demo/numbers.ts';
import { cityAgencyId } from '../../../db/seed/divisions.ts';
import { approve, enterBase, HOME, liu, openStory, recordOf, reportOf, STREET } from './stories.ts';

let stage: Stage;
let clerk: Browser;
beforeAll(async () => {
  stage = await openStory('2026-11-23 10:00');
  clerk = await stage.person(OLD_CLERK);
  await budget(await stage.staff(STREET, 'lead'), STREET, { bereavement: 400 });
});
afterAll(() => stage.stop());

const rows = (query: string) => stage.house.connection.sql.unsafe(query);
const messagesOf = (number: string) =>
  rows(`select m.template, m.form, m.state, m.next_try_at, m.account_id from messages m join cases k on k.id = m.case_id
         where k.number = '${number}' order by m.created_at, m.id`);
const accountOf = async (who: Browser) => {
  const { name } = (await who.get('/api/me')).body;
  const [row] = await rows(`select id from accounts where name = '${name}'`);
  return row?.['id'] as string;
};

describe('a daughter nobody knows reports at night', () => {
  let daughter: Browser;
  let number: string;
  let before: unknown;
  let moving: string;

  beforeAll(async () => {
    await enterBase(stage);
    const mother = await stage.person(LIU);
    moving = await apply(mother, 'relocation', {
      to: 'city',
      home: newHome,
      since: '2026-11-01',
      reason: 'other',
      proof: null,
      handOver: true,
    });
    before = await recordOf(stage, liu);
    stage.at('2026-11-23 23:00');
    daughter = await stage.person('13955550001');
    number = await apply(daughter, 'death-report', reportOf(liu));
  });

  test('nothing about the retiree has changed, and it waits at the community in whose care she is', async () => {
    expect(await recordOf(stage, liu)).toEqual(before);
    const card = (await clerk.get(`/api/cases/${number}`)).body;
    expect(card).toMatchObject({ subject: { name: '刘淑兰' }, unit: { id: HOME }, tone: 'bereavement' });
    expect(card.state).not.toContain('逝');
    // She proved in March that she lives, and used her own account this very day: whoever verifies it is shown so.
    expect(card.before).toContainEqual(expect.objectContaining({ key: 'certified', shown: '2026年3月2日' }));
    expect(card.before).toContainEqual(expect.objectContaining({ key: 'seen', shown: '2026年11月23日' }));
  });

  test('the reporter reads nothing that the registry knows: neither the community nor whether there is such a person', async () => {
    const seen = (await daughter.get(`/api/cases/${number}`)).body;
    expect(seen).toMatchObject({ subject: null, unit: { id: cityAgencyId }, state: '正在核实' });
    expect(JSON.stringify(seen)).not.toContain('识字里');
    const unknown = reportOf(liu, {
      who: { name: '无此人', idNumber: idNumberOf('430102', '1949-12-01' as PlainDate, 'female', 93) },
    });
    const nobody = await apply(await stage.person('13955550009'), 'death-report', unknown);
    const other = (await (await stage.person('13955550009')).get(`/api/cases/${nobody}`)).body;
    const shape = ({ subject, unit, state, status, next, verbs, timeline }: Record<string, unknown>) => ({
      subject,
      unit,
      state,
      status,
      next,
      verbs,
      events: (timeline as unknown[]).length,
    });
    expect(shape(other)).toEqual(shape(seen));
    const [line] = (await daughter.get('/api/cases')).body.cases;
    expect(line).toMatchObject({ number, subject: null, unit: { id: cityAgencyId } });
  });

  test('her own account is asked to verify something, at eight in the morning, without a word of death', async () => {
    const mother = await stage.person(LIU);
    const asked = (await messagesOf(number)).filter((one) => one['template'] === 'report.verify');
    expect(asked).toHaveLength(1);
    expect(new Date(String(asked[0]?.['next_try_at']))).toEqual(new Date('2026-11-24T08:00:00+08:00'));
    expect(asked[0]?.['account_id']).toBe(await accountOf(mother));
    const seen = (await mother.get(`/api/cases/${number}`)).body;
    expect(seen).toMatchObject({ asked: true, answers: [], timeline: [], applicant: null, basis: [] });
    expect(seen.verbs).toEqual([{ verb: 'object', label: '不属实', own: true, questions: [] }]);
    expect(JSON.stringify([seen, (await mother.get('/api/cases')).body])).not.toMatch(/death|离世|去世|逝|亡故/);
  });

  test('a linked relative who did not report it sees and hears nothing', async () => {
    const relative = await stage.person(DAUGHTER);
    expect((await relative.get(`/api/cases/${number}`)).status).toBe(404);
    const listed = (await relative.get('/api/cases')).body.cases;
    expect(listed.map((one: { number: string }) => one.number)).not.toContain(number);
    const told = await messagesOf(number);
    expect(told.map((one) => one['account_id'])).not.toContain(await accountOf(relative));
  });

  test('nothing at all goes out before eight', async () => {
    for (const message of await messagesOf(number)) {
      const due = new Date(String(message['next_try_at']));
      expect(message['state'] === 'kept' || due >= new Date('2026-11-24T08:00:00+08:00')).toBe(true);
    }
  });

  test('a certificate follows later, into the open case', async () => {
    const draft = (await daughter.post(`/api/cases/${number}/drafts`, { verb: 'add' })).body;
    expect(draft.answers.map((one: { key: string }) => one.key)).toEqual(['certificate']);
    const picture = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );
    const { id } = (await daughter.call('POST', `/api/drafts/${draft.id}/files/certificate`, picture)).body;
    const { revision } = (
      await daughter.put(`/api/drafts/${draft.id}/answers`, { answers: { certificate: { value: [id] } } })
    ).body;
    expect((await daughter.post(`/api/drafts/${draft.id}/submit`, { checked: revision })).status).toBe(200);
    const card = (await clerk.get(`/api/cases/${number}`)).body;
    expect(card.files).toMatchObject([{ id }]);
    expect(card.timeline.at(-1)).toMatchObject({ verb: 'add' });
    expect((await clerk.call('GET', `/api/files/${id}`)).status).toBe(200);
    expect((await (await stage.person(DAUGHTER)).call('GET', `/api/files/${id}`)).status).toBe(404);
  });

  test('the clerk verifies it in the morning: she is deceased, what she had under way ends, the family goes on', async () => {
    stage.at('2026-11-24 09:00');
    expect((await approve(clerk, number)).body.status).toBe('approved');
    const after = (await recordOf(stage, liu)) as { died: unknown; cases: { status: string }[]; links: unknown[] };
    expect(after.died).not.toBeNull();
    expect(
      await rows(
        `select 1 from care c join retirees r on r.id = c.retiree_id where r.name = '刘淑兰' and c.until is null`,
      ),
    ).toHaveLength(0);
    expect(after.cases.map(({ status }) => status)).toEqual(['withdrawn']);
    const mother = await stage.person(LIU);
    expect((await mother.get('/api/me')).body.people).toEqual([]);
    expect((await mother.get(`/api/cases/${moving}`)).status).toBe(404);
    expect((await mother.get(`/api/cases/${number}`)).status).toBe(404);

    const children = await rows(
      `select kind, unit_id, status from cases where parent_id = (select id from cases where number = '${number}') order by kind`,
    );
    expect(children.map((one) => [one['kind'], one['unit_id']])).toEqual([
      ['bereavement', HOME],
      ['stop-pension', cityAgencyId],
      ['survivor-benefits', HOME],
    ]);
    // Who is to be visited is known from the report.
    const [visit] = await rows(`select number from cases where kind = 'bereavement'`);
    const shown = (await clerk.get(`/api/cases/${visit?.['number']}`)).body.answers;
    expect(shown.map((one: { shown: string }) => one.shown)).toEqual(['刘小燕', '139****0001']);
    const agency = await stage.staff(cityAgencyId, 'clerk');
    const [stop] = await rows(`select number from cases where kind = 'stop-pension'`);
    const task = (await agency.get(`/api/cases/${stop?.['number']}`)).body;
    expect(task.answers.map((one: { shown: string }) => one.shown)).toEqual(['2026年11月20日', '2026年12月1日']);
  });

  test('the mother hears nothing of it, however it is counted: what still waited for her is taken back', async () => {
    const asked = (await messagesOf(number)).filter((one) => one['template'] === 'report.verify');
    expect(asked.map((one) => one['state'])).toEqual(['replaced']);
    const queued = await rows(
      `select 1 from messages m join retirees r on r.id = m.retiree_id where r.name = '刘淑兰' and m.state = 'queued'`,
    );
    expect(queued).toHaveLength(0);
  });

  test('reporter and relatives are told, as of the deceased, and the reporter may finish the benefits', async () => {
    const told = await rows(
      `select template, account_id from messages where template in ('report.approved', 'report.family') order by template`,
    );
    expect(told.map((one) => one['template'])).toEqual(['report.approved', 'report.family']);
    expect(told[1]?.['account_id']).toBe(await accountOf(await stage.person(DAUGHTER)));
    const seen = (await daughter.get(`/api/cases/${number}`)).body;
    expect(seen).toMatchObject({ subject: { name: '逝者刘淑兰' }, unit: { id: HOME } });
    expect(seen.followUps.map((one: { title: string }) => one.title)).toEqual(
      expect.arrayContaining(['养老金停发', '遗属待遇']),
    );
    expect(seen.verbs.map((one: { verb: string }) => one.verb)).not.toContain('rate');
  });

  test('she follows the benefits with the estimate, adds the years, signs for all, and the agency decides', async () => {
    const [found] = await rows(`select number from cases where kind = 'survivor-benefits'`);
    const benefits = String(found?.['number']);
    const seen = (await daughter.get(`/api/cases/${benefits}`)).body;
    // What was said in the report is not asked again.
    const said = Object.fromEntries(seen.answers.map((one: { key: string; shown: string }) => [one.key, one.shown]));
    expect(said).toMatchObject({ claimant: '刘小燕', relation: '子女', phone: '139****0001', years: '不知道' });
    const path = `/api/benefits/estimate/${benefits}`;
    const range = (await daughter.get(path)).body;
    // Retired 1998-03, died 2026-11: so long that only the least is left, whatever the years.
    expect(range).toMatchObject({ is: 'estimate', year: 2025, monthFen: 440_000, funeralFen: 880_000 });
    expect(range.low).toEqual({ twelfths: 108, fen: 3_960_000 });
    expect(range.high).toEqual(range.low);
    expect((await use(daughter, benefits, 'add', { years: '25', claimant: '刘小燕' })).status).toBe(200);
    const again = (await daughter.get(`/api/cases/${benefits}`)).body;
    expect(again.answers.find((one: { key: string }) => one.key === 'years').shown).toBe('25');
    expect((await daughter.get(path)).body).toMatchObject({ contributedMonths: 300 });
    // By accident at work another insurance pays: nothing is estimated.
    await use(daughter, benefits, 'add', { atWork: true });
    expect((await daughter.get(path)).body).toMatchObject({ is: 'none', why: 'at-work' });
    await use(daughter, benefits, 'add', { atWork: false });
    const timeline = (await daughter.get(`/api/cases/${benefits}`)).body.timeline;
    // What was added says only what is different.
    expect(timeline.at(-1).said).toEqual([{ question: '是因工吗？', shown: '不是' }]);

    expect((await use(daughter, benefits, 'approve', { forAll: true })).body.status).toBe('open');
    const agency = await stage.staff(cityAgencyId, 'clerk');
    const relative = await stage.person(DAUGHTER);
    expect((await use(relative, benefits, 'object')).status).toBe(200);
    expect((await agency.get(`/api/cases/${benefits}`)).body.state).toContain('意见不一');
    expect((await use(agency, benefits, 'approve', { note: '都同意由刘小燕领' })).status).toBe(200);
    expect((await use(daughter, benefits, 'approve', { forAll: true })).status).toBe(200);
    const lacking = await use(agency, benefits, 'return', { missing: ['death-paper'], words: null });
    expect(lacking.body.status).toBe('open');
    const [notice] = (await daughter.get('/api/messages')).body;
    expect(notice.text).toContain('还差逝者的证明');
    expect(notice.text).toContain('逝者刘淑兰');
    await use(daughter, benefits, 'approve', { forAll: true });
    expect((await use(agency, benefits, 'approve')).body.status).toBe('approved');
    // Nobody else reads the estimate.
    expect((await (await stage.person('13955550009')).get(path)).status).toBe(404);
  });

  test('whatever else there is, nothing more is applied for in her name', async () => {
    const relative = await stage.person(DAUGHTER);
    const [mother] = (await relative.get('/api/me')).body.people;
    expect(mother).toMatchObject({ name: '逝者刘淑兰', alive: false });
    const refused = await relative.post('/api/drafts', { kind: 'relocation', subjectId: mother.id });
    expect(refused.body).toMatchObject({ code: 'cannot-open', reason: 'deceased' });
    const again = await relative.post('/api/drafts', { kind: 'death-report', subjectId: mother.id });
    expect(again.body).toMatchObject({ code: 'cannot-open', reason: 'already' });
    const late = await apply(
      await stage.person('13955550008'),
      'death-report',
      reportOf(liu, { phone: '13955550008' }),
    );
    expect((await approve(clerk, late)).body.code).toBe('already-deceased');
    expect((await use(clerk, late, 'reject', { reason: 'already', words: null })).body.status).toBe('rejected');
    expect(await rows('select 1 from false_reports')).toHaveLength(0);
  });

  test('undone by a lead, everything that had stopped goes on', async () => {
    // The visit was paid and the benefits decided: each is for its own office to get back.
    const [visit] = await rows(`select number from cases where kind = 'bereavement'`);
    const given = String(visit?.['number']);
    expect((await use(clerk, given, 'approve', { amount: '400' })).body.status).toBe('open');
    const toHer = { paidOn: '2026-11-24', receiver: 'child', receiverName: '刘小燕', second: '王芳' };
    expect((await pay(clerk, given, toHer)).body.status).toBe('approved');
    const lead = await stage.staff(HOME, 'lead');
    expect((await use(clerk, number, 'undo', { words: '弄错了人' })).status).toBe(403);
    expect((await use(lead, number, 'undo', { words: '弄错了人' })).body.status).toBe('undone');
    const strip = (record: unknown) =>
      JSON.parse(JSON.stringify(record, (key, value: unknown) => (key === 'due_at' ? undefined : value)));
    expect(strip(await recordOf(stage, liu))).toEqual(strip(before));
    const mother = await stage.person(LIU);
    // Who is signed in is known anew when the database has said so.
    await expect
      .poll(async () => (await mother.get('/api/me')).body.people)
      .toMatchObject([{ name: '刘淑兰', alive: true }]);
    expect((await mother.get(`/api/cases/${moving}`)).body).toMatchObject({ status: 'open', overdue: false });
    expect((await mother.get(`/api/cases/${number}`)).status).toBe(404);
    const children = await rows(
      `select kind, status from cases where parent_id = (select id from cases where number = '${number}') order by kind, status`,
    );
    expect(children.map((one) => `${one['kind']} ${one['status']}`)).toEqual([
      'bereavement approved',
      'recovery open',
      'resume-pension open',
      'stop-pension withdrawn',
      'survivor-benefits approved',
    ]);
    const templates = (await rows(`select template from messages where template like 'report.%'`)).map(
      (one) => one['template'],
    );
    expect(templates).toEqual(expect.arrayContaining(['report.undone', 'report.mistaken', 'report.restored']));
    expect((await daughter.get('/api/me')).body.people).toEqual([]);
    const [heads] = await rows(`select count(*)::int as n from case_events where verb in ('end', 'revive')`);
    expect(heads?.['n']).toBe(2);
  });
});
