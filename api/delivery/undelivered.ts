/**
 * What did not reach somebody (第二十四条（二）): messages that failed or are tried again, and those for people without a chat and a
 * mobile, whom the community phones or goes to see; and how those whom it told were told. Per unit, for the people in its care and
 * whoever acts for them.
 */
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { preparedSql } from '../../db/prepared.ts';
import { ensureCan, ensurePerson } from '../access/can.ts';
import type { Ctx } from '../context.ts';
import { notFound } from '../errors.ts';
import { render } from './message.ts';

/** How a person was told in the end, or that nobody will be. */
export const settlings = ['phoned', 'visited', 'letter', 'given-up'] as const;
export type Settling = (typeof settlings)[number];

/** The way that failed, or the only one that is left: the community itself. */
const triedWays = ['chat', 'sms', 'community'] as const;
/** By which way: of what did not arrive, or of what was settled by hand. */
export const deliveryWays = [...triedWays, ...settlings] as const;
export type DeliveryWay = (typeof deliveryWays)[number];
const isSettling = (way: DeliveryWay | undefined): way is Settling => settlings.some((one) => one === way);

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

export const undelivered = z.array(
  z.object({
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
    /** `to-tell`: no way leads to them. `failed`: given up by the machine. `waiting`: tried again at `nextTry`. `settled`: by hand. */
    state: z.enum(['to-tell', 'failed', 'waiting', 'settled']),
    /** Null while no way was tried yet. */
    way: z.enum(deliveryWays).nullable(),
    /** When it was settled, and by whom. */
    settled: z.object({ at: z.iso.datetime(), by: z.string().nullable() }).nullable(),
    tries: z.int(),
    lastError: z.string().nullable(),
    nextTry: z.iso.datetime().nullable(),
  }),
);
export type Undelivered = z.infer<typeof undelivered>;

/** A morning's work of a community; the oldest first. */
const MOST = 100;

interface Row {
  id: string;
  created_at: string | Date;
  retiree_id: string;
  name: string;
  own: boolean;
  template: string;
  params: Record<string, string>;
  number: string | null;
  state: 'unreachable' | 'failed' | 'queued' | 'kept';
  way: 'telegram' | 'sms' | null;
  settled_at: string | Date | null;
  settled_how: Settling | null;
  settled_by: string | null;
  tries: number;
  last_error: string | null;
  next_try_at: string | Date | null;
}

/** So long it can be looked up how somebody was told. */
const LOOKED_BACK = '30 days';

/** From the people of the unit to their messages: each step is an index, however many messages the city has. */
const ofUnit = preparedSql<Row>(sql`
  with people as (
         select r.id, r.name from care c join retirees r on r.id = c.retiree_id
          where c.unit_id = ${sql.placeholder('unitId')} and c.until is null and r.died_on is null),
       reached as (
         select p.id as retiree_id, p.name, true as own, null::uuid as account_id from people p
         union all
         select p.id, p.name, l.relation = 'self', l.account_id
           from people p join links l on l.retiree_id = p.id and l.revoked_at is null),
       found as (
         select m.*, x.retiree_id as whose, x.name, x.own from reached x
           join messages m on m.retiree_id = x.retiree_id where x.account_id is null
         union all
         select m.*, x.retiree_id, x.name, x.own from reached x join messages m on m.account_id = x.account_id)
  select * from (
    select distinct on (f.id) f.id, f.created_at, f.whose as retiree_id, f.name, f.own, f.template, f.params, k.number, f.state,
           f.tries, f.last_error, f.next_try_at, f.way, f.settled_at, f.settled_how, a.name as settled_by
      from found f left join cases k on k.id = f.case_id left join accounts a on a.id = f.settled_by
     where f.form = 'notice' and f.template <> 'erased' and f.template not like 'news.%'
       and case when ${sql.placeholder('how')}::text is not null
                then f.settled_how = ${sql.placeholder('how')}::text
                     and f.settled_at > ${sql.placeholder('now')}::timestamptz - ${sql.raw(`interval '${LOOKED_BACK}'`)}
                else f.settled_at is null
                     and (f.state in ('failed', 'unreachable') or (f.state = 'queued' and f.last_error is not null))
                     and (${sql.placeholder('way')}::text is null
                          or ${sql.placeholder('way')}::text = case when f.state = 'unreachable' then 'community' else f.way end) end
     order by f.id) one
   order by created_at limit ${MOST}`);

