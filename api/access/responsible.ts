/** 专人（第二十一条）: who answers for the retirees of a unit. */
import { sql } from 'drizzle-orm';
import { preparedSql } from '../../db/prepared.ts';
import type { Ctx } from '../context.ts';
import { dayOf } from '../dates.ts';
import { onDay, stoodIn } from './duty.ts';

const named = preparedSql<{ unit_id: string; post_id: string; name: string | null; deputy: string | null }>(sql`
  select r.unit_id, r.post_id, a.name,
         (select n.name from accounts n where n.id = (
           select d.account_id from ${stoodIn(onDay)} and v.post_id = r.post_id limit 1)) as deputy
    from responsible r
    join posts p on p.id = r.post_id and p.unit_id = r.unit_id and p.ended_at is null and p.suspended_at is null
    join accounts a on a.id = p.account_id
   where r.unit_id = any(${sql.placeholder('units')}::text[])`);

export interface Responsible {
  postId: string;
  name: string | null;
  /** Who stands in today, while they are on leave. */
  deputy: string | null;
}

/** Who is named at these units, by unit; one without anybody, or whose post gives no more power, is not there. */
export async function responsibleAt(
  { db, clock }: Ctx,
  unitIds: readonly string[],
): Promise<ReadonlyMap<string, Responsible>> {
  if (unitIds.length === 0) return new Map();
  const rows = await named(db, { units: `{${unitIds.join(',')}}`, day: dayOf(clock()) });
  return new Map(rows.map((row) => [row.unit_id, { postId: row.post_id, name: row.name, deputy: row.deputy }]));
}
