/** The days of the calendar's table, and whether a change of them may be. */
import { between } from 'drizzle-orm';
import { calendarDays } from '../../db/schema/registry.ts';
import type { Db } from '../../db/connect.ts';
import type { NamedDay } from '../../db/schema/calendar.ts';
import { ensureCan } from '../access/can.ts';
import type { Ctx } from '../context.ts';
import { addDays, dayOf, type PlainDate } from '../dates.ts';
import type { Calendar } from '../ports.ts';
import { calendarOf } from '../registry/calendar.ts';
import { daysBackwards, daysNeedName, daysOutOfReach, nothingChanges, tooManyDays } from './errors.ts';
import { changesNothing, daysOf, type DayChange } from './rules.ts';

/** No holiday is longer. */
const MOST_DAYS = 31;
/** The State Council publishes one year ahead. */
const YEARS_AHEAD = 2;

/** Every change of days takes it, and every page that moves deadlines: a page always counts by the calendar of its moment. */
export const CALENDAR_LOCK = 4321;

/** @throws not-signed-in, not-allowed, and what is wrong with the days */
export function ensureMayChange({ actor, clock }: Ctx, { first, last, kind, name }: DayChange): void {
  ensureCan(actor, 'calendar.write', null);
  if (last < first) throw daysBackwards();
  if (last > addDays(first, MOST_DAYS - 1)) throw tooManyDays(MOST_DAYS);
  const year = Number(dayOf(clock()).slice(0, 4));
  if (first < `${year}-01-01` || last > `${year + YEARS_AHEAD}-12-31`) throw daysOutOfReach(year, year + YEARS_AHEAD);
  if (kind !== 'ordinary' && name === '') throw daysNeedName();
}

/** What the table says of these days. @throws calendar-same when the change would leave them as they are */
export async function daysBefore(db: Db, change: DayChange): Promise<NamedDay[]> {
  const { day, works, name } = calendarDays;
  const rows = await db
    .select({ day, works, name })
    .from(calendarDays)
    .where(between(day, change.first, change.last))
    .orderBy(day)
    .limit(MOST_DAYS);
  if (changesNothing(change, new Map(rows.map((row) => [row.day, row])))) throw nothingChanges();
  return rows;
}

/** A calendar as it would be with the change. */
export function withChange(calendar: Calendar, change: DayChange): Calendar {
  const changed = calendarOf(new Map(daysOf(change).map(({ day, works }) => [day, works])));
  const isChanged = (day: PlainDate) => day >= change.first && day <= change.last;
  const at = (day: PlainDate) => (isChanged(day) ? changed : calendar);
  return { isWorkday: (day) => at(day).isWorkday(day), isHoliday: (day) => at(day).isHoliday(day) };
}
