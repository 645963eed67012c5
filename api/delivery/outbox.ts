/** Puts messages into the outbox, in the transaction that causes them: rolled back together, sent only when committed. */
import { sql } from 'drizzle-orm';
import { preparedSql } from '../../db/prepared.ts';
import type { Ctx } from '../context.ts';
import type { NewMessage } from './message.ts';
import { wakingTime } from './quiet-hours.ts';

/** However many there are, it is one statement: PostgreSQL prepares it once. */
const write = preparedSql<never>(sql`
  insert into messages (account_id, at_unit, retiree_id, room_id, case_id, form, template, params, edit_of, once_key, state, created_at, next_try_at)
  select m.account_id, m.at_unit, m.retiree_id, m.room_id, m.case_id, m.form, m.template, m.params, m.edit_of, m.once_key, m.state, now, coalesce(m.not_before, now)
    from json_to_recordset(${sql.placeholder('rows')}::json) as m(
           account_id uuid, at_unit text, retiree_id uuid, room_id uuid, case_id uuid, form text, template text, params jsonb, edit_of uuid, once_key text, state text, not_before timestamptz),
         cast(${sql.placeholder('now')} as timestamptz) as now
  on conflict do nothing`);

/** Writes the messages; a worker finds them once they are committed. `ctx.db` must be the causing transaction. */
export async function enqueue(ctx: Ctx, news: NewMessage[]): Promise<void> {
  if (news.length === 0) return;
  const rows = news.map(({ to, form, template, params, caseId, editOf, onceKey, alreadySaid, quiet }) => ({
    account_id: 'accountId' in to ? to.accountId : null,
    at_unit: ('atUnit' in to && to.atUnit) || null,
    retiree_id: 'retireeId' in to ? to.retireeId : null,
    room_id: 'roomId' in to ? to.roomId : null,
    case_id: caseId ?? null,
    form,
    template,
    // Words take what they name and leave this: it says which request a message came of.
    params: ctx.requestId ? { ...params, requestId: ctx.requestId } : params,
    edit_of: editOf ?? null,
    once_key: onceKey ?? null,
    state: alreadySaid ? 'kept' : 'queued',
    not_before: quiet ? wakingTime(ctx.clock()).toISOString() : null,
  }));
  await write(ctx.db, { rows: JSON.stringify(rows), now: ctx.clock().toISOString() });
}
