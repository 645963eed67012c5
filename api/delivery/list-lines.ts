/** What the lists of messages have in common, whoever the messages are for: what may be asked for, and what a line says. */
import { sql, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import type { Ctx } from '../context.ts';
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

/** What a line says of any message. */
export const lineShape = {
  id: z.uuid(),
  at: z.iso.datetime(),
  text: z.string(),
  case: z.string().nullable(),
  state: z.enum(states),
  /** Whether it did not arrive: it can be settled. */
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
};
type AnyLine = z.infer<z.ZodObject<typeof lineShape>>;

export interface DeliveryQuery {
  unit: string;
  /** What did not arrive, when left out; how it was settled says that it was. */
  list?: DeliveryList | undefined;
  way?: DeliveryWay | undefined;
  /** A case number, or the beginning of a name; of a retiree also its pinyin, or the last four digits of the phone. */
  words?: string | undefined;
  after?: string | undefined;
}

/** What did not arrive, the oldest first: a morning's work. Everything else, the newest first. */
const oldestFirst: readonly DeliveryList[] = ['open', 'to-tell', 'failed', 'waiting'];

const inList: Record<Exclude<DeliveryList, 'open'>, SQL> = {
  'to-tell': sql`m.state = 'unreachable'`,
  failed: sql`m.state = 'failed'`,
  waiting: sql`m.state = 'queued'`,
  sent: sql`m.state = 'sent'`,
  kept: sql`m.state = 'kept' and m.settled_at is null`,
  settled: sql`m.state = 'kept' and m.settled_at is not null`,
  // What a newer one made pointless was never to be said.
  all: sql`m.state <> 'replaced'`,
};

function byWay(way: DeliveryWay | undefined): SQL {
  if (way === undefined) return sql`true`;
  if (isSettling(way)) return sql`m.settled_how = ${way}`;
  if (way === 'community') return sql`m.state = 'unreachable'`;
  return sql`m.settled_at is null and m.way = ${way === 'chat' ? 'telegram' : way}`;
}

/** Which messages (`m`) a query means, in which order; `isOpen` says of one that it did not arrive. */
export function askedFor(query: DeliveryQuery, isOpen: SQL): { messages: SQL; order: SQL } {
  const list = isSettling(query.way) ? 'settled' : (query.list ?? 'open');
  const forward = oldestFirst.includes(list);
  const [at, id] = query.after?.split(',') ?? [];
  const behind =
    at && id ? sql`(m.created_at, m.id) ${forward ? sql`>` : sql`<`} (${at}::timestamptz, ${id}::uuid)` : sql`true`;
  return {
    messages: sql`${list === 'open' ? isOpen : inList[list]} and ${byWay(query.way)} and ${behind}`,
    order: forward ? sql`m.created_at, m.id` : sql`m.created_at desc, m.id desc`,
  };
}

/** The case number that somebody typed, however they parted it; null when the words are anything else. */
export function caseNumberIn(words: string): string | null {
  const digits = words.normalize('NFKC').replace(/[\s-]/g, '');
  return /^\d{9,12}$/.test(digits) ? digits : null;
}
export const ofCase = (number: string): SQL => sql`m.case_id in (select id from cases where number = ${number})`;

/** What a line is made of; `lineColumns` reads it. */
export interface LineRow extends Record<string, unknown> {
  id: string;
  created_at: string | Date;
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

/** Of messages `m` with `open`. */
export const lineColumns = sql`m.id, m.created_at, m.template, m.params, (select number from cases where id = m.case_id) as number,
           m.state, open, m.way, m.sent_at, m.settled_at, m.settled_how,
           (select a.name from accounts a where a.id = m.settled_by) as settled_by, m.tries, m.last_error, m.next_try_at,
           to_char(m.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as place`;

const PAGE = 50;
/** One more than a page: whether there is another behind it. */
export const PAGE_AND_ONE = PAGE + 1;

/** The page of these rows; `next` is to be given as `after` for the page behind, null at the end. */
export function pageOf<Row extends LineRow, Line>(
  rows: readonly Row[],
  toLine: (row: Row) => Line,
): { messages: Line[]; next: string | null } {
  const page = rows.slice(0, PAGE);
  const last = rows.length > PAGE ? page.at(-1) : undefined;
  return { messages: page.map(toLine), next: last ? `${last.place},${last.id}` : null };
}

export function lineOf(ctx: Ctx, row: LineRow): AnyLine {
  const iso = (moment: string | Date) => new Date(moment).toISOString();
  return {
    id: row.id,
    at: iso(row.created_at),
    text: render(row.template, row.params, ctx.locale, ctx.city),
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

function stateOf({ state, settled_at: settledAt }: LineRow): AnyLine['state'] {
  if (settledAt !== null) return 'settled';
  return ({ unreachable: 'to-tell', failed: 'failed', queued: 'waiting', sent: 'sent', kept: 'kept' } as const)[state];
}

function wayOf({ way, state, settled_how: how }: LineRow): DeliveryWay | null {
  if (how) return how;
  if (state === 'unreachable') return 'community';
  return way === 'telegram' ? 'chat' : way;
}
