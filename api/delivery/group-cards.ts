/**
 * Cards that come faster than anybody reads: beyond three within a minute they are counted in one message with a button to the list,
 * which grows. Done at sending, where what goes to one person goes in order.
 */
import { sql } from 'drizzle-orm';
import { preparedSql } from '../../db/prepared.ts';
import type { Db } from '../../db/connect.ts';
import type { Claimed } from './claim.ts';
import { countsCards } from './message.ts';

/** So many cards somebody is sent within a minute, and besides them one message that counts; whatever minute the clock shows. */
const CARDS_A_MINUTE = 3;

/**
 * Those of these cards that come too fast: before them went, within the last minute, or go as many as somebody is sent. Whoever sends the
 * earlier ones, and whether or not they are in anybody's hands yet, all workers reckon alike.
 */
const tooFast = preparedSql<{ id: string }>(sql`
  select c.id from messages c
   where c.id = any(${sql.placeholder('ids')}::uuid[])
     and (select count(*) from messages m
           where m.account_id = c.account_id and m.form = 'card' and m.template = 'card'
             and m.created_at > ${sql.placeholder('now')}::timestamptz - interval '1 day'
             and (m.sent_at > ${sql.placeholder('now')}::timestamptz - interval '1 minute'
                  or (m.state = 'queued' and m.next_try_at <= ${sql.placeholder('now')}::timestamptz
                      and (m.created_at, m.id) < (c.created_at, c.id)))) >= ${CARDS_A_MINUTE}`);

/** Whose counting is in one worker's hands: another one counts after it, and sees what it wrote. */
const lock = preparedSql<never>(sql`
  select from accounts where id in (select account_id from messages where id = any(${sql.placeholder('ids')}::uuid[]))
   order by id for no key update`);

/**
 * Takes the cards back and counts them: in the message that the person got within the last minute or is about to get, else in a new one.
 * `out`: it was handed to the chat before.
 */
const count = preparedSql<{ id: string; account_id: string; params: Record<string, string>; out: boolean }>(sql`
  with gone as (
         update messages set state = 'replaced', claimed_until = null
          where id = any(${sql.placeholder('ids')}::uuid[]) and state = 'queued' returning account_id, at_unit),
       counted as (
         select g.account_id, min(g.at_unit) as at_unit, count(*)::int as n,
                (select m.id from messages m
                  where m.account_id = g.account_id and m.form = 'card' and m.template = ${countsCards}
                    and m.created_at > ${sql.placeholder('now')}::timestamptz - interval '1 day'
                    and (m.state = 'queued' or m.sent_at > ${sql.placeholder('now')}::timestamptz - interval '1 minute')
                  order by m.created_at desc, m.id desc limit 1) as running
           from gone g group by g.account_id),
       grown as (
         update messages m
            set params = jsonb_build_object('count', ((m.params ->> 'count')::int + c.n)::text)
           from counted c where m.id = c.running
         returning m.id, m.account_id, m.params,
                   m.state <> 'queued' or coalesce(m.claimed_until > ${sql.placeholder('now')}::timestamptz, false) as out),
       fresh as (
         insert into messages (account_id, at_unit, form, template, params, state, created_at, next_try_at)
         select account_id, at_unit, 'card', ${countsCards}, jsonb_build_object('count', n::text), 'queued',
                ${sql.placeholder('now')}::timestamptz, ${sql.placeholder('now')}::timestamptz
           from counted where running is null order by account_id
         returning id, account_id, params, false as out)
  select * from grown union all select * from fresh`);

/** What is out already is changed; a change that nobody has sent yet says the new figure. */
const change = preparedSql<never>(sql`
  with grown as (
         select * from json_to_recordset(${sql.placeholder('rows')}::json) as g(id uuid, account_id uuid, params jsonb)),
       waiting as (
         update messages m set params = g.params from grown g
          where m.edit_of = g.id and m.account_id = g.account_id and m.state = 'queued' and m.claimed_until is null
         returning m.edit_of)
  insert into messages (account_id, form, template, params, edit_of, state, created_at, next_try_at)
  select account_id, 'edit', ${countsCards}, params, id, 'queued',
         ${sql.placeholder('now')}::timestamptz, ${sql.placeholder('now')}::timestamptz
    from grown where id not in (select edit_of from waiting)`);

/** @returns what is still to be sent of these */
export async function groupCards(db: Db, now: Date, claimed: readonly Claimed[]): Promise<readonly Claimed[]> {
  const cards = claimed.filter((one) => one.form === 'card' && one.template === 'card' && one.chat);
  if (cards.length === 0) return claimed;
  const at = now.toISOString();
  const late = await tooFast(db, { ids: listOf(cards), now: at });
  if (late.length === 0) return claimed;
  await db.transaction(async (tx) => {
    const ids = listOf(late);
    await lock(tx, { ids });
    const counted = await count(tx, { ids, now: at });
    const rows = JSON.stringify(counted.filter(({ out }) => out));
    await change(tx, { rows, now: at });
  });
  const gone = new Set(late.map(({ id }) => id));
  return claimed.filter(({ id }) => !gone.has(id));
}

const listOf = (rows: readonly { id: string }[]): string => `{${rows.map(({ id }) => id).join(',')}}`;
