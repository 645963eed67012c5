/**
 * 送达: what became of the messages to a unit's people and whoever acts for them. What did not arrive (第二十四条（二）) is told by the
 * community: messages that failed or are tried again, and those for people without a chat and a mobile.
 */
import { sql, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import { lastFourKey } from '../../db/last-four.ts';
import { ensureCan } from '../access/can.ts';
import type { Ctx } from '../context.ts';
import { searchTerm } from '../values/name-keys.ts';
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
} from './list-lines.ts';

/** Something decided, something missing, something under way, or anything else. */
const abouts = ['decided', 'missing', 'moving', 'other'] as const;
const aboutOf: Record<string, (typeof abouts)[number]> = {
  approved: 'decided',
  finished: 'decided',
  rejected: 'decided',
  undone: 'decided',
  returned: 'missing',
  'opened-for-you': 'moving',
  'opened-by-rule': 'moving',
  'passed-on': 'moving',
  forwarded: 'moving',
  resubmitted: 'moving',
};

export const peopleLine = z.object({
  ...lineShape,
  /** In whose matter. */
  retiree: z.object({ id: z.uuid(), name: z.string() }),
  /** Whether it is for the retiree, or for somebody who acts for them. */
  to: z.enum(['retiree', 'relative']),
  /** What a slip at the door may say of it: neither the service nor how it was decided, which neighbours could read. */
  about: z.enum(abouts),
});

interface PeopleDeliveryPage {
  messages: z.infer<typeof peopleLine>[];
  next: string | null;
}

const isOpen = sql`m.settled_at is null and (m.state in ('failed', 'unreachable') or (m.state = 'queued' and m.last_error is not null))`;

interface Row extends LineRow {
  retiree_id: string;
  name: string;
  own: boolean;
}

interface Asked {
  unitId: string;
  /** Which of the unit's people (`r`), and which messages (`m`). */
  people: SQL;
  messages: SQL;
  /** So many at most, in this order. */
  order: SQL;
  most: number;
}

/**
 * From the people of the unit to their messages, of each way no more than asked for: each step is an index, however many messages the city
 * has. Of an account only what is about this person: whoever acts for several is no window from one community into another.
 */
function ofUnit({ unitId, people, messages, order, most }: Asked): SQL {
  const some = (whose: SQL) => sql`
    select m.*, ${isOpen} as open from messages m where ${whose} and ${messages} order by ${order} limit ${most}`;
  const aboutThem = sql`case when m.case_id is null then own or (${isOpen})
    else coalesce((select subject_id from cases where id = m.case_id), whose) = whose end`;
  return sql`
    with people as (
           select r.id, r.name from care c join retirees r on r.id = c.retiree_id
            where c.unit_id = ${unitId} and c.until is null and r.died_on is null and ${people}),
         reached as (
           select p.id as whose, p.name, true as own, null::uuid as account_id from people p
           union all
           select p.id, p.name, l.relation = 'self', l.account_id
             from people p join links l on l.retiree_id = p.id and l.revoked_at is null),
         found as (
           select whose, name, own, m.* from reached cross join lateral (${some(sql`m.retiree_id = whose`)}) m
            where reached.account_id is null
           union all
           select whose, name, own, m.*
             from reached cross join lateral (${some(sql`m.account_id = reached.account_id and ${aboutThem}`)}) m)
    select distinct on (m.created_at, m.id) whose as retiree_id, name, own, ${lineColumns}
      from found m order by ${order}, own desc, whose limit ${most}`;
}

/** Words for people at home, not for a post that one of them has. News has a page of its own; whether a sign-in is theirs is nobody else's. */
const toPeople = sql`m.form = 'notice' and m.at_unit is null and m.template not in ('erased', 'confirm-sign-in') and m.template not like 'news.%'`;

/** Somebody of the unit, or a case; whose keys lead to them is found in an index. */
function matching(unitId: string, words: string): { people: SQL; wanted: SQL } {
  const everybody = { people: sql`true`, wanted: sql`true` };
  const number = caseNumberIn(words);
  if (number) return { ...everybody, wanted: ofCase(number) };
  const term = searchTerm(words);
  if (term === '') return everybody;
  const key = /^\d{3}[\dx]$/.test(term)
    ? sql`s.key = ${lastFourKey(term)}`
    : sql`s.key like ${`${term.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`}`;
  const named = sql`exists (select from search_keys s where s.unit_id = ${unitId} and s.retiree_id = r.id and ${key})`;
  return { ...everybody, people: sql`(starts_with(r.name, ${words.trim()}) or ${named})` };
}

/** What became of the messages to a unit's people, page by page. @throws not-signed-in, not-allowed */
export async function listDelivery(ctx: Ctx, query: DeliveryQuery): Promise<PeopleDeliveryPage> {
  ensureCan(ctx.actor, 'delivery.settle', { unitId: query.unit });
  const { people, wanted } = matching(query.unit, query.words ?? '');
  const asked = askedFor(query, isOpen);
  const messages = sql`${toPeople} and ${asked.messages} and ${wanted}`;
  const { order } = asked;
  const rows = await ctx.db.execute<Row>(ofUnit({ unitId: query.unit, people, messages, order, most: PAGE_AND_ONE }));
  return pageOf(rows, (row) => ({
    ...lineOf(ctx, row),
    retiree: { id: row.retiree_id, name: row.name },
    to: row.own ? 'retiree' : 'relative',
    about: aboutOf[row.template.replace(/^gentle\./, '')] ?? 'other',
  }));
}

/** Whether the unit's list of what did not arrive shows this one: only that can be acted on. */
export async function isOpenAt({ db }: Ctx, unitId: string, id: string): Promise<boolean> {
  const messages = sql`${toPeople} and ${isOpen} and m.id = ${id}`;
  const asked = { unitId, people: sql`true`, messages, order: sql`m.created_at, m.id`, most: 1 };
  const rows = await db.execute(ofUnit(asked));
  return rows.length > 0;
}
