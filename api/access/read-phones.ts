/** Reads the phones that `doesOwnTapCount` compares. One query, also when nobody is known: the asker must not see the difference. */
import { sql } from 'drizzle-orm';
import { preparedSql } from '../../db/prepared.ts';
import { openBytes } from '../../db/vault.ts';
import type { Ctx } from '../context.ts';
import { keyOf } from './accounts.ts';
import { doesOwnTapCount } from './own-tap.ts';

interface Row {
  phone: Buffer | null;
  alive: boolean;
  own: { accountId: string; phones: string[] }[];
  asker: string[];
}

const phones = preparedSql<Row>(sql`
  select r.phone, r.id is not null and r.died_on is null as alive,
    coalesce((select json_agg(json_build_object('accountId', l.account_id, 'phones',
        coalesce((select json_agg(encode(w.key, 'hex')) from logins w where w.account_id = l.account_id and w.kind = 'phone'), '[]')))
      from links l where l.retiree_id = r.id and l.relation = 'self' and l.revoked_at is null), '[]') as own,
    coalesce((select json_agg(encode(w.key, 'hex')) from logins w
      where w.account_id = ${sql.placeholder('askerId')}::uuid and w.kind = 'phone'), '[]') as asker
  from (select ${sql.placeholder('retireeId')}::uuid as id) wanted left join retirees r on r.id = wanted.id`);

/** Whether the retiree's own tap counts, and whether a message to the number in the registry would only reach the asker. */
export async function readOwnTap(
  ctx: Ctx,
  retireeId: string | null,
  askerId: string | null,
): Promise<{ counts: boolean; reachesAsker: boolean }> {
  const [row] = await phones(ctx.db, { retireeId, askerId });
  if (!row) return { counts: false, reachesAsker: false };
  const number = row.phone && (JSON.parse(openBytes(row.phone, 'retirees.phone').toString()) as string);
  const registered = number && keyOf('phone', number).toString('hex');
  const asker = { accountId: askerId, phones: row.asker };
  return {
    counts: doesOwnTapCount({ alive: row.alive, registered, own: row.own, asker }),
    reachesAsker: registered !== null && row.asker.includes(registered),
  };
}
