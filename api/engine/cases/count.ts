/** How many cases wait in each view of the pending list. */
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { cases } from '../../../db/schema/engine.ts';
import { ensureCan, ensurePerson } from '../../access/can.ts';
import type { Ctx } from '../../context.ts';
import { pendingViews, scope, type PendingView } from './pending.ts';

/** Counted no further: a district has thousands, and 99+ says enough. */
const MOST_COUNTED = 100;

export const pendingCounts = z.record(z.enum(pendingViews), z.int());

/** Each view's count, 100 standing for a hundred or more. @throws not-signed-in, not-allowed for non-staff */
export async function countPending(ctx: Ctx): Promise<Record<PendingView, number>> {
  ensureCan(ctx.actor, 'pending.read', null);
  const actor = ensurePerson(ctx.actor);
  const columns = pendingViews.map(
    (view) =>
      sql`(select count(*)::int from (select 1 from ${cases} where ${cases.status} in ('open', 'entering')
        and ${scope(ctx, actor, view)} limit ${MOST_COUNTED}) counted) as ${sql.identifier(view)}`,
  );
  const [counts] = await ctx.db.execute<Record<PendingView, number>>(sql`select ${sql.join(columns, sql`, `)}`);
  return counts ?? { mine: 0, nobodys: 0, unit: 0, below: 0, overdue: 0 };
}
