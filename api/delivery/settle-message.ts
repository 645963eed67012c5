/** What staff do about a message that did not arrive: have it tried once more, or note how the person was told otherwise. */
import { sql } from 'drizzle-orm';
import { preparedSql } from '../../db/prepared.ts';
import { ensureCan, ensurePerson } from '../access/can.ts';
import type { Ctx } from '../context.ts';
import { notFound } from '../errors.ts';
import { isOpenAt, type Settling } from './list-delivery.ts';

const again = preparedSql<{ id: string }>(sql`
  update messages set state = 'queued', tries = 0, last_error = null, next_try_at = ${sql.placeholder('now')}::timestamptz
   where id = ${sql.placeholder('id')}::uuid and settled_at is null and state in ('failed', 'queued')
     and (claimed_until is null or claimed_until <= ${sql.placeholder('now')}::timestamptz)
   returning id`);

/** Tries at once what was given up, or would be tried later. @throws not-signed-in, not-found */
export async function tryAgain(ctx: Ctx, unitId: string, id: string): Promise<void> {
  await ensureOpen(ctx, unitId, id);
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
  const by = await ensureOpen(ctx, unitId, id);
  await settle(ctx.db, { id, how, by, now: ctx.clock().toISOString() });
}

/** Only what the unit's list of what did not arrive shows can be acted on. */
async function ensureOpen(ctx: Ctx, unitId: string, id: string): Promise<string> {
  ensureCan(ctx.actor, 'delivery.settle', { unitId });
  const { accountId } = ensurePerson(ctx.actor);
  if (!(await isOpenAt(ctx, unitId, id))) throw notFound();
  return accountId;
}
