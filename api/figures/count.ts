/**
 * Counts for a unit and everything below it at once: each unit of the subtree belongs to a branch. A case counts once, at the unit that
 * must act or acted last. The indexes `cases_received` and `cases_decided` hold all that is asked of the live table; whole months of
 * the city were counted at night (`count-months.ts`).
 */
import { sql, type SQL } from 'drizzle-orm';
import type { Db } from '../../db/connect.ts';
import { endOf, startOf, type PlainDate } from '../dates.ts';
import type { Places } from './places.ts';
import { monthBounds, monthsOf, yearsOf, type Period } from './rules.ts';
import type { Decided, Received } from './tally.ts';

export interface Waiting {
  branch: number;
  waiting: number;
  overdue: number;
}

export interface Money {
  branch: number;
  fen: number;
}

/** As one array of a type: a parameter each would be too many. */
const texts = (all: readonly string[]) => sql`${`{${all.join()}}`}::text[]`;
const numbers = (all: readonly number[]) => sql`${`{${all.join()}}`}::int[]`;
const moments = (all: readonly Date[]) => sql`${`{${all.map((at) => at.toISOString()).join()}}`}::timestamptz[]`;
export const asTable = ({ units, branches }: Places) =>
  sql`unnest(${texts(units)}, ${numbers(branches)}) as place(unit_id, branch)`;
export const between = (column: SQL, { from, to }: Period) =>
  sql`${column} between ${startOf(from).toISOString()}::timestamptz and ${endOf(to).toISOString()}::timestamptz`;
/** 0 for the first month of the period. Where the part lies in one month, no row is asked in which. */
const monthOf = (column: SQL, period: Period, part: Period) => {
  const [first, ...more] = monthsOf(part);
  const before = sql`${first === undefined ? 0 : monthsOf(period).indexOf(first)}::int`;
  return more.length === 0 ? before : sql`${before} + width_bucket(${column}, ${moments(monthBounds(monthsOf(part)))})`;
};

/** The same for the first days of months. */
const monthsFrom = ({ from }: Period) => {
  const [year, month] = from.split('-').map(Number);
  return sql`((extract(year from month) - ${year}) * 12 + extract(month from month) - ${month})::int`;
};

export const rowsOf = async <Row>(db: Db, query: SQL): Promise<Row[]> =>
  [...(await db.execute(query))] as unknown as Row[];

/** `part` of the period; months are counted from the beginning of the whole. */
export const countReceived = (db: Db, places: Places, period: Period, part: Period): Promise<Received[]> =>
  rowsOf<Received>(
    db,
    sql`select branch, ${monthOf(sql`opened_at`, period, part)} as month, kind,
               count(*)::int as received, (count(*) filter (where returns > 0))::int as returned
          from cases join ${asTable(places)} using (unit_id)
         where ${between(sql`opened_at`, part)}
         group by 1, 2, 3`,
  );

/** The same from what was counted at night. */
export const readReceived = (db: Db, places: Places, period: Period, part: Period): Promise<Received[]> =>
  rowsOf<Received>(
    db,
    sql`select branch, ${monthsFrom(period)} as month, kind, sum(received)::int as received, sum(returned)::int as returned
          from figure_months join ${asTable(places)} using (unit_id)
         where month between ${part.from}::date and ${part.to}::date and days is null
         group by 1, 2, 3`,
  );

export const countDecided = (db: Db, places: Places, period: Period, part: Period): Promise<Decided[]> =>
  rowsOf<Decided>(
    db,
    inThreeWays(
      sql`select branch, ${monthOf(sql`decided_at`, period, part)} as month, kind, used_days as days, late,
                 count(*) as decided, sum(stars) as stars, count(stars) as rated
            from cases join ${asTable(places)} using (unit_id)
           where ${between(sql`decided_at`, part)}
           group by 1, 2, 3, 4, 5`,
    ),
  );

/** The same from what was counted at night, which has the services of the whole city: `places` are all there are. */
export function readDecided(db: Db, places: Places, period: Period, part: Period): Promise<Decided[]> {
  const sums = sql`sum(decided)::int as decided, sum(stars)::int as stars, sum(rated)::int as rated`;
  const ofPart = sql`days is not null and month between ${part.from}::date and ${part.to}::date`;
  return rowsOf<Decided>(
    db,
    sql`select branch, ${monthsFrom(period)} as month, null as kind, days, late, decided, stars, rated
          from (select branch, month, days, late, ${sums} from figure_months join ${asTable(places)} using (unit_id)
                 where ${ofPart} group by grouping sets ((branch, days, late), (month, days, late))) as units
        union all
        select null, null, kind, days, late, ${sums} from figure_months
         where ${ofPart} and unit_id is null group by kind, days, late`,
  );
}

/** By branch, by month and by service, each with the days that it took. */
const inThreeWays = (fine: SQL) => sql`
  with fine as materialized (${fine})
  select branch, month, kind, days, late, sum(decided)::int as decided,
         coalesce(sum(stars), 0)::int as stars, sum(rated)::int as rated
    from fine
   group by grouping sets ((branch, days, late), (month, days, late), (kind, days, late))`;

/** The first days that were not counted at night, of cases and of the rest; null where nothing was. */
export interface CountedUntil {
  cases: PlainDate | null;
  doings: PlainDate | null;
}
export const NOTHING_COUNTED: CountedUntil = { cases: null, doings: null };

export async function countedUntil(db: Db): Promise<CountedUntil> {
  const after = (table: string) =>
    sql`(select to_char(max(month) + interval '1 month', 'YYYY-MM-DD') from ${sql.identifier(table)})`;
  const [row] = await rowsOf<CountedUntil>(
    db,
    sql`select ${after('figure_months')} as cases, ${after('figure_doings')} as doings`,
  );
  return row ?? NOTHING_COUNTED;
}

export const countWaiting = (db: Db, places: Places, now: Date): Promise<Waiting[]> =>
  rowsOf<Waiting>(
    db,
    sql`select branch, count(*)::int as waiting,
               (count(*) filter (where due_at < ${now.toISOString()}::timestamptz))::int as overdue
          from cases join ${asTable(places)} using (unit_id)
         where status in ('open', 'entering')
         group by 1`,
  );

export const sumBudgets = (db: Db, places: Places, period: Period): Promise<Money[]> =>
  rowsOf<Money>(
    db,
    sql`select branch, sum(total_fen)::float8 as fen
          from budget_lines join ${asTable(places)} using (unit_id)
         where year = any(${numbers(yearsOf(period))})
         group by 1`,
  );
