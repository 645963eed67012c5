/** What a unit and those below it did beside deciding cases: activities that took place (第十二条), self-help groups (第十四条), visits. */
import { sql } from 'drizzle-orm';
import type { Db } from '../../db/connect.ts';
import { asTable, between, rowsOf } from './count.ts';
import type { Places } from './places.ts';
import type { Period } from './rules.ts';

/** Activities that began in the period, who came to them, and how those who came found them. */
export interface Held {
  branch: number;
  activities: number;
  came: number;
  stars: number;
  rated: number;
}

export interface Counted {
  branch: number;
  count: number;
}

/** What is still to come did not take place yet, and what was called off never did. */
export const countHeld = (db: Db, places: Places, period: Period, now: Date): Promise<Held[]> =>
  rowsOf<Held>(
    db,
    sql`with held as (
          select branch, id from activities join ${asTable(places)} using (unit_id)
           where state = 'published' and ${between(sql`starts_at`, period)}
             and starts_at <= ${now.toISOString()}::timestamptz),
        said as (
          select branch, count(*)::int as came, coalesce(sum(stars), 0)::int as stars, count(stars)::int as rated
            from held join sign_ups on activity_id = held.id
           where checked_in_at is not null
           group by 1)
        select branch, count(*)::int as activities, coalesce(came, 0) as came, coalesce(stars, 0) as stars,
               coalesce(rated, 0) as rated
          from held left join said using (branch)
         group by branch, came, stars, rated`,
  );

/** Groups that there are now, whatever the period. */
export const countGroups = (db: Db, places: Places): Promise<Counted[]> =>
  rowsOf<Counted>(
    db,
    sql`select branch, count(*)::int as count from groups join ${asTable(places)} using (unit_id)
         where ended_at is null group by 1`,
  );

/** Care payments are given on a visit, so each that stands is one; the others are those that groups noted. */
export const countVisits = (db: Db, places: Places, { from, to }: Period): Promise<Counted[]> =>
  rowsOf<Counted>(
    db,
    sql`select branch, sum(visits)::int as count
          from (select unit_id, case entry when 'pay' then 1 else -1 end as visits from care_payments
                 where entry in ('pay', 'reverse') and day between ${from}::date and ${to}::date
                union all
                select unit_id, 1 from group_doings join groups on groups.id = group_id
                 where kind = 'visit' and day between ${from}::date and ${to}::date) as visited
          join ${asTable(places)} using (unit_id)
         group by 1`,
  );
