/**
 * Sends messages of the outbox: to the person's chat, else by SMS, else they are kept for the person's own list. A row is claimed
 * before it is sent and marked afterwards, so a crash repeats at most the sends that were in flight.
 */
import { sql } from 'drizzle-orm';
import type { Db } from '../../db/connect.ts';
import { openBytes } from '../../db/vault.ts';
import { localeFor } from '../../locales/index.ts';
import type { Clock } from '../dates.ts';
import type { Sms, Units } from '../ports.ts';
import { isMobile, type Phone } from '../values/phone.ts';
import type { Channel, Outgoing, Sent } from './channel.ts';
import { asksYou, render } from './message.ts';

export interface Post {
  db: Db;
  clock: Clock;
  channel: Channel;
  sms: Sms;
  units: () => Units;
}

/** After this many tries, ten hours of them, somebody must look. */
const MOST_TRIES = 20;
const LONGEST_WAIT_MS = 3_600_000;
/** Marked together: a crash repeats no more than these. */
const TOGETHER = 50;
/** Sends at once: Telegram takes about 30 a second. */
const AT_ONCE = 10;
/** How long a claimed message is left alone before another worker takes it for lost. */
const IN_FLIGHT_SECONDS = 60;

interface Claimed extends Record<string, unknown> {
  id: string;
  form: Outgoing['form'];
  template: string;
  params: Record<string, string>;
  tries: number;
  account_id: string | null;
  case_number: string | null;
  edit_of: string | null;
  card_sent_id: string | null;
  card_state: string | null;
  chat: Buffer | null;
  phone: Buffer | null;
  retiree_phone: Buffer | null;
  locale: string | null;
}

/** Delivers these messages, those that are still queued. Never throws for one message: its row says what happened. */
export async function deliver(post: Post, ids: readonly string[]): Promise<void> {
  for (let at = 0; at < ids.length; at += TOGETHER) await deliverTogether(post, ids.slice(at, at + TOGETHER));
}

async function deliverTogether(post: Post, ids: readonly string[]): Promise<void> {
  const claimed = await claim(post, ids);
  const results: { id: string; way: 'telegram' | 'sms' | null; tries: number; sent: Sent | { is: 'kept' } }[] = [];
  const waiting = [...claimed];
  const sendAll = async () => {
    for (let one = waiting.shift(); one; one = waiting.shift()) {
      results.push({ id: one.id, tries: one.tries, ...(await sendOne(post, one)) });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sendAll));
  await mark(post, results);
}

async function claim(post: Post, ids: readonly string[]): Promise<Claimed[]> {
  const now = post.clock();
  const flight = new Date(now.getTime() + IN_FLIGHT_SECONDS * 1000).toISOString();
  const rows = await post.db.execute<Claimed>(sql`
    with claimed as (
      update messages set tries = tries + 1, next_try_at = ${flight}::timestamptz
       where id = any(${sql.param(`{${ids.join(',')}}`)}::uuid[]) and state = 'queued' and next_try_at <= ${now.toISOString()}::timestamptz
      returning *)
    select m.id, m.form, m.template, m.params, m.tries, m.account_id, m.edit_of, k.number as case_number,
           card.sent_id as card_sent_id, card.state as card_state,
           (select address from logins l where l.account_id = m.account_id and kind = 'telegram' and blocked_at is null
             order by created_at desc limit 1) as chat,
           (select address from logins l where l.account_id = m.account_id and kind = 'phone' limit 1) as phone,
           r.phone as retiree_phone, a.locale
      from claimed m
      left join accounts a on a.id = m.account_id
      left join retirees r on r.id = m.retiree_id
      left join cases k on k.id = m.case_id
      left join messages card on card.id = m.edit_of`);
  return [...rows];
}

