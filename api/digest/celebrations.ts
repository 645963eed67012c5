/** Birthdays of the week and activities of the day, per unit: what a desk looks forward to in the morning. */
import { sql } from 'drizzle-orm';
import { preparedSql } from '../../db/prepared.ts';
import type { Ctx } from '../context.ts';
import { addDays, endOf, startOf, type PlainDate } from '../dates.ts';

/** So many names a message has room for. */
const NAMES = 5;
const DAYS = 7;

interface Celebrated {
  unit_id: string;
  path: string;
  n: number;
  names: string[];
}

/** Whose birthday it is on these days of the year, by the index of birthdays; the first few by name, the soonest first. */
const birthdays = preparedSql<Celebrated>(sql`
  select c.unit_id, u.path, count(*)::int as n, (array_agg(r.name order by d.at, r.name))[1:${sql.raw(String(NAMES))}] as names
    from unnest(${sql.placeholder('months')}::int[], ${sql.placeholder('days')}::int[]) with ordinality as d(month, day, at)
    join retirees r on extract(month from r.born) = d.month and extract(day from r.born) = d.day and r.died_on is null
    join care c on c.retiree_id = r.id and c.until is null
    join units u on u.id = c.unit_id
   group by c.unit_id, u.path`);

const held = preparedSql<{ unit_id: string; path: string; n: number }>(sql`
  select a.unit_id, u.path, count(*)::int as n from activities a join units u on u.id = a.unit_id
   where a.state = 'published' and a.starts_at between ${sql.placeholder('today')}::timestamptz and ${sql.placeholder('tonight')}::timestamptz
   group by a.unit_id, u.path`);

export interface Celebrations {
  birthdays: Celebrated[];
  activities: { unit_id: string; path: string; n: number }[];
}

export async function celebrationsOf({ db }: Ctx, day: PlainDate): Promise<Celebrations> {
  const week = Array.from({ length: DAYS }, (_, at) => addDays(day, at));
  const part = (from: number, to: number) => `{${week.map((one) => Number(one.slice(from, to))).join(',')}}`;
  return {
    birthdays: await birthdays(db, { months: part(5, 7), days: part(8, 10) }),
    activities: await held(db, { today: startOf(day).toISOString(), tonight: endOf(day).toISOString() }),
  };
}
