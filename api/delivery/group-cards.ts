/**
 * Cards that come faster than anybody reads: beyond three within a minute they are counted in one message with a button to the list,
 * which grows. Done at sending, where what goes to one person goes in order.
 */
import { sql } from 'drizzle-orm';
import { preparedSql } from '../../db/prepared.ts';
import type { Db } from '../../db/connect.ts';
import type { Claimed } from './claim.ts';
import { countsCards } from './message.ts';

/** So many cards somebody is sent within a minute. */
const CARDS_A_MINUTE = 3;
const MINUTE_MS = 60_000;

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

/** Takes the cards back and counts them; one message a person and minute, whoever counts. `out`: it was handed to the chat before. */
const count = preparedSql<{ id: string; account_id: string; params: Record<string, string>; out: boolean }>(sql`
  with gone as (
         update messages set state = 'replaced', claimed_until = null
          where id = any(${sql.placeholder('ids')}::uuid[]) and state = 'queued' returning account_id),
       counted as (select account_id, count(*)::int as n from gone group by account_id)
  insert into messages (account_id, form, template, params, once_key, state, created_at, next_try_at)
  select account_id, 'card', ${countsCards}, jsonb_build_object('count', n::text),
         'cards:' || account_id || ':' || ${sql.placeholder('minute')}, 'queued',
         ${sql.placeholder('now')}::timestamptz, ${sql.placeholder('now')}::timestamptz
    from counted order by account_id
  on conflict (once_key) where once_key is not null do update
     set params = jsonb_build_object('count', ((messages.params ->> 'count')::int + (excluded.params ->> 'count')::int)::text)
  returning id, account_id, params,
            state <> 'queued' or coalesce(claimed_until > ${sql.placeholder('now')}::timestamptz, false) as out`);

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
    const minute = String(Math.floor(now.getTime() / MINUTE_MS));
    const counted = await count(tx, { ids, minute, now: at });
    const rows = JSON.stringify(counted.filter(({ out }) => out));
    await change(tx, { rows, now: at });
  });
  const gone = new Set(late.map(({ id }) => id));
  return claimed.filter(({ id }) => !gone.has(id));
}

const listOf = (rows: readonly { id: string }[]): string => `{${rows.map(({ id }) => id).join(',')}}`;
