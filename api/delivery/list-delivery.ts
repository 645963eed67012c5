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
import { render } from './message.ts';

/** How a person was told in the end, or that nobody will be. */
export const settlings = ['phoned', 'visited', 'letter', 'slip', 'given-up'] as const;
export type Settling = (typeof settlings)[number];
const isSettling = (way: DeliveryWay | undefined): way is Settling => settlings.some((one) => one === way);

/** The way that was tried last, or the only one that is left: the community itself; or how it was settled by hand. */
export const deliveryWays = ['chat', 'sms', 'community', ...settlings] as const;
export type DeliveryWay = (typeof deliveryWays)[number];

/** `to-tell`: no way leads to them. `failed`: given up by the machine. `kept`: in the person's own list. `settled`: by hand. */
const states = ['to-tell', 'failed', 'waiting', 'sent', 'kept', 'settled'] as const;

/** What may be listed: what did not arrive and is not settled; one of these states; or everything. */
export const deliveryLists = ['open', ...states, 'all'] as const;
export type DeliveryList = (typeof deliveryLists)[number];

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

const line = z.object({
  id: z.uuid(),
  at: z.iso.datetime(),
  /** In whose matter. */
  retiree: z.object({ id: z.uuid(), name: z.string() }),
  /** Whether it is for the retiree, or for somebody who acts for them. */
  to: z.enum(['retiree', 'relative']),
  text: z.string(),
  /** What a slip at the door may say of it: neither the service nor how it was decided, which neighbours could read. */
  about: z.enum(abouts),
  case: z.string().nullable(),
  state: z.enum(states),
  /** Whether it did not arrive: the community can settle it. */
  open: z.boolean(),
  /** Null while no way was tried yet. */
  way: z.enum(deliveryWays).nullable(),
  /** When it went out. */
  sent: z.iso.datetime().nullable(),
  /** When it was settled, and by whom. */
  settled: z.object({ at: z.iso.datetime(), by: z.string().nullable() }).nullable(),
  tries: z.int(),
  lastError: z.string().nullable(),
  nextTry: z.iso.datetime().nullable(),
});
export type DeliveryLine = z.infer<typeof line>;

/** `next` is to be given as `after` for the page behind; null at the end. */
export const deliveryPage = z.object({ messages: z.array(line), next: z.string().nullable() });
export type DeliveryPage = z.infer<typeof deliveryPage>;

export interface DeliveryQuery {
  unit: string;
  /** What did not arrive, when left out; how it was settled says that it was. */
  list?: DeliveryList | undefined;
  way?: DeliveryWay | undefined;
  /** A case number, the beginning of a name or its pinyin, or the last four digits of the phone. */
  words?: string | undefined;
  after?: string | undefined;
}

const PAGE = 50;

/** What did not arrive, the oldest first: a morning's work. Everything else, the newest first. */
const oldestFirst: readonly DeliveryList[] = ['open', 'to-tell', 'failed', 'waiting'];

const isOpen = sql`m.settled_at is null and (m.state in ('failed', 'unreachable') or (m.state = 'queued' and m.last_error is not null))`;

const inList: Record<DeliveryList, SQL> = {
  open: isOpen,
  'to-tell': sql`m.state = 'unreachable'`,
  failed: sql`m.state = 'failed'`,
  waiting: sql`m.state = 'queued'`,
  sent: sql`m.state = 'sent'`,
  kept: sql`m.state = 'kept' and m.settled_at is null`,
  settled: sql`m.settled_at is not null`,
  // What a newer one made pointless was never to be said.
  all: sql`m.state <> 'replaced'`,
};

function byWay(way: DeliveryWay | undefined): SQL {
  if (way === undefined) return sql`true`;
  if (isSettling(way)) return sql`m.settled_how = ${way}`;
  if (way === 'community') return sql`m.state = 'unreachable'`;
  return sql`m.settled_at is null and m.way = ${way === 'chat' ? 'telegram' : way}`;
}