/** Messages by their way; without one, everything that did not arrive and is not settled. */
function ofWay({ db, clock }: Ctx, unitId: string, wanted?: DeliveryWay): Promise<Row[]> {
  const how = isSettling(wanted) ? wanted : null;
  const way = how ? null : wanted === 'chat' ? 'telegram' : (wanted ?? null);
  return ofUnit(db, { unitId, how, way, now: clock().toISOString() });
}

function wayOf({ way, state, settled_how }: Row): DeliveryWay | null {
  if (settled_how) return settled_how;
  if (state === 'unreachable') return 'community';
  return way === 'telegram' ? 'chat' : way;
}

/** A unit's people whom something did not reach, or who were told by hand. @throws not-signed-in, not-found */
export async function listUndelivered(ctx: Ctx, unitId: string, way?: DeliveryWay): Promise<Undelivered> {
  ensureCan(ctx.actor, 'delivery.settle', { unitId });
  const rows = await ofWay(ctx, unitId, way);
  const states = { unreachable: 'to-tell', failed: 'failed', queued: 'waiting', kept: 'settled' } as const;
  return rows.map((row) => ({
    id: row.id,
    at: new Date(row.created_at).toISOString(),
    retiree: { id: row.retiree_id, name: row.name },
    to: row.own ? ('retiree' as const) : ('relative' as const),
    text: render(row.template, row.params, ctx.locale, ctx.city),
    about: aboutOf[row.template.replace(/^gentle\./, '')] ?? 'other',
    case: row.number,
    state: states[row.state],
    way: wayOf(row),
    settled: row.settled_at === null ? null : { at: new Date(row.settled_at).toISOString(), by: row.settled_by },
    tries: row.tries,
    lastError: row.last_error,
    nextTry: row.state === 'queued' && row.next_try_at ? new Date(row.next_try_at).toISOString() : null,
  }));
}

const again = preparedSql<{ id: string }>(sql`
  update messages set state = 'queued', tries = 0, last_error = null, next_try_at = ${sql.placeholder('now')}::timestamptz
   where id = ${sql.placeholder('id')}::uuid and state = 'failed' returning id`);

/** Tries once more what was given up. @throws not-signed-in, not-found */
export async function tryAgain(ctx: Ctx, unitId: string, id: string): Promise<void> {
  await ensureOfUnit(ctx, unitId, id);
  await again(ctx.db, { id, now: ctx.clock().toISOString() });
}

const settle = preparedSql<{ id: string }>(sql`
  update messages set state = 'kept', settled_at = ${sql.placeholder('now')}::timestamptz,
         settled_by = ${sql.placeholder('by')}::uuid, settled_how = ${sql.placeholder('how')}
   where id = ${sql.placeholder('id')}::uuid and settled_at is null and state in ('unreachable', 'failed', 'queued')
     and (claimed_until is null or claimed_until <= ${sql.placeholder('now')}::timestamptz)
   returning id`);

/** Notes that the person was told otherwise, or that nobody will be; nothing is sent any more. @throws not-signed-in, not-found */
export async function settleMessage(ctx: Ctx, unitId: string, id: string, how: Settling): Promise<void> {
  const by = await ensureOfUnit(ctx, unitId, id);
  await settle(ctx.db, { id, how, by, now: ctx.clock().toISOString() });
}

/** Only what the unit's list shows can be acted on. */
async function ensureOfUnit(ctx: Ctx, unitId: string, id: string): Promise<string> {
  ensureCan(ctx.actor, 'delivery.settle', { unitId });
  const { accountId } = ensurePerson(ctx.actor);
  const rows = await ofWay(ctx, unitId);
  if (!rows.some((row) => row.id === id)) throw notFound();
  return accountId;
}
