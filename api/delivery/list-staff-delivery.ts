/**
 * What became of the messages to a unit's own staff: cards, reminders, the digest of the morning. Only what was written to somebody
 * for their post there; what the same account is told as a retiree or a relative is nobody's at work.
 */
import { sql, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import { ensureCan } from '../access/can.ts';
import type { Ctx } from '../context.ts';
import {
  askedFor,
  caseNumberIn,
  lineColumns,
  lineOf,
  lineShape,
  ofCase,
  PAGE_AND_ONE,
  pageOf,
  type DeliveryQuery,
  type LineRow,
  type Settling,
} from './list-lines.ts';

/** How a colleague is told in the end: nobody leaves a slip at their door. */
export const staffSettlings = ['phoned', 'given-up'] as const satisfies readonly Settling[];

export const staffLine = z.object({
  ...lineShape,
  to: z.literal('staff'),
  /** Null for a colleague who has not said their name. */
  colleague: z.string().nullable(),
});

interface StaffDeliveryPage {
  messages: z.infer<typeof staffLine>[];
  next: string | null;
}

/**
 * A card has no way but the chat: one that was tried and kept did not arrive. Whoever read it otherwise knows of it, and so does
 * everybody once the case has moved, which marks its cards as read.
 */
const isOpen = sql`m.state in ('queued', 'failed', 'kept') and m.settled_at is null and m.read_at is null
  and (m.state = 'failed' or (m.state = 'queued' and m.last_error is not null) or (m.state = 'kept' and m.tries > 0))`;

/** Written for a post at the unit: an index leads there, the order included. What changes a card is no message of its own. */
const atUnit = (unitId: string): SQL => sql`m.at_unit = ${unitId} and m.form <> 'edit' and m.template <> 'erased'`;

function matching(unitId: string, words: string): SQL {
  const number = caseNumberIn(words);
  if (number) return ofCase(number);
  if (words.trim() === '') return sql`true`;
  return sql`m.account_id in (
    select a.id from posts p join accounts a on a.id = p.account_id
     where p.unit_id = ${unitId} and p.ended_at is null and starts_with(a.name, ${words.trim()}))`;
}

interface Row extends LineRow {
  colleague: string | null;
}

/** What became of the messages to a unit's staff, page by page. @throws not-signed-in, not-allowed */
export async function listStaffDelivery(ctx: Ctx, query: DeliveryQuery): Promise<StaffDeliveryPage> {
  ensureCan(ctx.actor, 'delivery.settle', { unitId: query.unit });
  const { messages, order } = askedFor(query, isOpen);
  const rows = await ctx.db.execute<Row>(sql`
    with found as (
           select m.*, ${isOpen} as open from messages m
            where ${atUnit(query.unit)} and ${messages} and ${matching(query.unit, query.words ?? '')}
            order by ${order} limit ${PAGE_AND_ONE})
    select ${lineColumns}, (select a.name from accounts a where a.id = m.account_id) as colleague
      from found m order by ${order}`);
  return pageOf(rows, (row) => ({ ...lineOf(ctx, row), to: 'staff', colleague: row.colleague }));
}

/** Whether the list of what did not reach the unit's staff shows this one: only that can be acted on. */
export async function isOpenToStaff({ db }: Ctx, unitId: string, id: string): Promise<boolean> {
  const rows = await db.execute(sql`select from messages m where ${atUnit(unitId)} and ${isOpen} and m.id = ${id}`);
  return rows.length > 0;
}
