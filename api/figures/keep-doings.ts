/** Every night: activities, visits and care payments of the months that are counted by then, as `count-doings.ts` counts them. */
import { sql, type SQL } from 'drizzle-orm';
import type { Db } from '../../db/connect.ts';
import { figureDoings } from '../../db/schema/figures.ts';
import { startOf, type PlainDate } from '../dates.ts';
import { asTable } from './count.ts';
import type { Places } from './places.ts';

/** `unit` is that of a branch; `until` is the first day that is left out. `db` is the night's transaction. */
export async function keepDoings(db: Db, places: Places, unit: SQL, until: PlainDate): Promise<void> {
  await db.delete(figureDoings);
  await db.execute(sql`
    insert into ${figureDoings} (unit_id, month, activities, came, stars, rated, visits, paid_fen)
    select ${unit}, month, sum(activities), sum(came), sum(stars), sum(rated), sum(visits), sum(fen)
      from (select branch, date_trunc('month', starts_at at time zone 'Asia/Shanghai')::date as month, 1 as activities,
                   coalesce(came, 0) as came, coalesce(stars, 0) as stars, coalesce(rated, 0) as rated, 0 as visits, 0 as fen
              from activities join ${asTable(places)} using (unit_id)
              left join (select activity_id, count(*) as came, sum(stars) as stars, count(stars) as rated
                           from sign_ups where checked_in_at is not null group by 1) as said on activity_id = activities.id
             where state = 'published' and starts_at < ${startOf(until).toISOString()}::timestamptz
            union all
            select branch, date_trunc('month', day)::date, 0, 0, 0, 0, sign, sign * fen
              from (select unit_id, day, fen, case entry when 'pay' then 1 else -1 end as sign from care_payments
                     where entry in ('pay', 'reverse') and day < ${until}::date) as paid
              join ${asTable(places)} using (unit_id)
            union all
            select branch, date_trunc('month', day)::date, 0, 0, 0, 0, 1, 0
              from group_doings join groups on groups.id = group_id join ${asTable(places)} using (unit_id)
             where kind = 'visit' and day < ${until}::date) as done
     group by branch, month`);
}
