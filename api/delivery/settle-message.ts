/** What staff do about a message that did not arrive: have it tried once more, or note how the person was told otherwise. */
import { sql } from 'drizzle-orm';
import { preparedSql } from '../../db/prepared.ts';
import { ensureCan, ensurePerson } from '../access/can.ts';
import type { Ctx } from '../context.ts';
import { notFound } from '../errors.ts';
import { isOpenAt } from './list-delivery.ts';
import type { Settling } from './list-lines.ts';
import { isOpenToStaff } from './list-staff-delivery.ts';

/** Whose list shows a message: that of a unit's people, or that of its own staff. */
export const audiences = ['people', 'staff'] as const;
export type Audience = (typeof audiences)[number];

interface Listed {
  unit: string;
  to: Audience;
  id: string;
}

const isListed = { people: isOpenAt, staff: isOpenToStaff } satisfies Record<Audience, unknown>;

/** Not a card whose case has moved meanwhile: its buttons would be dead. */
const again = preparedSql<{ id: string }>(sql`
  update messages set state = 'queued', tries = 0, last_error = null, next_try_at = ${sql.placeholder('now')}::timestamptz
   where id = ${sql.placeholder('id')}::uuid and settled_at is null and state in ('failed', 'queued', 'kept')
     and (form = 'notice' or read_at is null)
     and (claimed_until is null or claimed_until <= ${sql.placeholder('now')}::timestamptz)
   returning id`);

/** Tries at once what was given up, or would be tried later. @throws not-signed-in, not-found */
export async function tryAgain(ctx: Ctx, listed: Listed): Promise<void> {
  await ensureOpen(ctx, listed);
  await again(ctx.db, { id: listed.id, now: ctx.clock().toISOString() });
}

const settle = preparedSql<{ id: string }>(sql`
  update messages set state = 'kept', settled_at = ${sql.placeholder('now')}::timestamptz,
         settled_by = ${sql.placeholder('by')}::uuid, settled_how = ${sql.placeholder('how')}
   where id = ${sql.placeholder('id')}::uuid and settled_at is null and state in ('unreachable', 'failed', 'queued', 'kept')
     and (claimed_until is null or claimed_until <= ${sql.placeholder('now')}::timestamptz)
   returning id`);

/** Notes that the person was told otherwise, or that nobody will be; nothing is sent any more. @throws not-signed-in, not-found */
export async function settleMessage(ctx: Ctx, listed: Listed, how: Settling): Promise<void> {
  const by = await ensureOpen(ctx, listed);
  await settle(ctx.db, { id: listed.id, how, by, now: ctx.clock().toISOString() });
}

/** Only what that list of what did not arrive shows can be acted on. */
async function ensureOpen(ctx: Ctx, { unit, to, id }: Listed): Promise<string> {
  ensureCan(ctx.actor, 'delivery.settle', { unitId: unit });
  const { accountId } = ensurePerson(ctx.actor);
  if (!(await isListed[to](ctx, unit, id))) throw notFound();
  return accountId;
}
