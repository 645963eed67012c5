/**
 * What a unit and those below it did beside deciding cases: activities that took place (第十二条), self-help groups (第十四条), visits and
 * care payments. Whole months of the city were counted at night (`keep-doings.ts`).
 */
import { sql } from 'drizzle-orm';
import type { Db } from '../../db/connect.ts';
import { asTable, between, rowsOf, type Money } from './count.ts';
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

/** The same from what was counted at night. */
export const readHeld = (db: Db, places: Places, part: Period): Promise<Held[]> =>
  rowsOf<Held>(
    db,
    sql`select branch, sum(activities)::int as activities, sum(came)::int as came, sum(stars)::int as stars, sum(rated)::int as rated
          from ${kept(places, part)} group by branch`,
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

/** The same from what was counted at night. */
export const readVisits = (db: Db, places: Places, part: Period): Promise<Counted[]> =>
  rowsOf<Counted>(db, sql`select branch, sum(visits)::int as count from ${kept(places, part)} group by branch`);

/** Care payments of the period, less what came back. */
export const sumPaid = (db: Db, places: Places, { from, to }: Period): Promise<Money[]> =>
  rowsOf<Money>(
    db,
    sql`select branch, sum(case entry when 'pay' then fen else -fen end)::float8 as fen
          from care_payments join ${asTable(places)} using (unit_id)
         where entry in ('pay', 'reverse') and day between ${from}::date and ${to}::date
         group by 1`,
  );

/** The same from what was counted at night. */
export const readPaid = (db: Db, places: Places, part: Period): Promise<Money[]> =>
  rowsOf<Money>(db, sql`select branch, sum(paid_fen)::float8 as fen from ${kept(places, part)} group by branch`);

const kept = (places: Places, { from, to }: Period) => sql`(
  select * from figure_doings join ${asTable(places)} using (unit_id)
   where month between ${from}::date and ${to}::date) as kept`;
