/** Who is on duty on a day: posts that are not on leave, and those that stand in for one that is. */
import { sql, type SQL } from 'drizzle-orm';
import { preparedSql } from '../../db/prepared.ts';
import type { Ctx } from '../context.ts';
import { dayOf, type PlainDate } from '../dates.ts';

/** The leave `v` lasts on this day. It ends by itself: nothing has to happen for it. */
const lasts = (day: SQL): SQL => sql`v.ended_at is null and ${day} between v.first_day and v.last_day`;

/** The day in a prepared query: give it `day`, the day in Changsha. */
export const onDay = sql`${sql.placeholder('day')}::date`;

/** Whether a post is on leave. @param post the alias of `posts` in the query */
export const isAway = (post: SQL, day: SQL): SQL =>
  sql`exists (select from leaves v where v.post_id = ${post}.id and ${lasts(day)})`;

/** Whether a post that was neither ended nor suspended is on duty. @param post the alias of `posts` in the query */
export const isOnDuty = (post: SQL, day: SQL): SQL => sql`(
  (${post}.on_duty or exists (select from leaves v where v.deputy_id = ${post}.id and ${lasts(day)})) and not ${isAway(post, day)})`;

/** Leaves that last, with the posts of whoever is away (`a`) and of whoever stands in and is there (`d`). */
export const stoodIn = (day: SQL): SQL => sql`
  leaves v join posts a on a.id = v.post_id and a.ended_at is null
           join posts d on d.id = v.deputy_id and d.ended_at is null and d.suspended_at is null and not ${isAway(sql`d`, day)}
     where ${lasts(day)}`;

interface Deputy {
  account_id: string;
  unit_id: string;
  deputy: string;
  name: string | null;
}

/** Who stands in on `onDay` for accounts. @param which what their id is compared with, as `= …` */
export const deputyRowsOf = (which: SQL): SQL => sql`
  select a.account_id, a.unit_id, a.deputy, n.name
    from (select v.post_id, a.account_id, a.unit_id, d.account_id as deputy from ${stoodIn(onDay)} and a.account_id ${which}) a
    join accounts n on n.id = a.deputy`;

const deputies = preparedSql<Deputy>(deputyRowsOf(sql`= any(${sql.placeholder('accounts')}::uuid[])`));

async function deputyRows({ db, clock }: Ctx, accountIds: readonly string[]): Promise<Deputy[]> {
  if (accountIds.length === 0) return [];
  return deputies(db, { day: dayOf(clock()), accounts: `{${[...new Set(accountIds)].join(',')}}` });
}

/** Who stands in today for these accounts, by name. @returns what to ask with account and unit; null where nobody does */
export async function deputiesOf(
  ctx: Ctx,
  accountIds: readonly string[],
): Promise<(accountId: string, unitId: string) => string | null> {
  const rows = await deputyRows(ctx, accountIds);
  return (accountId, unitId) =>
    rows.find((row) => row.account_id === accountId && row.unit_id === unitId)?.name ?? null;
}

/** The account that stands in for one at a unit today; null when it is there itself, or nobody does. */
export async function deputyAt(ctx: Ctx, accountId: string, unitId: string): Promise<string | null> {
  const rows = await deputyRows(ctx, [accountId]);
  return rows.find((row) => row.unit_id === unitId)?.deputy ?? null;
}

/** These accounts, and instead of those on leave whoever stands in for them, at whichever unit. */
export async function whoIsThere(ctx: Ctx, accountIds: readonly string[]): Promise<string[]> {
  const rows = await deputyRows(ctx, accountIds);
  const there = (id: string) => {
    const standIns = rows.filter((row) => row.account_id === id).map((row) => row.deputy);
    return standIns.length > 0 ? standIns : [id];
  };
  return [...new Set(accountIds.flatMap(there))];
}

/** Ids of the waiting cases that others have in hand for whom this account stands in on a day. */
export const heldFor = (accountId: string, day: PlainDate): SQL => sql`
  select h.id from (select a.account_id, a.unit_id from ${stoodIn(sql`${day}::date`)} and d.account_id = ${accountId}) s
    join cases h on h.claimed_by = s.account_id and h.unit_id = s.unit_id and h.status in ('open', 'entering')`;
