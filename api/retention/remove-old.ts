/**
 * Removes what is past its time. One statement a page removes and writes down what it removed, so it can be stopped at any moment
 * and done again; rows that somebody works on are left to the next night.
 */
import { sql, type SQL } from 'drizzle-orm';
import type { Db } from '../../db/connect.ts';
import type { Keep } from '../config.ts';
import { dayOf } from '../dates.ts';
import { kinds, rules, type Kind, type Rule } from './rules.ts';
import { earlier } from './span.ts';

/** Pages of one kind a night: a backlog of years goes in several nights, and none of them lasts until morning. */
const MOST_PAGES = 100;

/** How many of a kind are past their time, and from when the oldest and the newest are. */
export interface Past {
  what: Kind;
  count: number;
  oldest: Date | null;
  newest: Date | null;
}

/** Applies every rule. A kind that fails does not keep the others from their turn. @throws when one failed */
export async function removeOld(db: Db, keep: Keep, now: Date, mostPages = MOST_PAGES): Promise<Record<Kind, number>> {
  const removed = Object.fromEntries(kinds.map((what) => [what, 0])) as Record<Kind, number>;
  const failures: unknown[] = [];
  for (const what of kinds) {
    try {
      for (let page = 0; page < mostPages; page += 1) {
        const count = await removePage(db, what, keep, now);
        removed[what] += count;
        if (count < rules[what].page) break;
      }
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Not everything past its time could be removed.');
  return removed;
}

/** What `removeOld` would remove, were it not limited: nothing is changed. */
export async function countOld(db: Db, keep: Keep, now: Date): Promise<Past[]> {
  const counts = kinds.map(async (what) => {
    const [row] = await db.execute<{ count: number; oldest: string | null; newest: string | null }>(sql`
      select count(*)::int as count, min(at) as oldest, max(at) as newest from (${past(rules[what], keep, now)}) due`);
    const moment = (text: string | null | undefined) => (text ? new Date(text) : null);
    return { what, count: row?.count ?? 0, oldest: moment(row?.oldest), newest: moment(row?.newest) };
  });
  return Promise.all(counts);
}

async function removePage(db: Db, what: Kind, keep: Keep, now: Date): Promise<number> {
  const rule = rules[what];
  const steps = rule.remove(now).map((step, n) => sql`${sql.identifier(`step_${n}`)} as (${step})`);
  const [row] = await db.execute<{ n: number }>(sql`
    with due as materialized (
           ${past(rule, keep, now)} order by at limit ${rule.page} for update of t skip locked),
         ${sql.join(steps, sql`, `)},
         counted as (select count(*)::int as n, min(at) as oldest, max(at) as newest from due),
         noted as (
           insert into removals as r (day, what, count, oldest, newest)
           select ${dayOf(now)}::date, ${what}, n, oldest, newest from counted where n > 0
           on conflict (day, what) do update set count = r.count + excluded.count,
             oldest = least(r.oldest, excluded.oldest), newest = greatest(r.newest, excluded.newest))
    select n from counted`);
  return row?.n ?? 0;
}

/** The rows past their time, as `id` and `at`. */
function past(rule: Rule, keep: Keep, now: Date): SQL {
  const before = sql`${earlier(now, rule.after(keep)).toISOString()}::timestamptz`;
  return sql`select ${rule.key} as id, ${rule.at} as at from ${rule.from} where ${rule.where(before)}`;
}
