/** Whoever joins a report follows its case, and anybody may object to a public notice, but not without end. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { namedRetirees } from '../../../db/seed/demo/named.ts';
import { apply, DAUGHTER, LIU, OLD_CLERK } from '../../tools/story.ts';
import { carePayment, deathReport, hardship, recovery, survivorBenefits } from './five-services.ts';
import { addPlainly } from './plain-texts.ts';
import { openStage, saying, use, type Stage } from './stage.ts';
import { layToyTables } from './toy-domain.ts';

const STREET = '430102001';
const [liu] = namedRetirees;
const who = { name: liu?.name, idNumber: liu?.idNumber };
const report = { who, when: '2026-09-20', relation: 'neighbour', certificate: null };

let stage: Stage;
beforeAll(async () => {
  stage = await openStage('2026-09-21 10:00', 'web');
  await layToyTables(stage.house);
  addPlainly(hardship, carePayment, survivorBenefits, recovery, deathReport);
});
afterAll(() => stage.stop());

describe('somebody who joins a report', () => {
  const NEIGHBOUR = '13955550031';
  let number: string;

  beforeAll(async () => {
    const daughter = await stage.person(DAUGHTER);
    const [mother] = (await daughter.get('/api/me')).body.people;
    number = await apply(daughter, 'toy-death-report', { ...report, phone: DAUGHTER, relation: 'child' }, mother.id);
  });

  test('follows the case: what they said, that it waits, and nothing of what others said or where she was cared for', async () => {
    const neighbour = await stage.person(NEIGHBOUR);
    const said = { ...report, community: '430111001001', phone: NEIGHBOUR };
    expect(await apply(neighbour, 'toy-death-report', said)).toBe(number);
    const seen = (await neighbour.get(`/api/cases/${number}`)).body;
    expect(seen).toMatchObject({
      status: 'open',
      state: '正在核实',
      subject: { id: null, name: '刘淑兰' },
      verbs: [],
      unit: { name: '长沙市社会保险服务中心' },
      applicant: null,
    });
    expect(seen.answers.map((one: { shown: string }) => one.shown)).toContain('139****0031');
    expect(seen.timeline.map((one: { verb: string }) => one.verb)).toEqual(['join']);
    expect(JSON.stringify(seen)).not.toMatch(/识字里|周敏|0002/);
    const listed = (await neighbour.get('/api/cases')).body.cases;
    expect(listed).toMatchObject([{ number, subject: { name: '刘淑兰' }, state: '正在核实' }]);
    for (const verb of ['withdraw', 'remind', 'object', 'approve'])
      expect((await neighbour.post(`/api/cases/${number}/${verb}`, {})).status).toBe(403);
  });

  test('as a guest follows it once signed in; a stranger never does', async () => {
    const guest = stage.house.visit();
    const said = { ...report, community: '430111001001', phone: '13955550032' };
    expect(await apply(guest, 'toy-death-report', said)).toBe(number);
    expect((await guest.get(`/api/cases/${number}`)).status).toBe(401);
    await guest.signIn('13955550032', stage.house.simulator.sms);
    const seen = (await guest.get(`/api/cases/${number}`)).body;
    expect(seen.answers.map((one: { shown: string }) => one.shown)).toContain('139****0032');
    expect((await (await stage.person('13955550033')).get(`/api/cases/${number}`)).status).toBe(404);
  });

  test('hears how it ended, and who it was told of sees no more', async () => {
    stage.at('2026-09-21 11:00');
    const clerk = await stage.person(OLD_CLERK);
    const done = await use(clerk, number, 'approve', { retiree: who, how: 'visit', note: '上门核实' });
    expect(done.body.status).toBe('approved');
    const neighbour = await stage.person(NEIGHBOUR);
    expect((await neighbour.get('/api/messages')).body[0].text).toContain('已经有了结果');
    const seen = (await neighbour.get(`/api/cases/${number}`)).body;
    expect(seen).toMatchObject({ status: 'approved', state: '已经办好了' });
    expect(seen.timeline.at(-1)).toMatchObject({ who: null, unit: '' });
  });
});

describe('an objection', () => {
  const ask = { situation: 'alone', cause: 'illness', what: '住院花了很多钱', papers: null };
  const found = { finding: '情况属实', visited: '2026-09-21' };

  /** A case on public notice. */
  async function onNotice(): Promise<{
    number: string;
    object: (by: { post: Post }) => ReturnType<Post>;
    again(): Promise<void>;
  }> {
    const person = await stage.person(LIU);
    const number = await apply(person, 'toy-hardship', ask);
    await use(await stage.person(OLD_CLERK), number, 'approve', found);
    const lead = await stage.staff(STREET, 'lead');
    const again = async () => {
      await use(lead, number, 'approve', { amount: '100' });
    };
    await again();
    const answers = saying({ why: '他家有房出租' });
    return { number, again, object: (by) => by.post(`/api/cases/${number}/object`, { answers }) };
  }
  type Post = (path: string, body?: unknown) => Promise<{ status: number; body: { code?: string } }>;

  test('is taken five times a day from one person, and twenty from one address', async () => {
    // 刘淑兰 lives again: the report was about somebody else.
    const lead = await stage.staff('430102001001', 'lead');
    const [death] = await stage.house.connection.sql`select number from cases where kind = 'toy-death-report'`;
    await use(lead, String(death?.['number']), 'undo', { words: '人还健在' });
    const { object, again } = await onNotice();
    const someone = await stage.person('13955550034');
    for (let times = 0; times < 5; times += 1) {
      expect((await object(someone)).status).toBe(200);
      await again();
    }
    expect((await object(someone)).body.code).toBe('too-many-today');
    for (let times = 0; times < 20; times += 1) {
      expect((await object(stage.house.visit())).status).toBe(200);
      await again();
    }
    expect((await object(stage.house.visit())).body.code).toBe('too-many-today');
    stage.at('2026-09-22 11:01');
    expect((await object(stage.house.visit())).status).toBe(200);
  });
});
