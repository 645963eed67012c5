/**
 * Moves deadlines and timers after a change of the calendar. What counts is kept in the rows (from when, how many working days);
 * the due time follows from it and the calendar, as if it were reckoned afresh.
 */
import { sql } from 'drizzle-orm';
import { preparedSql } from '../../../db/prepared.ts';
import type { Ctx } from '../../context.ts';
import type { Calendar } from '../../ports.ts';
import { deadline } from '../deadline.ts';

const PAGE = 500;
/** Before every case. */
const FIRST = '00000000-0000-0000-0000-000000000000';

/** What became of one page of waiting cases. */
export interface MovedPage {
  /** The case to go on after; null when this was the last page. */
  last: string | null;
  /** How many cases and timers moved. */
  moved: number;
  /** Whether something that should move was in somebody's hands this very moment: it wants another round. */
  passedOver: boolean;
  /** Who holds a case that is due sooner than they were told. */
  hurried: string[];
}

interface Row {
  id: string;
  day: string;
  days: number;
  due: string | Date;
  claimed_by: string | null;
}

const waitingCases = preparedSql<Row>(sql`
  select id, to_char(clock_from at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as day, clock_days as days, due_at as due, claimed_by
    from cases
   where id > ${sql.placeholder('after')}::uuid and status in ('open', 'entering') and clock_from is not null
   order by id limit ${PAGE}`);

const waitingTimers = preparedSql<Row>(sql`
  select n::text as id, to_char(from_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as day, working_days as days, due_at as due,
         null as claimed_by
    from timers where case_id = any(${sql.placeholder('cases')}::uuid[]) and fired_at is null`);

/** A row that somebody changed since it was read, or is changing, is left alone: nobody waits for this and it waits for nobody. */
const moveCases = preparedSql<{ id: string }>(sql`
  with moves as (select * from json_to_recordset(${sql.placeholder('moves')}::json) as m(id uuid, day text, days int, was timestamptz, due timestamptz)),
       free as (select id from cases where id in (select id from moves) order by id for no key update skip locked)
  update cases k set due_at = m.due from moves m join free using (id)
   where k.id = m.id and k.due_at = m.was and k.clock_days = m.days
     and to_char(k.clock_from at time zone 'Asia/Shanghai', 'YYYY-MM-DD') = m.day
  returning k.id`);

const moveTimers = preparedSql<{ id: string }>(sql`
  with moves as (select * from json_to_recordset(${sql.placeholder('moves')}::json) as m(id bigint, was timestamptz, due timestamptz)),
       free as (select n from timers where n in (select id from moves) order by n for no key update skip locked)
  update timers t set due_at = m.due from moves m join free on free.n = m.id
   where t.n = m.id and t.due_at = m.was and t.fired_at is null
  returning t.n::text as id`);

/** The deadline of what began on a day: the hour does not matter. @param days working days */
export const dueAfter = (day: string, days: number, calendar: Calendar): Date =>
  deadline(new Date(`${day}T12:00:00+08:00`), days, calendar);

/**
 * Reckons the page of waiting cases after one, with their timers, by this calendar. `ctx.db` is a transaction: a page is whole or
 * not there. What is right already stays untouched, so a page may be done again.
 */
export async function movePage(ctx: Ctx, calendar: Calendar, after: string | null): Promise<MovedPage> {
  const rows = await waitingCases(ctx.db, { after: after ?? FIRST });
  const timers = await waitingTimers(ctx.db, { cases: `{${rows.map(({ id }) => id).join(',')}}` });
  const [wrong, wrongTimers] = [wrongOf(rows, calendar), wrongOf(timers, calendar)];
  const moved = wrong.length > 0 ? await moveCases(ctx.db, { moves: JSON.stringify(wrong) }) : [];
  const movedTimers = wrongTimers.length > 0 ? await moveTimers(ctx.db, { moves: JSON.stringify(wrongTimers) }) : [];
  const done = new Set(moved.map(({ id }) => id));
  const sooner = wrong.filter(({ id, due, was, claimedBy }) => done.has(id) && claimedBy !== null && due < was);
  return {
    last: rows.length < PAGE ? null : (rows.at(-1)?.id ?? null),
    moved: moved.length + movedTimers.length,
    passedOver: moved.length < wrong.length || movedTimers.length < wrongTimers.length,
    hurried: [...new Set(sooner.flatMap(({ claimedBy }) => claimedBy ?? []))],
  };
}

/** Rows whose due time is not what it would be if it were reckoned now. */
function wrongOf(rows: readonly Row[], calendar: Calendar) {
  const known = new Map<string, string>();
  return rows.flatMap(({ id, day, days, due: is, claimed_by: claimedBy }) => {
    const clock = `${day} ${days}`;
    const due = known.get(clock) ?? dueAfter(day, days, calendar).toISOString();
    known.set(clock, due);
    const was = new Date(is).toISOString();
    return was === due ? [] : [{ id, day, days, was, due, claimedBy }];
  });
}
