/** The five hardest services, run from the first answer to the last decision through the API. */
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDueCases } from '../../../api/engine/cases/due.ts';
import { sweepTimers } from '../../../api/engine/cases/timers.ts';
import { agencyOf, cityAgencyId } from '../../../db/seed/divisions.ts';
import { namedRetirees } from '../../../db/seed/demo/named.ts';
import { idNumberOf } from '../../../db/seed/demo/numbers.ts';
import type { PlainDate } from '../../../api/dates.ts';
import type { Browser } from '../../tools/browser.ts';
import { apply, DAUGHTER, LIU, OLD_CLERK, RECEIVING_CLERK } from '../../tools/story.ts';
import {
  arrival,
  carePayment,
  certification,
  deathReport,
  handover,
  hardship,
  recovery,
  survivorBenefits,
} from './five-services.ts';
import { addPlainly } from './plain-texts.ts';
import { openStage, saying, use, type Stage } from './stage.ts';
import { layToyTables, makeEnterprise } from './toy-domain.ts';

const COMMUNITY = '430102001001';
const STREET = '430102001';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage('2026-09-21 10:00');
  await layToyTables(stage.house);
  addPlainly(hardship, carePayment, survivorBenefits, recovery, deathReport, certification, arrival, handover);
});
afterAll(() => stage.stop());

const failing = (error: unknown) => {
  throw error;
};
const rows = (query: string) => stage.house.connection.sql.unsafe(query);
const budget = async () => {
  const [row] = await rows(`select reserved, spent from toy_budgets where unit_id = '${STREET}'`);
  return { reserved: row?.['reserved'] as number, spent: row?.['spent'] as number };
};
const statusOf = async (who: Browser, number: string) => (await who.get(`/api/cases/${number}`)).body.status;

const ask = { situation: 'alone', cause: 'illness', what: '住院花了很多钱', papers: null };
const found = { finding: '情况属实', visited: '2026-09-21' };