async function sendOne(
  post: Post,
  row: Claimed,
): Promise<{ way: 'telegram' | 'sms' | null; sent: Sent | { is: 'kept' } }> {
  const message = toOutgoing(post, row);
  try {
    if (row.form === 'edit') return { way: 'telegram', sent: await edit(post, row, message) };
    if (row.chat)
      return { way: 'telegram', sent: await post.channel.send(unsealed(row.chat, 'logins.address'), message) };
    const phone = mobileOf(row);
    // Cards for staff and what goes on in a chat mean nothing as a text message.
    const isForPhones = row.form === 'notice' || row.template === asksYou;
    if (!isForPhones || !phone) return { way: null, sent: { is: 'kept' } };
    await post.sms.send(phone, message.text);
    return { way: 'sms', sent: { is: 'sent', id: '' } };
  } catch (error) {
    return { way: null, sent: { is: 'later', why: (error as Error).message, waitSeconds: 0 } };
  }
}

/** The number that a text message can reach; a landline cannot, whoever has only that is phoned by the community. */
function mobileOf(row: Claimed): Phone | null {
  const own = row.phone && unsealed(row.phone, 'logins.address');
  const registered = row.retiree_phone && unsealed(row.retiree_phone, 'retirees.phone');
  const phone = (own ?? registered) as Phone | null;
  return phone && isMobile(phone) ? phone : null;
}

/** A card that is not out yet is waited for; one that never went out needs no edit. */
async function edit(post: Post, row: Claimed, message: Outgoing): Promise<Sent | { is: 'kept' }> {
  if (row.card_sent_id && row.chat)
    return post.channel.edit(unsealed(row.chat, 'logins.address'), row.card_sent_id, message);
  if (row.card_state === 'queued') return { is: 'later', why: 'its card is not out yet', waitSeconds: 1 };
  return { is: 'kept' };
}

function toOutgoing(post: Post, row: Claimed): Outgoing {
  const locale = localeFor(row.locale);
  return {
    form: row.form,
    template: row.template,
    text: render(row.template, row.params, locale, post.units()),
    locale,
    accountId: row.account_id ?? '',
    caseNumber: row.case_number,
    params: row.params,
  };
}

async function mark(
  post: Post,
  results: { id: string; way: string | null; tries: number; sent: Sent | { is: 'kept' } }[],
): Promise<void> {
  if (results.length === 0) return;
  const now = post.clock();
  const rows = results.map(({ id, way, tries, sent }) => ({
    id,
    way,
    state: stateAfter(sent, tries),
    sent_id: sent.is === 'sent' ? sent.id : null,
    error: 'why' in sent ? sent.why.slice(0, 300) : null,
    next: new Date(now.getTime() + waitMs(sent, tries)).toISOString(),
    gone: sent.is === 'gone',
  }));
  await post.db.execute(sql`
    with result as (select * from json_to_recordset(${JSON.stringify(rows)}::json)
           as r(id uuid, way text, state text, sent_id text, error text, next timestamptz, gone boolean)),
         blocked as (update logins set blocked_at = ${now.toISOString()}::timestamptz
            from result join messages m on m.id = result.id
           where result.gone and logins.account_id = m.account_id and logins.kind = 'telegram')
    update messages m set state = r.state, way = r.way, sent_id = r.sent_id, last_error = r.error,
           next_try_at = r.next, sent_at = case when r.state = 'sent' then ${now.toISOString()}::timestamptz end
      from result r where m.id = r.id`);
}

/** A chat that is gone is tried once more: by then the person's next way is taken. */
function stateAfter(sent: Sent | { is: 'kept' }, tries: number): string {
  if (sent.is === 'sent' || sent.is === 'kept') return sent.is;
  return sent.is === 'failed' || tries >= MOST_TRIES ? 'failed' : 'queued';
}

/** Seconds at first, an hour in the end; never sooner than the channel asked. */
function waitMs(sent: Sent | { is: 'kept' }, tries: number): number {
  if (sent.is === 'gone') return 0;
  if (sent.is !== 'later') return 0;
  return Math.max(sent.waitSeconds * 1000, Math.min(2 ** tries * 1000, LONGEST_WAIT_MS));
}

function unsealed(address: Buffer, place: string): string {
  return JSON.parse(openBytes(Buffer.from(address), place).toString()) as string;
}
