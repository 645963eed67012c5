/** Whether the sums that the database keeps beside the ledger of care payments are what its entries add up to. */
import type { Connection } from '../../db/connect.ts';

/** What the ledger says that was not what the triggers hold: allowances and budgets that do not sum. */
export async function disagreements({ sql }: Pick<Connection, 'sql'>): Promise<unknown[]> {
  const allowances = await sql`
    with sums as (
      select retiree_id, ceiling, period,
             sum(case entry when 'reserve' then fen when 'pay' then 0 else -fen end)::int as fen,
             sum(case entry when 'reserve' then 1 when 'pay' then 0 else -1 end)::int as uses
        from care_payments group by 1, 2, 3)
    select * from sums full join care_allowances a using (retiree_id, ceiling, period)
     where period <> 'life' and (sums.fen, sums.uses) is distinct from (a.used_fen, a.uses)`;
  const lines = await sql`
    with sums as (
      select unit_id, year, kind,
             sum(case entry when 'reserve' then fen when 'reverse' then 0 else -fen end)::int as reserved,
             sum(case entry when 'pay' then fen when 'reverse' then -fen else 0 end)::int as spent
        from care_payments group by 1, 2, 3)
    select * from budget_lines b left join sums using (unit_id, year, kind)
     where (coalesce(reserved, 0), coalesce(spent, 0)) is distinct from (reserved_fen, spent_fen)`;
  return [...allowances, ...lines];
}