interface Row extends Record<string, unknown> {
  id: string;
  created_at: string | Date;
  retiree_id: string;
  name: string;
  own: boolean;
  template: string;
  params: Record<string, string>;
  number: string | null;
  state: 'unreachable' | 'failed' | 'queued' | 'sent' | 'kept';
  open: boolean;
  way: 'telegram' | 'sms' | null;
  sent_at: string | Date | null;
  settled_at: string | Date | null;
  settled_how: Settling | null;
  settled_by: string | null;
  tries: number;
  last_error: string | null;
  next_try_at: string | Date | null;
  place: string;
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
    select distinct on (m.created_at, m.id) m.id, m.created_at, whose as retiree_id, name, own, m.template, m.params,
           (select number from cases where id = m.case_id) as number, m.state, open, m.way, m.sent_at, m.settled_at, m.settled_how,
           (select a.name from accounts a where a.id = m.settled_by) as settled_by, m.tries, m.last_error, m.next_try_at,
           to_char(m.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as place
      from found m order by ${order}, own desc, whose limit ${most}`;
}

/** Words for people at home. News has a page of its own; whether a sign-in is theirs is nobody else's. */
const toPeople = sql`m.form = 'notice' and m.template not in ('erased', 'confirm-sign-in') and m.template not like 'news.%'`;

/** Somebody of the unit, or a case; whose keys lead to them is found in an index. */
function matching(unitId: string, words: string): { people: SQL; wanted: SQL } {
  const digits = words.normalize('NFKC').replace(/[\s-]/g, '');
  const everybody = { people: sql`true`, wanted: sql`true` };
  if (/^\d{9,12}$/.test(digits))
    return { ...everybody, wanted: sql`m.case_id in (select id from cases where number = ${digits})` };
  const term = searchTerm(words);
  if (term === '') return everybody;
  const key = /^\d{3}[\dx]$/.test(term)
    ? sql`s.key = ${lastFourKey(term)}`
    : sql`s.key like ${`${term.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`}`;
  const named = sql`exists (select from search_keys s where s.unit_id = ${unitId} and s.retiree_id = r.id and ${key})`;
  return { ...everybody, people: sql`(starts_with(r.name, ${words.trim()}) or ${named})` };
}

/** What became of a unit's messages, page by page. @throws not-signed-in, not-allowed */
export async function listDelivery(ctx: Ctx, query: DeliveryQuery): Promise<DeliveryPage> {
  ensureCan(ctx.actor, 'delivery.settle', { unitId: query.unit });
  const list = isSettling(query.way) ? 'settled' : (query.list ?? 'open');
  const { people, wanted } = matching(query.unit, query.words ?? '');
  const forward = oldestFirst.includes(list);
  const [at, id] = query.after?.split(',') ?? [];
  const behind =
    at && id ? sql`(m.created_at, m.id) ${forward ? sql`>` : sql`<`} (${at}::timestamptz, ${id}::uuid)` : sql`true`;
  const messages = sql`${toPeople} and ${inList[list]} and ${byWay(query.way)} and ${wanted} and ${behind}`;
  const order = forward ? sql`m.created_at, m.id` : sql`m.created_at desc, m.id desc`;
  const rows = await ctx.db.execute<Row>(ofUnit({ unitId: query.unit, people, messages, order, most: PAGE + 1 }));
  const page = rows.slice(0, PAGE);
  const last = rows.length > PAGE ? page.at(-1) : undefined;
  return { messages: page.map((row) => toLine(ctx, row)), next: last ? `${last.place},${last.id}` : null };
}

/** Whether the unit's list of what did not arrive shows this one: only that can be acted on. */
export async function isOpenAt({ db }: Ctx, unitId: string, id: string): Promise<boolean> {
  const messages = sql`${toPeople} and ${isOpen} and m.id = ${id}`;
  const asked = { unitId, people: sql`true`, messages, order: sql`m.created_at, m.id`, most: 1 };
  const rows = await db.execute(ofUnit(asked));
  return rows.length > 0;
}

function toLine(ctx: Ctx, row: Row): DeliveryLine {
  const iso = (moment: string | Date) => new Date(moment).toISOString();
  return {
    id: row.id,
    at: iso(row.created_at),
    retiree: { id: row.retiree_id, name: row.name },
    to: row.own ? 'retiree' : 'relative',
    text: render(row.template, row.params, ctx.locale, ctx.city),
    about: aboutOf[row.template.replace(/^gentle\./, '')] ?? 'other',
    case: row.number,
    state: stateOf(row),
    open: row.open,
    way: wayOf(row),
    sent: row.sent_at === null ? null : iso(row.sent_at),
    settled: row.settled_at === null ? null : { at: iso(row.settled_at), by: row.settled_by },
    tries: row.tries,
    lastError: row.last_error,
    nextTry: row.state === 'queued' && row.next_try_at ? iso(row.next_try_at) : null,
  };
}

function stateOf({ state, settled_at: settledAt }: Row): DeliveryLine['state'] {
  if (settledAt !== null) return 'settled';
  return ({ unreachable: 'to-tell', failed: 'failed', queued: 'waiting', sent: 'sent', kept: 'kept' } as const)[state];
}

function wayOf({ way, state, settled_how: how }: Row): DeliveryWay | null {
  if (how) return how;
  if (state === 'unreachable') return 'community';
  return way === 'telegram' ? 'chat' : way;
}
