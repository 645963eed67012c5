/** Whose certification runs out soon (第十一条（三）): the query that opens their cases. */
import { sql } from 'drizzle-orm';
import type { Db } from '../../db/connect.ts';
import { preparedSql } from '../../db/prepared.ts';
import { monthsBefore, type PlainDate } from '../dates.ts';
import { certification } from '../rulebook.ts';

/** How many are asked for at a time. */
const PAGE = 500;
const FIRST = '00000000-0000-0000-0000-000000000000';

/** Nobody is asked twice about the same year, however the first time ended: the agency has it then. */
const due = preparedSql<{ id: string }>(sql`
  select r.id from retirees r
   where r.certified_on <= ${sql.placeholder('before')}::date and r.died_on is null
     and r.id > ${sql.placeholder('after')}::uuid
     and not exists (select from cases k where k.subject_id = r.id and k.kind = 'certification'
                        and k.opened_at >= r.certified_on + make_interval(months => ${sql.placeholder('months')}::int))
   order by r.id limit ${PAGE}`);

/** The living whose last certification is known and nearly a year old, by id. Whose day nobody knows is not asked: the roster brings it. */
export async function whoIsDue(db: Db, today: PlainDate, after: string | null): Promise<string[]> {
  const months = certification.validMonths - certification.aheadMonths;
  const rows = await due(db, { before: monthsBefore(today, months), after: after ?? FIRST, months });
  return rows.map(({ id }) => id);
}
