/** The yearly certification: opened by the clockwork for whoever is due, said by the person, checked by a clerk, or seen at the door. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { monthsBefore, type PlainDate } from '../../../api/dates.ts';
import { sendDigests } from '../../../api/digest/send-digests.ts';
import { openDueCases } from '../../../api/engine/cases/due.ts';
import { sweepTimers } from '../../../api/engine/cases/timers.ts';
import { apply, LIU, OLD_CLERK } from '../../tools/story.ts';
import { openStage, use, type Stage } from '../engine/stage.ts';

const HOME = '430102001001';
let stage: Stage;
beforeAll(async () => {
  // The day before anybody of the demo but 王桂英 is due.
  stage = await openStage('2026-11-23 10:00', 'web');
  await stage.openChat(OLD_CLERK);
});
afterAll(() => stage.stop());

const sql = (query: string) => stage.house.connection.sql.unsafe(query);
const failing = (error: unknown) => {
  throw error;
};
const clerk = () => stage.person(OLD_CLERK);
const cards = async () => (await sql(`select 1 from messages where form = 'card'`)).length;
const night = () => openDueCases(stage.ctx, failing);
async function certifiedOn(name: string): Promise<string | null> {
  const [row] = await sql(`select certified_on::text as day from retirees where name = '${name}'`);
  return row?.['day'] ?? null;
}
async function dueCaseOf(name: string): Promise<string> {
  const [row] = await sql(`select k.number from cases k join retirees r on r.id = k.subject_id
    where k.kind = 'certification' and r.name = '${name}' order by k.opened_at desc limit 1`);
  return row?.['number'] as string;
}

test('eleven months before a day, and no day that does not exist', () => {
  const days: [string, string][] = [
    ['2026-11-02', '2025-12-02'],
    ['2026-01-31', '2025-02-28'],
    ['2025-01-29', '2024-02-29'],
    ['2026-12-31', '2026-01-31'],
  ];
  for (const [day, before] of days) expect(monthsBefore(day as PlainDate, 11)).toBe(before);
});

async function listed(view: string): Promise<string[]> {
  const { cases } = (await (await clerk()).get(`/api/pending?view=${view}`)).body;
  return cases.map((one: { number: string }) => one.number);
}

describe('王桂英 has no phone and was last certified a year ago', () => {
  let number: string;

  test('a case is opened for her once, however many nights pass, and no clerk is disturbed by it', async () => {
    expect(await night()).toBe(1);
    expect(await night()).toBe(0);
    number = await dueCaseOf('王桂英');
    expect((await (await clerk()).get(`/api/cases/${number}`)).body).toMatchObject({
      status: 'open',
      unit: { id: HOME },
      due: '2026-12-21',
    });
    expect(await cards()).toBe(0);
    expect(await listed('unit')).toContain(number);
    expect(await listed('nobodys')).not.toContain(number);
  });

  test('while it waits for her it is nothing new for the desk on the next morning', async () => {
    stage.at('2026-11-24 08:30');
    await sendDigests(stage.ctx);
    const read = await sql(`select params->>'fresh' as fresh from messages where template like 'digest.%'`);
    expect(read.filter(({ fresh }) => fresh !== '0')).toEqual([]);
  });

  test('with no word in twenty working days the community is sent to see her', async () => {
    stage.at('2026-12-22 08:00');
    expect(await sweepTimers(stage.ctx, failing)).toBe(1);
    expect(await cards()).toBe(1);
    expect(await listed('nobodys')).toContain(number);
    const seen = (await (await clerk()).get(`/api/cases/${number}`)).body;
    expect(seen.verbs.map((one: { verb: string }) => one.verb)).toEqual(expect.arrayContaining(['approve', 'reject']));
  });

  test('nobody is met: the agency is asked to find out, and she is not asked again', async () => {
    stage.at('2026-12-24 10:00');
    await use(await clerk(), number, 'reject', { reason: 'not-met', words: null });
    const [task] = await sql(`select number, unit_id, status from cases where kind = 'certification-missing'`);
    expect(task).toMatchObject({ unit_id: expect.stringMatching(/^A/), status: 'open' });
    // The agency has it: she is not asked again about the same year.
    stage.at('2027-01-11 10:00');
    await night();
    expect(await dueCaseOf('王桂英')).toBe(number);
    expect(await certifiedOn('王桂英')).toBe('2025-12-20');
  });

  test('she comes back from her son and to the counter: certified after all', async () => {
    const [wang] = await sql(`select id from retirees where name = '王桂英'`);
    const counter = await clerk();
    const later = await apply(counter, 'certification', { how: 'atTheCounter', on: '2027-01-08' }, wang?.['id']);
    await use(counter, later, 'approve', { certified: '2027-01-08' });
    expect(await certifiedOn('王桂英')).toBe('2027-01-08');
  });
});

describe('刘淑兰 did it on her phone', () => {
  let number: string;

  test('she says so in two answers; her word is only to be checked', async () => {
    stage.at('2027-01-12 10:00');
    const liu = await stage.person(LIU);
    number = await apply(liu, 'certification', { how: 'nationalApp', on: '2026-12-18' });
    expect((await liu.get(`/api/cases/${number}`)).body.verbs.map((one: { verb: string }) => one.verb)).not.toContain(
      'approve',
    );
    expect(await certifiedOn('刘淑兰')).toBe('2026-03-02');
    const again = await liu.post('/api/drafts', { kind: 'certification' });
    expect(again.body).toMatchObject({ existing: { number } });
  });

  test('the clerk finds it in the platform: she is certified, and undoing that takes the day back', async () => {
    await use(await clerk(), number, 'approve', { certified: '2026-12-18' });
    expect(await certifiedOn('刘淑兰')).toBe('2026-12-18');
    const lead = await stage.staff(HOME, 'lead');
    const undone = await use(lead, number, 'undo', { words: '查错了人' });
    expect(undone.body).toMatchObject({ status: 'undone' });
    expect(await certifiedOn('刘淑兰')).toBe('2026-03-02');
  });

  test('an older day brought later takes nothing back, and a newer one stands in the way of undoing', async () => {
    const liu = await stage.person(LIU);
    const first = await apply(liu, 'certification', { how: 'comeToMe' });
    await use(await clerk(), first, 'approve', { certified: '2026-12-20' });
    const second = await apply(liu, 'certification', { how: 'atTheCounter', on: '2026-06-01' });
    await use(await clerk(), second, 'approve', { certified: '2026-06-01' });
    expect(await certifiedOn('刘淑兰')).toBe('2026-12-20');
    const third = await apply(liu, 'certification', { how: 'atTheCounter', on: '2026-12-21' });
    await use(await clerk(), third, 'approve', { certified: '2026-12-21' });
    const lead = await stage.staff(HOME, 'lead');
    expect((await use(lead, first, 'undo', { words: '查错了人' })).body).toMatchObject({ code: 'later-facts' });
  });

  test('whoever did not yet is told how, and says so once it is done', async () => {
    const liu = await stage.person(LIU);
    const waiting = await apply(liu, 'certification', { how: null });
    const said = await use(liu, waiting, 'approve', { how: 'nationalApp', on: '2026-12-21' });
    expect(said.body).toMatchObject({ status: 'open' });
    expect(
      (await (await clerk()).get(`/api/cases/${waiting}`)).body.verbs.map((one: { verb: string }) => one.verb),
    ).toContain('approve');
    await use(liu, waiting, 'withdraw');
  });
});
