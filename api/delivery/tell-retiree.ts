/** Tells a retiree something that is done in their name, apart from any case. */
import { sql } from 'drizzle-orm';
import { preparedSql } from '../../db/prepared.ts';
import type { Ctx } from '../context.ts';
import type { NewMessage, Part } from './message.ts';
import { enqueue } from './outbox.ts';

/** Nobody for the dead; a row without an account for a living retiree who has none. */
const own = preparedSql<{ account_id: string | null }>(sql`
  select l.account_id from retirees r
    left join links l on l.retiree_id = r.id and l.relation = 'self' and l.revoked_at is null
   where r.id = ${sql.placeholder('retireeId')}::uuid and r.died_on is null`);

/**
 * Tells every account of the retiree's own, but not `except`, who does it themself; without any, the number in the registry. With
 * `registeredToo` that number hears it in any case: a new phone calls itself the retiree's. `ctx.db` is the transaction that does
 * what is told.
 */
export async function tellRetiree(
  ctx: Ctx,
  retireeId: string,
  news: { template: string; params: Record<string, Part>; except?: string; registeredToo?: boolean },
): Promise<void> {
  const { template, params, except, registeredToo = false } = news;
  const rows = await own(ctx.db, { retireeId });
  if (rows.length === 0) return;
  const accounts = rows.flatMap(({ account_id: id }) => (id && id !== except ? [id] : []));
  const knows = rows.some(({ account_id: id }) => id !== null && id === except);
  const message = (to: NewMessage['to']): NewMessage => ({ to, form: 'notice', template, params });
  const registered = registeredToo || (accounts.length === 0 && !knows) ? [message({ retireeId })] : [];
  await enqueue(ctx, [...accounts.map((accountId) => message({ accountId })), ...registered]);
}
