/** Takes messages that are due into a worker's hands, with all that sending them needs. */
import { sql } from 'drizzle-orm';
import { preparedSql } from '../../db/prepared.ts';
import type { Db } from '../../db/connect.ts';
import type { Outgoing } from './channel.ts';

/** A message about to be sent. Addresses are sealed still. */
export interface Claimed {
  id: string;
  form: Outgoing['form'];
  template: string;
  params: Record<string, string>;
  tries: number;
  account_id: string | null;
  /** The Telegram group that it goes to, instead of to a person. */
  room_id: string | null;
  case_number: string | null;
  /** What an edit changes, in the channel; null when its card never went out. */
  card_sent_id: string | null;
  chat: Buffer | null;
  phone: Buffer | null;
  retiree_phone: Buffer | null;
  room: Buffer | null;
  /** Of the account, or of the group. */
  locale: string | null;
}

/** One of several rounds side by side: it takes the messages of its own share of people, so that theirs stay in order. */
export interface Share {
  part: number;
  of: number;
}
const EVERYBODY: Share = { part: 0, of: 1 };

/**
 * Seconds between two messages to one Telegram group, which takes twenty a minute: these are ten, and ten are left to commands
 * (`roomCommands`).
 */
const ROOM_PAUSE_S = 6;

/** How long a claimed message is left alone before another worker takes it for lost. */
const IN_FLIGHT_MS = 60_000;

/**
 * Nobody waits for anybody: rows in another's hands are passed over. What goes to a Telegram group is claimed together, and then
 * not again for a while. An edit is not due before its card is out, or is known never to go out.
 */
const take = preparedSql<Claimed>(sql`
  with due as (
         select id from messages m
          where state = 'queued' and next_try_at <= ${sql.placeholder('now')}::timestamptz
            and (claimed_until is null or claimed_until <= ${sql.placeholder('now')}::timestamptz)
            and (hashtext(coalesce(account_id, room_id, id)::text) & 2147483647) % ${sql.placeholder('of')}::int = ${sql.placeholder('part')}::int
            and (room_id is null
                 or not exists (select from group_rooms r where r.id = m.room_id and r.send_at > ${sql.placeholder('now')}::timestamptz))
            and (edit_of is null
                 or not exists (select from messages card where card.id = m.edit_of and card.state = 'queued'))
          order by next_try_at limit ${sql.placeholder('most')}
            for update skip locked),
       claimed as (
         update messages set tries = tries + 1, claimed_until = ${sql.placeholder('until')}::timestamptz
           from due where messages.id = due.id
         returning messages.*),
       paced as (
         update group_rooms set send_at = ${sql.placeholder('now')}::timestamptz + interval '${sql.raw(String(ROOM_PAUSE_S))} seconds'
          where id in (select room_id from claimed where room_id is not null))
  select m.id, m.form, m.template, m.params, m.tries, m.account_id, m.room_id, k.number as case_number, card.sent_id as card_sent_id,
         (select address from logins l where l.account_id = m.account_id and kind = 'telegram' and blocked_at is null
           order by created_at desc limit 1) as chat,
         (select address from logins l where l.account_id = m.account_id and kind = 'phone' limit 1) as phone,
         r.phone as retiree_phone,
         coalesce(a.locale, (select locale from group_rooms g where g.id = m.room_id)) as locale,
         (select address from group_rooms g where g.id = m.room_id and unlinked_at is null) as room
    from claimed m
    left join accounts a on a.id = m.account_id
    left join retirees r on r.id = m.retiree_id
    left join cases k on k.id = m.case_id
    left join messages card on card.id = m.edit_of
   order by m.created_at, m.id`);

/** Claims up to `most` messages that are due in this share, oldest first. */
export function claimDue(db: Db, now: Date, most: number, share = EVERYBODY): Promise<Claimed[]> {
  const until = new Date(now.getTime() + IN_FLIGHT_MS).toISOString();
  return take(db, { now: now.toISOString(), until, most, ...share });
}
