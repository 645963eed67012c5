/** 专人（第二十一条）: who answers for the retirees of a unit. */
import { sql } from 'drizzle-orm';
import { preparedSql } from '../../db/prepared.ts';
import type { Db } from '../../db/connect.ts';

const named = preparedSql<{ unit_id: string; post_id: string; name: string | null }>(sql`
  select r.unit_id, r.post_id, a.name
    from responsible r
    join posts p on p.id = r.post_id and p.unit_id = r.unit_id and p.ended_at is null and p.suspended_at is null
    join accounts a on a.id = p.account_id
   where r.unit_id = any(${sql.placeholder('units')}::text[])`);

export interface Responsible {
  postId: string;
  name: string | null;
}

/** Who is named at these units, by unit; one without anybody, or whose post gives no more power, is not there. */
export async function responsibleAt(db: Db, unitIds: readonly string[]): Promise<ReadonlyMap<string, Responsible>> {
  if (unitIds.length === 0) return new Map();
  const rows = await named(db, { units: `{${unitIds.join(',')}}` });
  return new Map(rows.map((row) => [row.unit_id, { postId: row.post_id, name: row.name }]));
}
