/** The working calendar of a year as staff see it: holidays, make-up days, and who changed what. */
import { and, asc, between, desc, eq, ne } from 'drizzle-orm';
import { z } from 'zod';
import { accounts } from '../../db/schema/access.ts';
import { calendarChanges, dayKinds } from '../../db/schema/calendar.ts';
import { calendarDays } from '../../db/schema/registry.ts';
import { can, ensureCan } from '../access/can.ts';
import type { Ctx } from '../context.ts';
import { dayOf } from '../dates.ts';

const MOST_DAYS = 366;
const MOST_YEARS = 40;
/** Changes that are shown, the newest first. */
const MOST_CHANGES = 30;

const namedDay = z.object({ day: z.iso.date(), works: z.boolean(), name: z.string() });

export const calendarYear = z.object({
  year: z.int(),
  /** Years whose days are known. */
  years: z.array(z.int()),
  /** Days off and days worked instead, in order. */
  days: z.array(namedDay),
  changes: z.array(
    z.object({
      id: z.uuid(),
      at: z.iso.datetime(),
      by: z.string().nullable(),
      first: z.iso.date(),
      last: z.iso.date(),
      kind: z.enum(dayKinds),
      name: z.string(),
      before: z.array(namedDay),
      /** Cases and timers that moved so far, and whether all have. */
      moved: z.int(),
      done: z.boolean(),
    }),
  ),
  mayChange: z.boolean(),
});
export type CalendarYear = z.infer<typeof calendarYear>;

/** @throws not-signed-in, not-allowed */
export async function readCalendar(ctx: Ctx, wanted: number | undefined): Promise<CalendarYear> {
  ensureCan(ctx.actor, 'calendar.read', null);
  const year = wanted ?? Number(dayOf(ctx.clock()).slice(0, 4));
  const [first, last] = [`${year}-01-01`, `${year}-12-31`];
  const [years, days, changes] = await Promise.all([
    ctx.db
      .selectDistinct({ year: calendarDays.year })
      .from(calendarDays)
      .orderBy(desc(calendarDays.year))
      .limit(MOST_YEARS),
    ctx.db
      .select({ day: calendarDays.day, works: calendarDays.works, name: calendarDays.name })
      .from(calendarDays)
      .where(and(between(calendarDays.day, first, last), ne(calendarDays.name, '')))
      .orderBy(asc(calendarDays.day))
      .limit(MOST_DAYS),
    readChanges(ctx, first, last),
  ]);
  return {
    year,
    years: years.map((row) => row.year),
    days,
    changes,
    mayChange: can(ctx.actor, 'calendar.write', null),
  };
}

async function readChanges({ db }: Ctx, first: string, last: string): Promise<CalendarYear['changes']> {
  const rows = await db
    .select({ change: calendarChanges, by: accounts.name })
    .from(calendarChanges)
    .leftJoin(accounts, eq(accounts.id, calendarChanges.byId))
    .where(between(calendarChanges.firstDay, first, last))
    .orderBy(desc(calendarChanges.id))
    .limit(MOST_CHANGES);
  return rows.map(({ change, by }) => ({
    id: change.id,
    at: change.at.toISOString(),
    by,
    first: change.firstDay,
    last: change.lastDay,
    kind: change.kind,
    name: change.name,
    before: change.before.filter(({ name }) => name !== ''),
    moved: change.moved,
    done: change.doneAt !== null,
  }));
}
