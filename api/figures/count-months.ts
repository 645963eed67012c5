/** Every night: what happened in the months that are over, counted for the units right below the city. */
import { sql } from 'drizzle-orm';
import { figureMonths } from '../../db/schema/figures.ts';
import type { Ctx } from '../context.ts';
import { dayOf, monthsBefore, startOf, type PlainDate } from '../dates.ts';
import { asTable } from './count.ts';
import { keepDoings } from './keep-doings.ts';
import { placesOf } from './places.ts';

/** Counts all of it anew, since some of it may change long after: some seconds for a million cases. */
export async function countMonths({ db, city: { units }, clock }: Ctx): Promise<void> {
  const [city] = units.children(null, 'city');
  if (!city) return;
  const below = units.children(city.id);
  const places = placesOf(city, below, units);
  const branchIds = [city, ...below].map(({ id }) => id);
  const unit = sql`(${`{${branchIds.join()}}`}::text[])[branch + 1]`;
  const thisMonth = `${dayOf(clock()).slice(0, 7)}-01` as PlainDate;
  const before = startOf(thisMonth).toISOString();
  const monthOf = (column: 'opened_at' | 'decided_at') =>
    sql`date_trunc('month', ${sql.raw(column)} at time zone 'Asia/Shanghai')::date`;
  await db.transaction(async (tx) => {
    // Two nights at once would count everything twice; whoever reads meanwhile has what was there.
    await tx.execute(sql`lock table ${figureMonths} in share row exclusive mode`);
    await tx.delete(figureMonths);
    await tx.execute(sql`
      insert into ${figureMonths} (unit_id, month, kind, received, returned)
      select ${unit}, month, kind, received, returned
        from (select branch, ${monthOf('opened_at')} as month, kind, count(*) as received,
                     count(*) filter (where returns > 0) as returned
                from cases join ${asTable(places)} using (unit_id)
               where opened_at < ${before}::timestamptz
               group by 1, 2, 3) as counted`);
    await tx.execute(sql`
      insert into ${figureMonths} (unit_id, month, kind, days, late, decided, stars, rated)
      select case when branch is not null then ${unit} end, month, kind, days, late, decided, stars, rated
        from (select branch, month, kind, days, late, count(*) as decided, coalesce(sum(stars), 0) as stars, count(stars) as rated
                from (select branch, ${monthOf('decided_at')} as month, kind, used_days as days, late, stars
                        from cases join ${asTable(places)} using (unit_id)
                       where decided_at < ${before}::timestamptz) as decided
               group by grouping sets ((branch, month, days, late), (kind, month, days, late))) as counted`);
    // Who came, payments and visits are often noted later: the month before is still counted whenever somebody looks.
    await keepDoings(tx, places, unit, monthsBefore(thisMonth, 1));
  });
}
