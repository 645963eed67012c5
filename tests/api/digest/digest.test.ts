/** The morning's figures: to every desk with a chat, on working days, once, and without anybody's name. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addUp } from '../../../api/digest/rules.ts';
import { sendDigests } from '../../../api/digest/send-digests.ts';
import { apply, LIU, newHome, RECEIVING_CLERK } from '../../tools/story.ts';
import { openStage, type Stage } from '../engine/stage.ts';

const CITY = '13800000041';
const move = { to: 'city', home: newHome, since: '2026-10-01', reason: 'other', proof: null, handOver: true };
let stage: Stage;
beforeAll(async () => {
  stage = await openStage('2026-11-05 10:00', 'web');
  // Birthdays are a test of their own below.
  await stage.house.connection.sql`update retirees set born = '1950-06-15' where extract(month from born) in (11, 12)`;
  await stage.openChat(RECEIVING_CLERK);
  await stage.openChat(CITY);
});
afterAll(() => stage.stop());

/** Who read which figures on a day. */
async function digests(moment: string): Promise<Record<string, Record<string, string>>> {
  stage.at(moment);
  await sendDigests(stage.ctx);
  const rows = await stage.house.connection.sql`
    select a.name, m.params from messages m join accounts a on a.id = m.account_id
     where m.template like 'digest.%' and m.created_at = ${new Date(`${moment.replace(' ', 'T')}:00+08:00`).toISOString()}`;
  return Object.fromEntries(rows.map((row) => [row['name'], row['params']]));
}

test('a day with nothing to do is a quiet morning', async () => {
  expect(await digests('2026-11-05 08:30')).toEqual({});
});

describe('a move applied for on Friday, with three working days', () => {
  beforeAll(async () => {
    stage.at('2026-11-06 15:00');
    await apply(await stage.person(LIU), 'relocation', move);
  });

  test('is not said on Saturday, and new on Monday', async () => {
    expect(await digests('2026-11-07 08:30')).toEqual({});
    expect(await digests('2026-11-09 08:30')).toEqual({
      张伟: expect.objectContaining({ fresh: '1', today: '0', overdue: '0' }),
    });
  });

  test('is due on Wednesday, and overdue on Thursday, also for the city above', async () => {
    expect(await digests('2026-11-11 08:30')).toMatchObject({ 张伟: { fresh: '0', today: '1', overdue: '0' } });
    const thursday = await digests('2026-11-12 08:30');
    expect(thursday).toMatchObject({ 张伟: { today: '0', overdue: '1' }, 周国平: { overdue: '0', below: '1' } });
    expect(JSON.stringify(thursday)).not.toContain('刘淑兰');
  });

  test('however often it runs, each post reads it once', async () => {
    stage.at('2026-11-12 08:31');
    await Promise.all([sendDigests(stage.ctx), sendDigests(stage.ctx)]);
    const rows = await stage.house.connection.sql`
      select once_key from messages where template like 'digest.%' and once_key like '%2026-11-12'`;
    expect(new Set(rows.map((row) => row['once_key'])).size).toBe(rows.length);
    expect(rows.length).toBeGreaterThanOrEqual(2);
  });

  test('a lead without a chat is sent one text message, on the days when something is overdue', async () => {
    const { sql } = stage.house.connection;
    const leads = (await sql`
      select m.template, m.params, m.state, p.unit_id from messages m
        join posts p on p.account_id = m.account_id and p.role = 'lead'
       where m.once_key = 'digest:' || p.id || ':2026-11-12' order by p.unit_id`) as unknown as {
      template: string;
      params: Record<string, string>;
      state: string;
      unit_id: string;
    }[];
    expect(leads.map(({ unit_id: unit, template, state }) => `${unit} ${template} ${state}`)).toEqual(
      expect.arrayContaining(['430111001001 digest.late queued', '430111001 digest.late queued']),
    );
    expect(leads.find(({ unit_id: unit }) => unit === '430111001001')?.params).toMatchObject({
      overdue: '1',
      below: '0',
    });
    // Nobody without a chat heard of anything the day before, when it was only due.
    expect(await sql`select from messages where template = 'digest.late' and once_key like '%2026-11-11'`).toHaveLength(
      0,
    );
  });
});

test('birthdays of the week are named to the unit that cares for them; the levels above read how many', async () => {
  const { sql } = stage.house.connection;
  await sql`update retirees set born = '1950-11-22' where id in (
    select retiree_id from care where unit_id = '430111001001' and until is null order by retiree_id limit 7)`;
  const monday = await digests('2026-11-16 08:30');
  expect(monday['张伟']).toMatchObject({ birthdays: '7', activities: '0' });
  expect(monday['张伟']?.['names']?.split('、')).toHaveLength(5);
  expect(monday['周国平']).toMatchObject({ birthdays: '0', birthdaysBelow: '7', names: '' });
  // The week after, they are over.
  expect((await digests('2026-11-23 08:30'))['张伟']).toMatchObject({ birthdays: '0', names: '' });
});

test('what is overdue counts for every unit above, and not for its neighbours', () => {
  const none = { fresh: 0, today: 0, overdue: 0, birthdays: 0, activities: 0 };
  const figures = addUp([
    { ...none, unitId: 'c1', path: 'city.d.s.c1', fresh: 1, overdue: 3, birthdays: 2, activities: 1 },
    { ...none, unitId: 'c2', path: 'city.d.s.c2', overdue: 4 },
    { ...none, unitId: 's', path: 'city.d.s', fresh: 5, overdue: 1 },
  ]);
  const below = { overdueBelow: 0, birthdaysBelow: 0, activitiesBelow: 0 };
  expect(figures.get('c1')).toEqual({ ...none, ...below, fresh: 1, overdue: 3, birthdays: 2, activities: 1 });
  expect(figures.get('s')).toMatchObject({ fresh: 5, overdue: 1, overdueBelow: 7, birthdaysBelow: 2 });
  expect(figures.get('city')).toMatchObject({ overdue: 0, overdueBelow: 8, birthdaysBelow: 2, activitiesBelow: 1 });
});
