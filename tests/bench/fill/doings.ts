/** What a city does in five years beside deciding cases: activities and who came to them, self-help groups and their visits. */
import type postgres from 'postgres';
import { clerkOf } from './accounts.ts';

const MONTHS = 60;
/** To each activity of a community, one a month, where there are a million retirees; fewer where there are fewer. */
const SIGNED_UP = 20;
const OF = 1_000_000;
const GROUPS = 4;

/** Once; a database that has activities is left as it is. */
export async function fillDoings(sql: postgres.Sql, retirees: number): Promise<void> {
  const signedUp = Math.max(1, Math.min(SIGNED_UP, Math.round((SIGNED_UP * retirees) / OF)));
  const [some] = await sql`select from activities limit 1`;
  if (some) return;
  console.log('activities, groups and visits');
  await sql.begin(async (tx) => {
    const by = clerkOf('4301');
    await tx`
      create temporary table crowd on commit drop as
      select row_number() over () - 1 as n, id from (select id from retirees limit 100000) as picked`;
    await tx`alter table crowd add primary key (n)`;
    await tx`
      insert into activities (unit_id, kind, title, details, starts_at, ends_at, place, directions, seats, taken, opens_at, closes_at, bring,
             walking, companions, contact_name, contact_phone, made_by, made_at)
      select units.id, 'culture', '看戏', '', at, at + interval '2 hours', '活动室', '', 50, ${signedUp}, at - interval '9 days', at - interval '1 day', '',
             'easy', false, '李娟', '0731-84000000', ${by}, at - interval '10 days'
        from units, generate_series(0, ${MONTHS - 1}) as month,
             lateral (select date_trunc('month', now()) - month * interval '1 month' + interval '10 hours' as at) as began
       where level = 'community'`;
    await tx`
      insert into sign_ups (activity_id, retiree_id, account_id, state, size, needs, at, checked_in_at, checked_in_by, checked_at, stars)
      select activity.id, crowd.id, ${by}, 'in', 1, '\\x00', opens_at, case when k % 4 > 0 then starts_at end,
             case when k % 4 > 0 then ${by}::uuid end, starts_at, case when k % 4 = 1 then 3 + k % 3 end
        from (select *, row_number() over () as nth from activities) as activity cross join generate_series(1, ${signedUp}) as k
        join crowd on crowd.n = (activity.nth * 7919 + k) % (select count(*) from crowd)`;
    await tx`
      insert into groups (unit_id, n, made_by, made_at)
      select id, n, ${by}, now() - interval '5 years' from units, generate_series(1, ${GROUPS}) as n where level = 'community'`;
    await tx`
      insert into group_doings (group_id, kind, day, people, words, noted_by, at)
      select id, 'visit', (date_trunc('month', now()) - month * interval '1 month')::date, 2, '\\x00', ${by}, now()
        from groups, generate_series(0, ${MONTHS - 1}) as month`;
  });
  await sql.unsafe('analyze activities, sign_ups, groups, group_doings');
}
