/** The working calendar: the city changes it after seeing what would move, everybody reads it, and the deadlines follow. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { followChanges } from '../../../api/calendar/follow-changes.ts';
import type { PlainDate } from '../../../api/dates.ts';
import { seedCalendar } from '../../../api/registry/calendar.ts';
import type { Browser } from '../../tools/browser.ts';
import { apply, DAUGHTER, LIU, newHome, RECEIVING_CLERK } from '../../tools/story.ts';
import { openStage, use, type Stage } from '../engine/stage.ts';

const CITY = '13800000041';
const move = { to: 'city', home: newHome, since: '2026-10-01', reason: 'other', proof: null, handOver: true };
const off = (first: string, last = first, name = '停电') => ({ first, last, kind: 'holiday', name });
const worked = (first: string, name = '补班') => ({ first, last: first, kind: 'workday', name });
const ordinary = (first: string) => ({ first, last: first, kind: 'ordinary', name: '' });

let stage: Stage;
let city: Browser;
beforeAll(async () => {
  stage = await openStage('2026-11-02 10:00', 'web');
  city = await stage.person(CITY);
});
afterAll(() => stage.stop());

const sql = (query: string) => stage.house.connection.sql.unsafe(query);
const read = async (who: Browser, year = 2026) => (await who.get(`/api/staff/calendar?year=${year}`)).body;
const preview = async (change: object) => (await city.post('/api/staff/calendar/preview', change)).body;
const save = (change: object, who = city) => who.post('/api/staff/calendar', change);
const dueOf = async (number: string) => (await (await stage.person(LIU)).get(`/api/cases/${number}`)).body.due;
const told = () => sql(`select account_id from messages where template = 'digest.sooner'`);

describe('reading', () => {
  test('every staff sees the years published so far with holidays and make-up days; only the city may change them', async () => {
    const clerk = await stage.person(RECEIVING_CLERK);
    const seen = await read(clerk);
    expect(seen).toMatchObject({ year: 2026, mayChange: false, changes: [] });
    expect(seen.years).toContain(2025);
    expect(seen.days).toContainEqual({ day: '2026-10-01', works: false, name: '国庆节' });
    expect(seen.days).toContainEqual({ day: '2026-10-10', works: true, name: '国庆节' });
    expect((await read(city)).mayChange).toBe(true);
    expect((await (await stage.person(DAUGHTER)).get('/api/staff/calendar')).status).toBe(403);
    expect((await save(off('2026-11-04'), clerk)).status).toBe(403);
    expect((await clerk.post('/api/staff/calendar/preview', off('2026-11-04'))).status).toBe(403);
  });

  test.each([
    [off('2026-11-05', '2026-11-04'), 'calendar-backwards'],
    [off('2026-11-01', '2026-12-02'), 'calendar-too-many'],
    [off('2025-12-31'), 'calendar-out-of-reach'],
    [off('2029-01-01'), 'calendar-out-of-reach'],
    [{ ...off('2026-11-04'), name: ' ' }, 'calendar-needs-name'],
    [ordinary('2026-11-04'), 'calendar-same'],
    [off('2026-10-01', '2026-10-07', '国庆节'), 'calendar-same'],
    [off('2026-02-30'), 'bad-request'],
  ])('%j is refused: %s', async (change, code) => {
    expect((await save(change)).body.code).toBe(code);
    expect((await preview(change)).code).toBe(code);
  });
});

describe('changing', () => {
  let number: string;
  beforeAll(async () => {
    number = await apply(await stage.person(LIU), 'relocation', move);
  });

  test('shows first what would move and writes nothing', async () => {
    expect(await dueOf(number)).toBe('2026-11-05');
    const before = await sql(`select due_at from cases order by id`);
    const seen = await preview(off('2026-11-04'));
    expect(seen).toMatchObject({ sooner: 0, later: seen.cases });
    expect(seen.earliest).toContainEqual({ from: '2026-11-05', to: '2026-11-06', count: 1 });
    expect(await sql(`select due_at from cases order by id`)).toEqual(before);
    expect((await read(city)).changes).toEqual([]);
    // A name alone moves nothing, and neither does a Sunday off.
    expect(await preview(off('2026-11-08'))).toMatchObject({ cases: 0, timers: 0, earliest: [] });
  });

  test('saves, is seen by every process, and the deadlines follow; the clock stays, and who did it is written down', async () => {
    const clocks = () => sql(`select id, clock_from, clock_days, version from cases order by id`);
    const [before, seen] = [await clocks(), await preview(off('2026-11-04'))];
    expect((await save(off('2026-11-04'))).status).toBe(200);
    // Another process with a connection of its own.
    await expect.poll(() => stage.ctx.city.calendar.isWorkday('2026-11-04' as PlainDate)).toBe(false);
    expect((await read(city)).changes[0]).toMatchObject({ done: false, moved: 0 });
    expect(await followChanges(stage.ctx)).toBe(seen.cases + seen.timers);
    expect(await followChanges(stage.ctx)).toBe(0);
    expect(await dueOf(number)).toBe('2026-11-06');
    expect(await clocks()).toEqual(before);
    const [change] = (await read(await stage.person(RECEIVING_CLERK))).changes;
    expect(change).toMatchObject({ by: '周国平', first: '2026-11-04', last: '2026-11-04', kind: 'holiday' });
    expect(change).toMatchObject({ name: '停电', before: [], done: true, moved: seen.cases + seen.timers });
    // Later is bad for nobody: no one is told.
    expect(await told()).toEqual([]);
  });

  test('whoever holds a case that is due sooner is told once; nobody else is told anything', async () => {
    const clerk = await stage.person(RECEIVING_CLERK);
    await use(clerk, number, 'claim');
    await sql(`delete from messages`);
    // Back to an ordinary day: what was written before is kept in the trace.
    expect((await save(ordinary('2026-11-04'))).status).toBe(200);
    await followChanges(stage.ctx);
    await followChanges(stage.ctx);
    expect(await dueOf(number)).toBe('2026-11-05');
    const me = await sql(`select claimed_by from cases where number = '${number}'`);
    expect(await sql(`select account_id, template, state from messages`)).toEqual([
      { account_id: me[0]?.['claimed_by'], template: 'digest.sooner', state: 'kept' },
    ]);
    expect((await read(city)).changes[0].before).toEqual([{ day: '2026-11-04', works: false, name: '停电' }]);
    expect((await read(city)).days.map(({ day }: { day: string }) => day)).not.toContain('2026-11-04');
  });

  test('a change that moves nothing tells nobody', async () => {
    await sql(`delete from messages`);
    expect((await save(off('2026-11-07', '2026-11-08', '周末活动'))).status).toBe(200);
    expect(await followChanges(stage.ctx)).toBe(0);
    expect(await sql(`select from messages`)).toHaveLength(0);
    expect((await read(city)).changes[0]).toMatchObject({ done: true, moved: 0 });
  });

  test('a Saturday worked brings deadlines forward', async () => {
    const liu = await stage.person(LIU);
    await use(liu, number, 'withdraw');
    stage.at('2026-11-05 10:00');
    const again = await apply(liu, 'relocation', move);
    expect(await dueOf(again)).toBe('2026-11-10');
    const seen = await preview(worked('2026-11-07'));
    expect(seen).toMatchObject({ later: 0, sooner: seen.cases });
    expect(seen.earliest).toContainEqual({ from: '2026-11-10', to: '2026-11-09', count: 1 });
    await save(worked('2026-11-07'));
    await followChanges(stage.ctx);
    expect(await dueOf(again)).toBe('2026-11-09');
  });

  test('a published day that somebody made ordinary stays so when the product starts again', async () => {
    expect((await save(ordinary('2026-12-31'))).body.code).toBe('calendar-same');
    await save(ordinary('2027-01-01'));
    await seedCalendar(stage.ctx.db, 2024, 2027);
    expect((await read(city, 2027)).days.map(({ day }: { day: string }) => day)).not.toContain('2027-01-01');
    await followChanges(stage.ctx);
  });

  test('nobody rewrites the trace, not even in the database; what is years old and done goes', async () => {
    await expect(sql(`update calendar_changes set by_id = uuidv7()`)).rejects.toThrow('append-only');
    await expect(sql(`delete from calendar_changes`)).rejects.toThrow('append-only');
    const [old] = await sql(`insert into calendar_changes
      select (jsonb_populate_record(c, '{"id": "01900000-0000-7000-8000-000000000000", "at": "2020-01-01", "done_at": "2020-01-02"}')).*
        from calendar_changes c limit 1 returning id`);
    expect(await sql(`delete from calendar_changes where id = '${old?.['id']}' returning id`)).toHaveLength(1);
  });
});
