/** Who can be told at these units: read once a page of cases. */
import { sql } from 'drizzle-orm';
import type { Db } from '../../db/connect.ts';
import { preparedSql } from '../../db/prepared.ts';
import { isAway, isOnDuty, onDay, stoodIn } from '../access/duty.ts';
import { dayOf } from '../dates.ts';

export interface StaffOfUnits {
  /** Whoever is on duty at the unit itself. */
  onDuty(unitId: string): string[];
  /** Who answers for what somebody has in hand there: they, their deputy, or whoever is on duty when neither is there. */
  hands(accountId: string, unitId: string): string[];
  leads(unitId: string): string[];
  hasChat(accountId: string): boolean;
}

interface Posted {
  unit_id: string;
  account_id: string;
  /** A deputy of a lead leads as well. */
  leads: boolean;
  on_duty: boolean;
  away: boolean;
  /** Who stands in while it is on leave, and is there. */
  deputy: string | null;
  chat: boolean;
}

const posted = preparedSql<Posted>(sql`
  select p.unit_id, p.account_id, ${isOnDuty(sql`p`, onDay)} as on_duty, ${isAway(sql`p`, onDay)} as away,
         p.role = 'lead' or exists (select from ${stoodIn(onDay)} and v.deputy_id = p.id and a.role = 'lead') as leads,
         (select d.account_id from ${stoodIn(onDay)} and v.post_id = p.id limit 1) as deputy,
         exists (select from logins l where l.account_id = p.account_id and l.kind = 'telegram' and l.blocked_at is null) as chat
    from posts p
   where p.unit_id = any(${sql.placeholder('units')}::text[]) and p.ended_at is null and p.suspended_at is null`);

/** @param now the moment whose day counts for leaves */
export async function loadStaff(db: Db, unitIds: readonly string[], now: Date): Promise<StaffOfUnits> {
  const rows = await posted(db, { units: `{${unitIds.join(',')}}`, day: dayOf(now) });
  const at = Map.groupBy(rows, (row) => row.unit_id);
  const chats = new Set(rows.filter(({ chat }) => chat).map((row) => row.account_id));
  const accounts = (unitId: string, fits: (row: (typeof rows)[number]) => boolean) =>
    (at.get(unitId) ?? []).filter(fits).map((row) => row.account_id);
  const onDuty = (unitId: string) => accounts(unitId, ({ on_duty: isThere }) => isThere);
  return {
    onDuty,
    hands: (accountId, unitId) => {
      const own = at.get(unitId)?.find((row) => row.account_id === accountId);
      if (!own?.away) return [accountId];
      return own.deputy ? [own.deputy] : onDuty(unitId);
    },
    leads: (unitId) => accounts(unitId, ({ leads, on_duty: isThere }) => leads && isThere),
    hasChat: (accountId) => chats.has(accountId),
  };
}
