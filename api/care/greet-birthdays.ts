/** 生日祝福: on their birthday those with a chat of their own hear a kind word. Nobody is sent a text message for it. */
import { sql } from 'drizzle-orm';
import { preparedSql } from '../../db/prepared.ts';
import type { Ctx } from '../context.ts';
import { dayOf, type PlainDate } from '../dates.ts';
import { plain, unitName } from '../delivery/message.ts';
import { enqueue } from '../delivery/outbox.ts';
import { birthdayIn } from './rules.ts';

const PAGE = 200;
const FIRST = '00000000-0000-0000-0000-000000000000';

interface Celebrated {
  link_id: string;
  retiree_id: string;
  account_id: string;
  name: string;
  unit_id: string | null;
}

const today = preparedSql<Celebrated>(sql`
  select l.id as link_id, r.id as retiree_id, l.account_id, r.name, c.unit_id
    from retirees r
    join links l on l.retiree_id = r.id and l.relation = 'self' and l.revoked_at is null
    left join care c on c.retiree_id = r.id and c.until is null
   where r.died_on is null and extract(month from r.born) = ${sql.placeholder('month')}::int
     and extract(day from r.born) = any(${sql.placeholder('days')}::int[])
     and exists (select from logins g where g.account_id = l.account_id and g.kind = 'telegram' and g.blocked_at is null)
     and l.id > ${sql.placeholder('after')}::uuid
   order by l.id limit ${PAGE}`);

/** Greets everybody whose birthday it is, once a year each, however often it runs. @returns how many messages were written */
export async function greetBirthdays(ctx: Ctx): Promise<number> {
  const day = dayOf(ctx.clock());
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
  let greeted = 0;
  for (let after = FIRST; ;) {
    const page = await today(ctx.db, { month, days: `{${birthDaysOn(day).join(',')}}`, after });
    const last = page.at(-1);
    if (!last) return greeted;
    await enqueue(
      ctx,
      page.map((one) => ({
        to: { accountId: one.account_id },
        form: 'notice',
        template: one.unit_id ? 'birthday' : 'birthday-alone',
        params: { name: plain(one.name), unit: unitName(one.unit_id ?? '') },
        onceKey: `birthday:${year}:${one.link_id}`,
        quiet: true,
      })),
    );
    greeted += page.length;
    after = last.link_id;
  }
}

/** The days of the month that are somebody's birthday on this day: born on 29 February, one is greeted on the 28th of the other years. Pure. */
export function birthDaysOn(day: PlainDate): number[] {
  const own = Number(day.slice(8));
  const leapling = birthdayIn('2000-02-29', Number(day.slice(0, 4)));
  return leapling === day && own !== 29 ? [own, 29] : [own];
}
