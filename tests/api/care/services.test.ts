/** The four services of care payments, from the application to the payment, and back again when it was a mistake. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { system } from '../../../api/access/actor.ts';
import { sweepTimers } from '../../../api/engine/cases/timers.ts';
import { openCase } from '../../../api/engine/effects/open-case.ts';
import { agencyOf } from '../../../db/seed/divisions.ts';
import { apply, DAUGHTER, LIU, OLD_CLERK } from '../../tools/story.ts';
import { openStage, saying, use, type Stage } from '../engine/stage.ts';
import { budget, COMMUNITY, lineOf, pay, STREET } from './fund.ts';
import { disagreements } from '../../tools/ledger.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage('2026-09-21 10:00');
  await budget(await stage.staff(STREET, 'lead'), STREET, { hardship: 2000, bereavement: 500 });
  await budget(await stage.staff(COMMUNITY, 'lead'), COMMUNITY, { hospital: 400 });
});
afterAll(() => stage.stop());

const failing = (error: unknown) => {
  throw error;
};
const sql = (query: string) => stage.house.connection.sql.unsafe(query);
const line = (unit: string, kind: string) => lineOf(stage.house, unit, kind);

const toHerself = { paidOn: '2026-09-21', receiver: 'self', second: '王芳' };

describe('hardship', () => {
  const claim = {
    situation: 'noFamily',
    cause: 'graveIllness',
    difficult: true,
    what: '住院花了很多钱',
    phone: LIU,
    papers: null,
  };
  const found = { visited: '2026-09-21', special: true, caused: true, poor: true, finding: '独自一人，刚做完手术' };

  test('needs all three: a claim that lacks one is told which, and cannot be sent', async () => {
    const liu = await stage.person(LIU);
    for (const [change, reason] of [
      [{ situation: 'none' }, 'not-special'],
      [{ cause: 'none' }, 'no-cause'],
      [{ difficult: false }, 'not-difficult'],
    ] as const) {
      const started = await liu.post('/api/drafts', { kind: 'hardship', answers: saying({ ...claim, ...change }) });
      const { id, revision } = started.body.draft;
      const refused = await liu.post(`/api/drafts/${id}/submit`, { checked: revision });
      expect(refused.body).toMatchObject({ code: 'cannot-open', reason });
      await liu.delete(`/api/drafts/${id}`);
    }
  });

  test('goes community, street, notice, objection, notice, payment, filing; the money follows every turn', async () => {
    const liu = await stage.person(LIU);
    const number = await apply(liu, 'hardship', claim);
    const community = await stage.person(OLD_CLERK);
    const lead = await stage.staff(STREET, 'lead');

    // The community confirms each of the three.
    const half = await use(community, number, 'approve', { ...found, poor: false });
    expect(half.body).toMatchObject({ code: 'bad-answer', question: 'poor' });
    expect((await use(community, number, 'approve', found)).status).toBe(200);
    expect((await use(lead, number, 'approve', { amount: '1000.01' })).body.complaint).toBe('too-much');
    expect((await use(lead, number, 'approve', { amount: '1000' })).status).toBe(200);
    expect(await line(STREET, 'hardship')).toEqual({ total: 2000, reserved: 1000, spent: 0 });

    // What everybody reads: name in part, community, sum, 「生活困难」, days, phone; nothing else.
    const stranger = stage.house.visit();
    const notice = (await stranger.get(`/api/public-notices/${number}`)).body;
    expect(notice).toMatchObject({
      name: '刘＊兰',
      community: '识字里社区',
      since: '2026-09-21',
      until: '2026-09-29',
      facts: [
        { label: '拟补助金额', value: '1000 元' },
        { label: '原因', value: '生活困难' },
      ],
    });
    expect(notice.unit.phone).toMatch(/^0731-/);
    expect(JSON.stringify(notice)).not.toMatch(/孤寡|疾病|手术|住院|刘淑兰|纺织厂/);

    // Anybody objects; the street has it again; the family sees neither who nor what.
    const said = await stranger.post(`/api/cases/${number}/object`, { answers: saying({ why: '他家有房出租' }) });
    expect(said.status).toBe(200);
    expect(await line(STREET, 'hardship')).toEqual({ total: 2000, reserved: 0, spent: 0 });
    const seen = (await liu.get(`/api/cases/${number}`)).body;
    expect(JSON.stringify(seen)).not.toContain('有房出租');
    expect(seen.timeline.at(-1)).toMatchObject({ verb: 'object', who: null, said: [] });
    expect((await lead.get(`/api/cases/${number}`)).body.timeline.at(-1).said).toMatchObject([
      { shown: '他家有房出租' },
    ]);

    expect((await use(lead, number, 'approve', { amount: '800' })).status).toBe(200);
    stage.at('2026-09-30 00:01');
    expect(await sweepTimers(stage.ctx, failing)).toBe(1);
    expect((await stranger.get(`/api/public-notices/${number}`)).status).toBe(404);

    // Paid by two, with what was signed and the notice as it hung there.
    const payer = await stage.staff(STREET, 'clerk');
    const late = await pay(payer, number, { ...toHerself, paidOn: '2026-10-01' }, ['receipt', 'posted']);
    expect(late.body).toMatchObject({ code: 'bad-answer', complaint: 'in-the-future' });
    const paid = await pay(payer, number, { ...toHerself, paidOn: '2026-09-30' }, ['receipt', 'posted']);
    expect(paid.status, `refused: ${JSON.stringify(paid.body)}`).toBe(200);
    expect(await line(STREET, 'hardship')).toEqual({ total: 2000, reserved: 0, spent: 800 });
    // What is paid cannot be withdrawn.
    expect((await use(liu, number, 'withdraw')).body.code).toBe('later-facts');

    // The district's agency acknowledges; it cannot reject.
    const agency = await stage.staff(agencyOf('430102'), 'clerk');
    const verbs = (await agency.get(`/api/cases/${number}`)).body.verbs.map((one: { verb: string }) => one.verb);
    expect(verbs).toContain('approve');
    expect(verbs).not.toContain('reject');
    expect((await use(agency, number, 'approve')).body.status).toBe('approved');
  });

  test('shows an earlier grant to those who decide, and to nobody else', async () => {
    const liu = await stage.person(LIU);
    const { id } = (await liu.get('/api/me')).body.people[0];
    const given = await (await stage.staff(STREET, 'lead')).get(`/api/care/retirees/${id}/given`);
    expect(given.body).toMatchObject([{ kind: 'hardship', fen: 80_000, state: 'paid', unit: '文艺路街道' }]);
    expect((await liu.get(`/api/care/retirees/${id}/given`)).status).toBe(404);
    const elsewhere = await stage.staff('430111001001', 'lead');
    expect((await elsewhere.get(`/api/care/retirees/${id}/given`)).status).toBe(404);
  });

  test('undone by a lead, it opens the task of recovering what was paid, and the ledger keeps both entries', async () => {
    const [row] = await sql(`select number from cases where kind = 'hardship' and status = 'approved'`);
    const lead = await stage.staff(agencyOf('430102'), 'lead');
    expect((await use(lead, row?.['number'] as string, 'undo', { words: '不符合条件' })).body.status).toBe('undone');
    expect(await line(STREET, 'hardship')).toEqual({ total: 2000, reserved: 0, spent: 800 });
    const [task] = await sql(`select number, unit_id from cases where kind = 'recovery' and status = 'open'`);
    expect(task?.['unit_id']).toBe(STREET);
    const back = { backOn: '2026-09-30', how: '退回现金' };
    const done = await use(await stage.staff(STREET, 'clerk'), task?.['number'] as string, 'approve', back);
    expect(done.body.status).toBe('approved');
    expect(await line(STREET, 'hardship')).toEqual({ total: 2000, reserved: 0, spent: 0 });
    const entries = await sql(`select entry from care_payments where kind = 'hardship' order by id`);
    expect(entries.map((one) => one['entry'])).toEqual(['reserve', 'release', 'reserve', 'pay', 'reverse']);
  });
});

describe('hospital', () => {
  const ask = { since: '2026-09-28', hospital: '长沙市第一医院', phone: DAUGHTER, papers: null };
  const decided = { visited: '2026-09-30', grave: true, form: 'both', money: '150', goods: '100' };

  test('is applied for by a daughter, visited, and paid in money and goods out of the community’s budget', async () => {
    const daughter = await stage.person(DAUGHTER);
    const { people } = (await daughter.get('/api/me')).body;
    const number = await apply(daughter, 'hospital', ask, people[0].id);
    const clerk = await stage.person(OLD_CLERK);
    expect((await use(clerk, number, 'approve', decided)).status).toBe(200);
    expect(await line(COMMUNITY, 'hospital')).toEqual({ total: 400, reserved: 250, spent: 0 });
    const paid = await pay(clerk, number, {
      paidOn: '2026-09-30',
      receiver: 'child',
      receiverName: '周敏',
      second: '王芳',
    });
    expect(paid.body.status).toBe('approved');
    expect(await line(COMMUNITY, 'hospital')).toEqual({ total: 400, reserved: 0, spent: 250 });
    const ledger = (await clerk.get(`/api/care/ledger?unit=${COMMUNITY}&year=2026&month=9`)).body;
    expect(ledger.rows).toMatchObject([
      { name: '刘淑兰', form: 'money', fen: 15_000, receiver: '周敏', relation: 'child', handlers: ['李娟', '王芳'] },
      { name: '刘淑兰', form: 'goods', fen: 10_000 },
    ]);
  });

  test('over the year’s ceiling is refused with the figures; less is taken; a withdrawal gives it back', async () => {
    const daughter = await stage.person(DAUGHTER);
    const { people } = (await daughter.get('/api/me')).body;
    const number = await apply(daughter, 'hospital', ask, people[0].id);
    const clerk = await stage.person(OLD_CLERK);
    const { goods: _, ...money } = { ...decided, form: 'money' };
    const refused = await use(clerk, number, 'approve', { ...money, money: '50.01' });
    expect(refused.body).toMatchObject({ code: 'over-ceiling' });
    expect(refused.body.detail).toContain('最高 200 元，已经给了 150 元，还可以给 50 元');
    const taken = await use(clerk, number, 'approve', { ...money, money: '50' });
    expect(taken.status, `refused: ${JSON.stringify(taken.body)}`).toBe(200);
    expect(await line(COMMUNITY, 'hospital')).toEqual({ total: 400, reserved: 50, spent: 250 });
    expect((await use(daughter, number, 'withdraw')).body.status).toBe('withdrawn');
    expect(await line(COMMUNITY, 'hospital')).toEqual({ total: 400, reserved: 0, spent: 250 });
  });

  test('a community without a budget of its own uses its street’s; with none at all it is refused, and told what to do', async () => {
    const [row] = await sql(`select r.id from retirees r join care c on c.retiree_id = r.id and c.until is null
      where c.unit_id = '430102001002' and died_on is null limit 1`);
    const clerk = await stage.staff('430102001002', 'clerk');
    const number = await apply(clerk, 'hospital', ask, row?.['id'] as string);
    const refused = await use(clerk, number, 'approve', decided);
    expect(refused.body).toMatchObject({ code: 'no-budget' });
    await budget(await stage.staff(STREET, 'lead'), STREET, { hospital: 1000 });
    expect((await use(clerk, number, 'approve', decided)).status).toBe(200);
    expect(await line(STREET, 'hospital')).toEqual({ total: 1000, reserved: 250, spent: 0 });
    expect((await use(clerk, number, 'reject', { reason: 'not-in-hospital', words: null })).body.status).toBe(
      'rejected',
    );
    expect(await line(STREET, 'hospital')).toEqual({ total: 1000, reserved: 0, spent: 0 });
  });
});

describe('bereavement', () => {
  test('is for the family of somebody who died; the counter opens it, the street’s budget pays', async () => {
    const clerk = await stage.staff('430102001003', 'clerk');
    const [row] = await sql(`select r.id from retirees r join care c on c.retiree_id = r.id and c.until is null
      where c.unit_id = '430102001003' and died_on is null limit 1`);
    const id = row?.['id'] as string;
    const early = await clerk.post('/api/drafts', { kind: 'bereavement', subjectId: id });
    expect(early.body).toMatchObject({ code: 'cannot-open', reason: 'still-alive' });
    await sql(`update retirees set died_on = '2026-09-20' where id = '${id}'`);
    const number = await apply(clerk, 'bereavement', { contact: '长子', phone: '13955550003' }, id);
    expect((await use(clerk, number, 'approve', { amount: '400.01' })).body.complaint).toBe('too-much');
    expect((await use(clerk, number, 'approve', { amount: '400' })).status).toBe(200);
    const paid = await pay(clerk, number, {
      paidOn: '2026-09-30',
      receiver: 'child',
      receiverName: '某人',
      second: '王芳',
    });
    expect(paid.body.status).toBe('approved');
    expect(await line(STREET, 'bereavement')).toEqual({ total: 500, reserved: 0, spent: 400 });
    // Once a person: another case for the same death cannot pay again.
    const again = await apply(clerk, 'bereavement', { contact: '次子', phone: '13955550003' }, id);
    expect((await use(clerk, again, 'approve', { amount: '1' })).body.code).toBe('given-already');
  });

  test('is opened by a death’s effect without being asked for anything', async () => {
    const [row] = await sql(`select r.id from retirees r join care c on c.retiree_id = r.id and c.until is null
      where c.unit_id = '430102001005' and died_on is null limit 1`);
    const subjectId = row?.['id'] as string;
    await sql(`update retirees set died_on = '2026-09-20' where id = '${subjectId}'`);
    const [parent] = await sql(`select id from cases limit 1`);
    const cause = {
      caseId: parent?.['id'] as string,
      number: '',
      kind: 'death-report',
      status: 'open' as const,
      unitId: '',
      subjectId,
      applicantId: null,
    };
    await stage.ctx.db.transaction((db) =>
      openCase.definition.apply(
        { ...stage.ctx, db, actor: system },
        { kind: 'bereavement', subjectId, answers: { contact: null, phone: null }, recover: 'recovery' },
        cause,
      ),
    );
    const [opened] = await sql(`select unit_id, step, capacity from cases where subject_id = '${subjectId}'`);
    expect(opened).toEqual({ unit_id: '430102001005', step: 'visit', capacity: 'system' });
  });
});

test('the ledger sums after all this', async () => {
  expect(await disagreements(stage.house.connection)).toEqual([]);
});
