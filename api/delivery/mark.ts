/** Writes down what became of sent messages, and when those that could not be sent are tried again. */
import { sql } from 'drizzle-orm';
import { preparedSql } from '../../db/prepared.ts';
import type { Db } from '../../db/connect.ts';
import type { MessageState } from '../../db/schema/delivery.ts';
import type { Sent } from './channel.ts';

/** What became of one message. `kept`: it waits in the person's own list. `unreachable`: no way leads to them. */
export interface Outcome {
  id: string;
  way: 'telegram' | 'sms' | null;
  tries: number;
  sent: Sent | { is: 'kept' | 'unreachable' };
}

/** After this many tries, ten hours of them, somebody must look. */
const MOST_TRIES = 20;
const LONGEST_WAIT_MS = 3_600_000;

const write = preparedSql<never>(sql`
  with result as (
         select * from json_to_recordset(${sql.placeholder('rows')}::json)
             as r(id uuid, way text, state text, sent_id text, error text, next timestamptz, gone boolean)),
       blocked as (
         update logins set blocked_at = ${sql.placeholder('now')}::timestamptz
           from result join messages m on m.id = result.id
          where result.gone and logins.account_id = m.account_id and logins.kind = 'telegram')
  update messages m set state = r.state, way = r.way, sent_id = r.sent_id, last_error = r.error, claimed_until = null,
         next_try_at = r.next, sent_at = case when r.state = 'sent' then ${sql.placeholder('now')}::timestamptz end
    from result r where m.id = r.id`);

export async function mark(db: Db, now: Date, outcomes: readonly Outcome[]): Promise<void> {
  if (outcomes.length === 0) return;
  const rows = outcomes.map(({ id, way, tries, sent }) => ({
    id,
    way,
    state: stateAfter(sent, tries),
    sent_id: sent.is === 'sent' ? sent.id : null,
    error: 'why' in sent ? sent.why.slice(0, 300) : null,
    next: new Date(now.getTime() + waitMs(sent, tries)).toISOString(),
    gone: sent.is === 'gone',
  }));
  await write(db, { rows: JSON.stringify(rows), now: now.toISOString() });
}

const untake = preparedSql<never>(sql`
  update messages set claimed_until = null, tries = tries - 1
   where id = any(${sql.placeholder('ids')}::uuid[]) and state = 'queued'`);

/** These were claimed and not tried. */
export async function giveBack(db: Db, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await untake(db, { ids: `{${ids.join()}}` });
}

/** A chat that is gone is tried once more: by then the person's next way is taken. */
function stateAfter(sent: Outcome['sent'], tries: number): MessageState {
  if (sent.is === 'sent' || sent.is === 'kept' || sent.is === 'unreachable') return sent.is;
  return sent.is === 'failed' || tries >= MOST_TRIES ? 'failed' : 'queued';
}

/** Seconds at first, an hour in the end; never sooner than the channel asked. */
function waitMs(sent: Outcome['sent'], tries: number): number {
  if (sent.is !== 'later') return 0;
  return Math.max(sent.waitSeconds * 1000, Math.min(2 ** tries * 1000, LONGEST_WAIT_MS));
}
