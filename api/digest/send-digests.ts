/**
 * The morning's digest: on working days everybody on duty with a chat hears what their desk has to do, in figures; of people only whose
 * birthday comes, by name for the unit that cares for them. A desk with nothing to do is left in peace. A lead without a chat, whom nothing
 * else finds, gets one text message when something is overdue.
 */
import { sql } from 'drizzle-orm';
import { preparedSql } from '../../db/prepared.ts';
import { isOnDuty, onDay } from '../access/duty.ts';
import type { Ctx } from '../context.ts';
import { addDays, dayOf, endOf, startOf, type PlainDate } from '../dates.ts';
import { plain, unitName, type NewMessage } from '../delivery/message.ts';
import { enqueue } from '../delivery/outbox.ts';
import { staffedSteps } from '../engine/catalogue.ts';
import { celebrationsOf, type Celebrations } from './celebrations.ts';
import { addUp, isQuiet, type Figures, type FiguresOfUnit } from './rules.ts';

const NOTHING = { fresh: 0, today: 0, overdue: 0, birthdays: 0, activities: 0 };
const PAGE = 500;
const FIRST = '00000000-0000-0000-0000-000000000000';

interface Counted {
  unit_id: string;
  path: string;
  fresh: number;
  today: number;
  overdue: number;
}

const waiting = preparedSql<Counted>(sql`
  select k.unit_id, u.path,
         (count(*) filter (where k.opened_at >= ${sql.placeholder('since')}::timestamptz))::int as fresh,
         (count(*) filter (where k.due_at between ${sql.placeholder('today')}::timestamptz and ${sql.placeholder('tonight')}::timestamptz))::int as today,
         (count(*) filter (where k.due_at < ${sql.placeholder('today')}::timestamptz))::int as overdue
    from cases k join units u on u.id = k.unit_id
   where k.status in ('open', 'entering') and k.kind || ' ' || k.step = any(${sql.placeholder('steps')}::text[])
   group by k.unit_id, u.path`);

interface Post {
  id: string;
  account_id: string;
  unit_id: string;
  path: string;
  chat: boolean;
}

const onDuty = preparedSql<Post>(sql`
  select p.id, p.account_id, p.unit_id, u.path, c.chat
    from posts p join units u on u.id = p.unit_id,
         lateral (select exists (select from logins l where l.account_id = p.account_id and l.kind = 'telegram' and l.blocked_at is null) as chat) c
   where p.ended_at is null and p.suspended_at is null and ${isOnDuty(sql`p`, onDay)} and p.id > ${sql.placeholder('after')}::uuid
     and (c.chat or p.role = 'lead')
   order by p.id limit ${PAGE}`);

/** Sends each post its digest of the day, once however often it runs. @returns how many were written */
export async function sendDigests(ctx: Ctx): Promise<number> {
  const day = dayOf(ctx.clock());
  if (!ctx.city.calendar.isWorkday(day)) return 0;
  const celebrations = await celebrationsOf(ctx, day);
  const figures = addUp(await count(ctx, day, celebrations));
  const names = new Map(celebrations.birthdays.map((one) => [one.unit_id, one.names]));
  let written = 0;
  for (let after = FIRST; ;) {
    const page = await onDuty(ctx.db, { after, day });
    const last = page.at(-1);
    if (!last) return written;
    const news = page.flatMap((post) => digestOf(post, day, figures.get(post.unit_id), names.get(post.unit_id) ?? []));
    await enqueue(ctx, news);
    written += news.length;
    after = last.id;
  }
}

/** What came since the last digest, so that nothing of a long weekend is passed over. */
async function count({ db, city }: Ctx, day: PlainDate, found: Celebrations): Promise<FiguresOfUnit[]> {
  let since = addDays(day, -1);
  while (!city.calendar.isWorkday(since)) since = addDays(since, -1);
  const rows = await waiting(db, {
    since: startOf(since).toISOString(),
    today: startOf(day).toISOString(),
    tonight: endOf(day).toISOString(),
    steps: staffedSteps(),
  });
  const units = new Map<string, FiguresOfUnit>();
  const add = ({ unit_id: unitId, path }: { unit_id: string; path: string }, figures: Partial<FiguresOfUnit>) =>
    units.set(unitId, { ...(units.get(unitId) ?? { ...NOTHING, unitId, path }), ...figures });
  for (const { fresh, today, overdue, ...unit } of rows) add(unit, { fresh, today, overdue });
  for (const { n, ...unit } of found.birthdays) add(unit, { birthdays: n });
  for (const { n, ...unit } of found.activities) add(unit, { activities: n });
  return [...units.values()];
}

function digestOf(post: Post, day: PlainDate, found: Figures | undefined, names: readonly string[]): NewMessage[] {
  if (!found || (post.chat ? isQuiet(found) : found.overdue + found.overdueBelow === 0)) return [];
  const params = Object.fromEntries(
    Object.entries({ ...found, below: found.overdueBelow }).map(([name, value]) => [name, plain(String(value))]),
  );
  return [
    {
      to: { accountId: post.account_id, atUnit: post.unit_id },
      form: 'notice',
      template: post.chat ? (isAbove(found) ? 'digest.above' : 'digest.own') : 'digest.late',
      params: { ...params, names: plain(names.join('、')), unit: unitName(post.unit_id) },
      onceKey: `digest:${post.id}:${day}`,
      quiet: true,
    },
  ];
}

const isAbove = ({ overdueBelow, birthdaysBelow, activitiesBelow }: Figures): boolean =>
  overdueBelow + birthdaysBelow + activitiesBelow > 0;
