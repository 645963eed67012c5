/** When a retiree last used the product themselves: what speaks for somebody who is said to have died. */
import { sql } from 'drizzle-orm';
import { preparedSql } from '../../db/prepared.ts';
import type { Ctx } from '../context.ts';

const seen = preparedSql<{ at: Date | string | null }>(
  sql`
  with own as (select account_id from links where retiree_id = ${sql.placeholder('retireeId')}::uuid
                  and relation = 'self' and revoked_at is null)
  select greatest(
    (select max(coalesce(s.seen_at, s.created_at)) from sessions s join own using (account_id)),
    (select max(c.opened_at) from cases c join own on own.account_id = c.applicant_id
      where c.subject_id = ${sql.placeholder('retireeId')}::uuid)) as at`,
);

/** To the hour, as sessions are kept; null when no account of their own ever did anything. */
export async function lastSeen({ db }: Ctx, retireeId: string): Promise<Date | null> {
  const [row] = await seen(db, { retireeId });
  return row?.at ? new Date(row.at) : null;
}
