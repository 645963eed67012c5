/** Tells the registered phone of a retiree that somebody keeps trying to bind their record. */
import { sql } from 'drizzle-orm';
import { preparedSql } from '../../db/prepared.ts';
import { blindIndex } from '../../db/vault.ts';
import type { Ctx } from '../context.ts';
import { dayOf } from '../dates.ts';
import type { IdNumber } from '../values/id-number.ts';

/**
 * One statement that looks the same whether there is such a retiree or not, and whether it is time to tell them or not.
 */
const warn = preparedSql<never>(sql`
  insert into messages (retiree_id, form, template, params, once_key, state, created_at, next_try_at)
  select r.id, 'notice', ${sql.placeholder('template')}::text, jsonb_build_object('unit', '~' || coalesce(c.unit_id, r.insured_at)),
         'bind-tried:' || r.id || ':' || ${sql.placeholder('day')}, 'queued', now, now
    from retirees r left join care c on c.retiree_id = r.id and c.until is null,
         cast(${sql.placeholder('now')} as timestamptz) as now
   where r.id_number_index = decode(${sql.placeholder('number')}, 'hex') and ${sql.placeholder('isTime')}::boolean
     and r.died_on is null and r.phone is not null
  on conflict do nothing`);

/** Tells them once a day. */
export async function warnOwner(ctx: Ctx, number: IdNumber, isTime: boolean): Promise<void> {
  const now = ctx.clock();
  const index = blindIndex('id', number).toString('hex');
  await warn(ctx.db, { template: 'bind-tried', number: index, isTime, now: now.toISOString(), day: dayOf(now) });
}
