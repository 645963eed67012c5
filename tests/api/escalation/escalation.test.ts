/** A case that nobody touches climbs from the community to the city, a rung a working day; each rung hears it once. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { escalate } from '../../../api/escalation/escalate.ts';
import { apply, LIU, newHome, RECEIVING_CLERK } from '../../tools/story.ts';
import { openStage, use, type Stage } from '../engine/stage.ts';

const move = { to: 'city', home: newHome, since: '2026-10-01', reason: 'other', proof: null, handOver: true };
let stage: Stage;
beforeAll(async () => {
  stage = await openStage('2026-11-02 10:00', 'web');
});
afterAll(() => stage.stop());

const sql = (query: string) => stage.house.connection.sql.unsafe(query);
/** Who heard what of a case, in order. */
async function heard(number: string): Promise<string[]> {
  const rows =
    await sql(`select m.template, a.name from messages m join cases k on k.id = m.case_id join accounts a on a.id = m.account_id
    where k.number = '${number}' and m.template like 'escalated.%' order by m.created_at, m.template, a.name`);
  return rows.map((row) => `${row['template']} ${row['name']}`);
}
const leadsAt = async (unit: string) =>
  (
    await sql(
      `select a.name from posts p join accounts a on a.id = p.account_id where p.unit_id = '${unit}' and p.role = 'lead'`,
    )
  ).map((row) => row['name'] as string);

describe('a move with a promise of three working days, from Monday', () => {
  let number: string;
  beforeAll(async () => {
    number = await apply(await stage.person(LIU), 'relocation', move);
  });

  test('after two of them the clerks on duty are reminded, once', async () => {
    stage.at('2026-11-04 08:05');
    expect(await escalate(stage.ctx)).toBe(0);
    stage.at('2026-11-05 08:05');
    expect(await escalate(stage.ctx)).toBe(1);
    expect(await heard(number)).toContain('escalated.half 张伟');
    expect(await escalate(stage.ctx)).toBe(0);
  });

  test('due on Thursday: its lead on Friday, the street on Monday, then the district, then the city; nobody at the weekend', async () => {
    const told: Record<string, string[]> = {};
    for (const day of ['06', '07', '09', '10', '11', '12', '13', '16']) {
      const before = await heard(number);
      stage.at(`2026-11-${day} 08:05`);
      await escalate(stage.ctx);
      told[day] = (await heard(number)).slice(before.length);
    }
    const by = (template: string, names: string[]) => names.map((name) => `escalated.${template} ${name}`).toSorted();
    expect(told['06']?.toSorted()).toEqual(by('due', await leadsAt('430111001001')));
    expect(told['07']).toEqual([]);
    expect(told['09']).toEqual(by('above', await leadsAt('430111001')));
    expect(told['10']).toEqual(by('above', await leadsAt('430111')));
    expect(told['11']).toEqual(by('above', await leadsAt('4301')));
    expect([told['12'], told['13'], told['16']]).toEqual([[], [], []]);
    // Each is told for the post where they are told: colleagues there see whether it arrived.
    const atUnits = await sql(
      `select distinct template, at_unit from messages where template like 'escalated.%' order by 1, 2`,
    );
    expect(atUnits.map((row) => `${row['template']} ${row['at_unit']}`)).toEqual([
      'escalated.above 4301',
      'escalated.above 430111',
      'escalated.above 430111001',
      'escalated.due 430111001001',
      'escalated.half 430111001001',
    ]);
    // Whoever opens it now reads how far it has climbed.
    const card = (await (await stage.person(RECEIVING_CLERK)).get(`/api/cases/${number}`)).body;
    expect(card.before).toContainEqual(
      expect.objectContaining({ key: 'escalated', shown: '梓园社区、侯家塘街道、雨花区、长沙市' }),
    );
  });

  test('forwarded to another community it climbs anew there; decided, it is silent', async () => {
    await use(await stage.person(RECEIVING_CLERK), number, 'forward', { to: '430111001002', words: null });
    const before = await heard(number);
    stage.at('2026-11-18 08:05');
    await escalate(stage.ctx);
    expect((await heard(number)).length).toBeGreaterThan(before.length);
    await use(await stage.person(LIU), number, 'withdraw');
    stage.at('2026-12-30 08:05');
    const all = await heard(number);
    await escalate(stage.ctx);
    expect(await heard(number)).toEqual(all);
  });
});

test('a promise of one day has no half: whoever was to call back is told that it is late, not that half of the time is gone', async () => {
  stage.at('2026-12-21 10:00');
  const liu = await stage.person(LIU);
  const number = await apply(liu, 'call-back', { phone: LIU });
  stage.at('2026-12-22 17:00');
  expect(await escalate(stage.ctx)).toBe(0);
  stage.at('2026-12-23 08:05');
  await escalate(stage.ctx);
  const told = (await heard(number)).map((one) => one.split(' ')[0]);
  expect([...new Set(told)]).toEqual(['escalated.due', 'escalated.late']);
  await use(liu, number, 'withdraw');
});

test('whoever has it in hand is reminded, and nobody else', async () => {
  stage.at('2027-01-04 10:00');
  const clerk = await stage.person(RECEIVING_CLERK);
  const number = await apply(await stage.person(LIU), 'relocation', move);
  await use(clerk, number, 'claim');
  stage.at('2027-01-07 08:05');
  await escalate(stage.ctx);
  expect(await heard(number)).toEqual(['escalated.half 张伟']);
  await use(await stage.person(LIU), number, 'withdraw');
});

test('a community without anybody: the street hears it when it is due, nobody waits for a lead who is not there', async () => {
  stage.at('2027-02-01 10:00');
  const number = await apply(await stage.house.signIn(LIU), 'relocation', move);
  await sql(`update posts set ended_at = now() where unit_id = '430111001001'`);
  stage.at('2027-02-05 08:05');
  await escalate(stage.ctx);
  expect(await heard(number)).toEqual((await leadsAt('430111001')).map((name) => `escalated.above ${name}`));
});
