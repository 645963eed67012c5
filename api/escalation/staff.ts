/** Who can be told at these units: read once a page of cases. */
import { sql } from 'drizzle-orm';
import type { Db } from '../../db/connect.ts';
import { preparedSql } from '../../db/prepared.ts';

export interface StaffOfUnits {
  /** Whoever is on duty at the unit itself. */
  onDuty(unitId: string): string[];
  leads(unitId: string): string[];
  hasChat(accountId: string): boolean;
}

const posted = preparedSql<{ unit_id: string; account_id: string; role: string; on_duty: boolean; chat: boolean }>(sql`
  select p.unit_id, p.account_id, p.role, p.on_duty,
         exists (select from logins l where l.account_id = p.account_id and l.kind = 'telegram' and l.blocked_at is null) as chat
    from posts p
   where p.unit_id = any(${sql.placeholder('units')}::text[]) and p.ended_at is null and p.suspended_at is null`);

export async function loadStaff(db: Db, unitIds: readonly string[]): Promise<StaffOfUnits> {
  const rows = await posted(db, { units: `{${unitIds.join(',')}}` });
  const at = Map.groupBy(rows, (row) => row.unit_id);
  const chats = new Set(rows.filter(({ chat }) => chat).map((row) => row.account_id));
  const accounts = (unitId: string, fits: (row: (typeof rows)[number]) => boolean) =>
    (at.get(unitId) ?? []).filter(fits).map((row) => row.account_id);
  return {
    onDuty: (unitId) => accounts(unitId, ({ on_duty: onDuty }) => onDuty),
    leads: (unitId) => accounts(unitId, ({ role, on_duty: onDuty }) => role === 'lead' && onDuty),
    hasChat: (accountId) => chats.has(accountId),
  };
}
