/** Whatever calendar and whatever cases: what was recomputed is what would be reckoned afresh, wherever it stopped on the way. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { followChanges, reckonAll } from '../../../api/calendar/follow-changes.ts';
import { addDays, type PlainDate } from '../../../api/dates.ts';
import { deadline } from '../../../api/engine/deadline.ts';
import { loadCalendar, seedCalendar } from '../../../api/registry/calendar.ts';
import type { Browser } from '../../tools/browser.ts';
import { openStage, type Stage } from '../engine/stage.ts';

const CITY = '13800000041';
const COMMUNITY = '430111001001';
let stage: Stage;
let city: Browser;
beforeAll(async () => {
  stage = await openStage('2026-11-02 10:00', 'web');
  city = await stage.person(CITY);
  await stage.house.connection.sql`delete from timers`;
  await stage.house.connection
    .sql`update cases set status = 'withdrawn', due_at = null where status in ('open', 'entering')`;
});
afterAll(() => stage.stop());

const day = fc.integer({ min: 0, max: 90 }).map((n) => addDays('2026-10-01' as PlainDate, n));
const clock = fc.record({ day, hour: fc.integer({ min: 0, max: 23 }), days: fc.integer({ min: 1, max: 30 }) });
const change = fc
  .record({
    first: day,
    length: fc.integer({ min: 1, max: 9 }),
    kind: fc.constantFrom('holiday', 'workday', 'ordinary'),
  })
  .map(({ first, length, kind }) => ({ first, last: addDays(first, length - 1), kind, name: '某天' }));

const momentOf = ({ day: from, hour }: { day: string; hour: number }) =>
  new Date(`${from}T${String(hour).padStart(2, '0')}:30:00+08:00`);

interface Row {
  id: string;
  from: Date;
  days: number;
  due: Date;
}
const queries = {
  cases: `select id, clock_from as "from", clock_days as days, due_at as due from cases where status = 'open' order by id`,
  timers: `select n as id, from_at as "from", working_days as days, due_at as due from timers order by n`,
};
async function rowsOf(table: keyof typeof queries): Promise<Row[]> {
  const rows = await stage.house.connection.sql.unsafe<Row[]>(queries[table]);
  return rows.map((row) => ({ ...row, from: new Date(row.from), due: new Date(row.due) }));
}

/** Cases that began at these moments, each with a timer, all due as the calendar has it now. */
async function open(clocks: readonly { day: PlainDate; hour: number; days: number }[]): Promise<void> {
  const { sql } = stage.house.connection;
  const calendar = await loadCalendar(stage.ctx.db);
  await sql`delete from timers`;
  await sql`update cases set status = 'withdrawn' where status = 'open'`;
  for (const one of clocks) {
    const from = momentOf(one);
    const [began, due] = [from.toISOString(), deadline(from, one.days, calendar).toISOString()];
    await sql`
      with opened as (
        insert into cases (number, kind, service_version, status, step, unit_id, capacity, due_at, clock_from, clock_days, opened_at)
        values (nextval('case_numbers')::text, 'call-back', 1, 'open', 'decide', ${COMMUNITY}, 'anyone', ${due}, ${began}, ${one.days}, ${began})
        returning id, round)
      insert into timers (case_id, round, from_at, working_days, due_at) select id, round, ${began}::timestamptz, ${one.days}, ${due}::timestamptz from opened`;
  }
}

async function expectAsAfresh(): Promise<void> {
  const calendar = await loadCalendar(stage.ctx.db);
  for (const table of ['cases', 'timers'] as const) {
    const rows = await rowsOf(table);
    expect(rows.map(({ due }) => due)).toEqual(rows.map(({ from, days }) => deadline(from, days, calendar)));
  }
}

test('recomputed is as reckoned afresh; the preview counted just what moves, and the clocks stay', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(clock, { minLength: 1, maxLength: 8 }),
      fc.array(change, { minLength: 1, maxLength: 3 }),
      async (clocks, changes) => {
        await open(clocks);
        for (const one of changes) {
          const seen = await city.post('/api/staff/calendar/preview', one);
          const before = await rowsOf('cases');
          const saved = await city.post('/api/staff/calendar', one);
          expect(saved.status).toBe(seen.status);
          if (saved.status !== 200) continue;
          const moved = await followChanges(stage.ctx);
          const after = await rowsOf('cases');
          const differ = after.filter(({ due }, n) => due.getTime() !== before[n]?.due.getTime()).length;
          expect({ cases: differ, moved }).toEqual({
            cases: seen.body.cases,
            moved: seen.body.cases + seen.body.timers,
          });
          expect(after.map(({ due: _due, ...rest }) => rest)).toEqual(before.map(({ due: _due, ...rest }) => rest));
          await expectAsAfresh();
        }
      },
    ),
    { numRuns: 50 },
  );
}, 120_000);

test('stopped after any page, changed again on the way, with cases in somebody’s hands: in the end all are as afresh', async () => {
  const { sql } = stage.house.connection;
  // The calendar as it was published.
  await sql`delete from calendar_days`;
  await seedCalendar(stage.ctx.db, 2026, 2027);
  const clocks = Array.from({ length: 1100 }, (_, n) => ({
    day: addDays('2026-11-02' as PlainDate, n % 20),
    hour: n % 24,
    days: 1 + (n % 25),
  }));
  await open(clocks);
  const save = async (first: string, kind: string) => {
    const { status } = await city.post('/api/staff/calendar', {
      first,
      last: addDays(first as PlainDate, 2),
      kind,
      name: '停电',
    });
    expect(status).toBe(200);
  };
  await save('2026-12-07', 'holiday');
  expect(await followChanges(stage.ctx, 1)).toBeGreaterThan(0);
  // Half done, another change: its walk stands for both.
  await save('2026-12-14', 'holiday');
  expect(await followChanges(stage.ctx, 1)).toBeGreaterThan(0);
  const [held] = await rowsOf('cases').then((rows) => rows.filter(({ due }) => due > new Date('2026-12-22')).slice(-1));
  await sql.begin(async (tx) => {
    await tx`select from cases where id = ${held?.id ?? ''} for update`;
    await save('2026-12-21', 'holiday');
    await followChanges(stage.ctx);
    const [undone] = await sql`select count(*)::int as n from calendar_changes where done_at is null`;
    expect(undone?.['n']).toBeGreaterThan(0);
  });
  await Promise.all([followChanges(stage.ctx), followChanges(stage.ctx)]);
  expect(await sql`select from calendar_changes where done_at is null`).toHaveLength(0);
  await expectAsAfresh();
  expect(await reckonAll(stage.ctx)).toBe(0);
}, 120_000);