describe('hardship', () => {
  test('goes from community to street, hangs out for objections, is paid and filed; money follows every turn', async () => {
    const liu = await stage.person(LIU);
    const community = await stage.person(OLD_CLERK);
    const lead = await stage.staff(STREET, 'lead');
    const number = await apply(liu, 'toy-hardship', ask);

    expect((await use(community, number, 'approve', found)).status).toBe(200);
    // The street gives it back to the community, which the applicant is not asked to mend.
    expect((await use(lead, number, 'return', { missing: ['other'], otherWords: '请再去看一次' })).body.status).toBe(
      'open',
    );
    expect((await liu.get('/api/messages')).body[0].text).not.toMatch(/补|\{\{/);
    expect((await use(community, number, 'approve', found)).status).toBe(200);
    const tooMuch = await use(lead, number, 'approve', { amount: '1000.01' });
    expect(tooMuch.body).toMatchObject({ code: 'bad-answer', complaint: 'too-much' });
    expect((await use(lead, number, 'approve', { amount: '800' })).status).toBe(200);
    expect(await budget()).toEqual({ reserved: 80_000, spent: 0 });

    const stranger = stage.house.visit();
    const listed = (await stranger.get(`/api/public-notices?unit=${STREET}`)).body.notices;
    expect(listed).toMatchObject([{ number, name: '刘＊兰', until: '2026-09-29' }]);
    const notice = (await stranger.get(`/api/public-notices/${number}`)).body;
    expect(notice.facts).toHaveLength(1);
    expect(JSON.stringify(notice)).not.toContain('住院');
    expect((await stranger.get(`/api/cases/${number}`)).status).toBe(401);
    expect((await stranger.post(`/api/cases/${number}/approve`, {})).status).toBe(401);

    const objected = await stranger.post(`/api/cases/${number}/object`, { answers: saying({ why: '他家有房出租' }) });
    expect(objected.status).toBe(200);
    expect(await budget()).toEqual({ reserved: 0, spent: 0 });
    const timeline = (await lead.get(`/api/cases/${number}`)).body.timeline;
    expect(timeline.at(-1)).toMatchObject({ verb: 'object', said: [{ shown: '他家有房出租' }] });

    expect((await use(lead, number, 'approve', { amount: '500' })).status).toBe(200);
    stage.at('2026-09-29 23:59');
    expect(await sweepTimers(stage.ctx, failing)).toBe(0);
    stage.at('2026-09-30 00:01');
    expect(await sweepTimers(stage.ctx, failing)).toBe(1);
    expect((await stranger.get(`/api/public-notices/${number}`)).status).toBe(404);

    const payer = await stage.staff(STREET, 'clerk');
    const paid = await payWith(payer, number);
    expect(paid.status).toBe(200);
    expect(await budget()).toEqual({ reserved: 0, spent: 50_000 });
    const agency = await stage.staff(agencyOf('430102'), 'clerk');
    const receipt = (await agency.get(`/api/cases/${number}`)).body.files[0];
    expect((await agency.call('GET', `/api/files/${receipt.id}`)).status).toBe(200);
    expect((await stage.house.visit().get(`/api/files/${receipt.id}`)).status).toBe(404);
    expect((await use(agency, number, 'approve')).body.status).toBe('approved');
    // What is paid is not taken back by a button.
    const undone = await use(await stage.staff(agencyOf('430102'), 'lead'), number, 'undo', { words: '搞错了' });
    expect(undone.body.code).toBe('later-facts');
    expect(await budget()).toEqual({ reserved: 0, spent: 50_000 });
  });

  test('a refusal releases what was reserved', async () => {
    const daughter = await stage.person(DAUGHTER);
    const { people } = (await daughter.get('/api/me')).body;
    const number = await apply(daughter, 'toy-hardship', ask, people[0].id);
    const before = await budget();
    const lead = await stage.staff(STREET, 'lead');
    await use(await stage.person(OLD_CLERK), number, 'approve', found);
    await use(lead, number, 'approve', { amount: '300' });
    expect(await budget()).toEqual({ ...before, reserved: before.reserved + 30_000 });
    await stage.house.visit().post(`/api/cases/${number}/object`, { answers: saying({ why: '不困难' }) });
    expect((await use(lead, number, 'reject', { reason: 'other', words: null })).body.status).toBe('rejected');
    expect(await budget()).toEqual(before);
  });
});

/** Takes a photo of the receipt and approves with it. */
async function payWith(payer: Browser, number: string) {
  const draft = (await payer.post(`/api/cases/${number}/drafts`, { verb: 'approve' })).body;
  const picture = await sharp({ create: { width: 20, height: 20, channels: 3, background: 'red' } })
    .jpeg()
    .toBuffer();
  const { id } = (await payer.call('POST', `/api/drafts/${draft.id}/files/receipt`, picture)).body;
  const answers = saying({ paidOn: '2026-09-29', receipt: [id] });
  const { revision } = (await payer.put(`/api/drafts/${draft.id}/answers`, { answers })).body;
  return payer.post(`/api/drafts/${draft.id}/submit`, { checked: revision, version: draft.case.version });
}

describe('death report', () => {
  const [, chen] = namedRetirees;
  const who = { name: chen?.name, idNumber: chen?.idNumber };
  const report = { who, when: '2026-09-20', community: '430111001001', relation: 'neighbour', phone: '13955550001' };

  test('guests report, the second joins the first, staff identify, effects follow, and a lead takes it all back', async () => {
    const [first, second] = [stage.house.visit(), stage.house.visit()];
    const number = await apply(first, 'toy-death-report', { ...report, certificate: null });
    expect(first.cookie('guest')).toBeDefined();
    expect(await apply(second, 'toy-death-report', { ...report, phone: '13955550002', certificate: null })).toBe(
      number,
    );

    // Nobody is told who it is before staff have said so, and a guest reads nothing of the case.
    const clerk = await stage.person(RECEIVING_CLERK);
    const card = (await clerk.get(`/api/cases/${number}`)).body;
    expect(card.subject).toBeNull();
    expect(card.timeline.map((event: { verb: string }) => event.verb)).toEqual(['open', 'join']);
    expect((await first.get(`/api/cases/${number}`)).status).toBe(401);

    // Signing in makes the guest's case theirs; they may object to it, and not approve it.
    await first.signIn('13955550001', stage.house.simulator.sms);
    expect((await first.get('/api/cases')).body.cases.map((one: { number: string }) => one.number)).toEqual([number]);
    const verbs = (await first.get(`/api/cases/${number}`)).body.verbs.map((verb: { verb: string }) => verb.verb);
    expect(verbs).toContain('object');
    // What the second reporter said is not for the first.
    expect((await first.get(`/api/cases/${number}`)).body.timeline[1]).toMatchObject({
      verb: 'join',
      who: null,
      said: [],
    });
    expect(card.timeline[1].said.map((one: { shown: string }) => one.shown)).toContain('139****0002');
    expect(verbs).not.toContain('approve');
    expect((await first.post(`/api/cases/${number}/approve`, {})).status).toBe(403);
    const objected = await first.post(`/api/cases/${number}/object`, { answers: saying({ why: '我看错人了' }) });
    expect(objected.body).toMatchObject({ status: 'open' });

    // The clerk who had not seen the objection is told of it.
    const said = { retiree: who, how: 'visit', note: '上门核实' };
    const early = await clerk.post(`/api/cases/${number}/approve`, { version: card.version, answers: saying(said) });
    expect(early.body.code).toBe('stale-case');
    const nobody = await use(clerk, number, 'approve', { ...said, retiree: { ...who, name: '陈建军' } });
    expect(nobody.body).toMatchObject({ code: 'bad-answer', complaint: 'no-such-retiree', question: 'retiree' });
    expect((await use(clerk, number, 'approve', said)).body.status).toBe('approved');

    const [dead] = await rows(`select died_on from retirees where name = '陈建国' and died_on is not null`);
    expect(dead).toBeDefined();
    const children = await rows(
      `select kind, status, applicant_id, capacity from cases where parent_id is not null order by kind`,
    );
    expect(children.map((child) => child['kind'])).toEqual(['care-payment', 'toy-survivor-benefits']);
    expect(children.every((child) => child['applicant_id'] === null && child['capacity'] === 'system')).toBe(true);
    // The dead are not written to.
    const messages = await rows(
      `select 1 from messages m join retirees r on r.id = m.retiree_id where r.name = '陈建国'`,
    );
    expect(messages).toHaveLength(0);

    // Undo: the benefit is withdrawn, the payment made is recovered, he lives again.
    const agency = await stage.staff(cityAgencyId, 'clerk');
    const payment = (await rows(`select number from cases where kind = 'care-payment'`))[0]?.['number'] as string;
    expect((await use(agency, payment, 'approve', { amount: '300' })).body.status).toBe('approved');
    const lead = await stage.staff('430111001001', 'lead');
    expect((await use(lead, number, 'undo', { words: '人还健在' })).body.status).toBe('undone');
    const after = await rows(`select kind, status from cases where parent_id is not null order by kind`);
    expect(after.map((one) => `${one['kind']} ${one['status']}`)).toEqual([
      'care-payment approved',
      'toy-recovery open',
      'toy-survivor-benefits withdrawn',
    ]);
    expect(await rows(`select 1 from retirees where name = '陈建国' and died_on is not null`)).toHaveLength(0);
    expect(await rows(`select 1 from toy_tasks where what = 'stop-pension'`)).toHaveLength(0);
  });

  test('a relative names whom they are linked to, and the community hears of it at once', async () => {
    const daughter = await stage.person(DAUGHTER);
    const [mother] = (await daughter.get('/api/me')).body.people;
    const [liu] = namedRetirees;
    const { community: _, ...known } = { ...report, who: { name: liu?.name, idNumber: liu?.idNumber } };
    const number = await apply(
      daughter,
      'toy-death-report',
      { ...known, certificate: null, relation: 'child' },
      mother.id,
    );
    const card = (await (await stage.person(OLD_CLERK)).get(`/api/cases/${number}`)).body;
    expect(card).toMatchObject({ subject: { name: '刘淑兰' }, capacity: 'relative' });
    expect(await rows(`select 1 from toy_tasks where what = 'please-confirm'`)).toHaveLength(1);
    await use(daughter, number, 'withdraw');
    // What was done at the opening is taken back with it.
    expect(await rows(`select 1 from toy_tasks where what = 'please-confirm'`)).toHaveLength(0);
  });
});

describe('certification', () => {
  test('opens for everybody who is due, once, however often the night comes', async () => {
    stage.at('2026-10-08 03:20');
    const opened = await openDueCases(stage.ctx, failing);
    expect(opened).toBeGreaterThan(3);
    expect(await openDueCases(stage.ctx, failing)).toBe(0);
    const [count] = await rows(
      `select count(*)::int as n from cases where kind = 'toy-certification' and capacity = 'system'`,
    );
    expect(count?.['n']).toBe(opened);
  });

  test('the person answers and a clerk certifies; whoever does not is visited', async () => {
    stage.at('2026-10-12 10:00');
    const liu = await stage.person(LIU);
    const clerk = await stage.person(OLD_CLERK);
    const number = await apply(liu, 'toy-certification', {});
    const own = { how: 'nationalApp', on: '2026-10-11' };
    expect((await use(liu, number, 'approve', own)).status).toBe(200);
    expect((await liu.post(`/api/cases/${number}/approve`, {})).status).toBe(403);
    expect((await use(clerk, number, 'approve', { on: '2026-10-11' })).body.status).toBe('approved');
    expect(await rows(`select 1 from toy_certified`)).toHaveLength(1);

    stage.at('2026-11-20 10:00');
    expect(await sweepTimers(stage.ctx, failing)).toBeGreaterThan(3);
    const [visit] = await rows(`select number from cases where kind = 'toy-certification' and step = 'visit' limit 1`);
    const visited = visit?.['number'] as string;
    const missed = await use(clerk, visited, 'reject', { reason: 'other', words: null });
    expect(missed.body.status).toBe('rejected');
    expect(await rows(`select 1 from toy_tasks where what = 'not-certified'`)).toHaveLength(1);
  });
});

describe('handover', () => {
  const newcomer = (name: string, nn: number) => ({
    person: { name, idNumber: idNumberOf('430101', '1966-05-01' as PlainDate, 'female', nn) },
    community: COMMUNITY,
    retiredOn: '2026-09-01',
  });

  test('an enterprise hands a list over, each row arrives once, and the newcomer is in care', async () => {
    stage.at('2026-11-23 10:00');
    const employer = await stage.person('13955550009');
    expect((await employer.post('/api/drafts', { kind: 'handover' })).status).toBe(403);
    const [account] = await rows(`select account_id from sessions order by created_at desc, id desc limit 1`);
    await makeEnterprise(stage.house, account?.['account_id'] as string, '湘岳第二纺织厂');
    const list = [newcomer('新来一', 71), newcomer('新来二', 72)];
    const number = await apply(employer, 'handover', { rows: list, opinion: null });

    const agency = await stage.staff(cityAgencyId, 'clerk');
    expect((await use(agency, number, 'approve')).body.status).toBe('open');
    expect((await use(employer, number, 'approve')).body.status).toBe('approved');
    const arrivals = await rows(`select number from cases where kind = 'arrival' order by number`);
    expect(arrivals).toHaveLength(2);
    const [keys] = await rows(`select string_agg(row_key, ' ') as keys from receipts where effect = 'open-case'`);
    expect(keys?.['keys']).not.toContain(list[0]?.person.idNumber);

    const clerk = await stage.person(OLD_CLERK);
    const first = arrivals[0]?.['number'] as string;
    const home = { communityId: COMMUNITY, building: '3', room: '402' };
    expect((await use(clerk, first, 'approve', { home, letter: null })).body.status).toBe('approved');
    const cared = await rows(
      `select unit_id from care c join retirees r on r.id = c.retiree_id where r.name = '新来一'`,
    );
    expect(cared.map((row) => row['unit_id'])).toEqual([COMMUNITY]);

    // One has arrived, so the handover stands; nothing of the other was touched either.
    const undone = await use(await stage.staff(cityAgencyId, 'lead'), number, 'undo', { words: '名单错了' });
    expect(undone.body.code).toBe('later-facts');
    const left = await rows(`select status from cases where kind = 'arrival' order by number`);
    expect(left.map((row) => row['status'])).toEqual(['approved', 'open']);
  });

  test('the second handover of an enterprise needs no confirmation; a bad row is named by line and column', async () => {
    const employer = await stage.person('13955550009');
    const draft = (await employer.post('/api/drafts', { kind: 'handover' })).body.draft;
    const bad = { ...newcomer('新来四', 74), community: '999' };
    const refused = await employer.put(`/api/drafts/${draft.id}/answers`, {
      answers: saying({ rows: [newcomer('新来三', 73), bad] }),
    });
    expect(refused.body).toMatchObject({ code: 'bad-answer', row: 2, column: 'community' });
    const number = await apply(employer, 'handover', { rows: [newcomer('新来三', 73)], opinion: null });
    expect(await statusOf(employer, number)).toBe('open');
    expect((await use(employer, number, 'approve')).body.status).toBe('approved');
  });
});
