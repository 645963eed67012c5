/** The working calendar: Monday to Friday, but for public holidays and the make-up days (调休) worked for them. */
import { ne } from 'drizzle-orm';
import { LegalHoliday } from 'tyme4ts';
import { calendarDays } from '../../db/schema/registry.ts';
import type { Db } from '../../db/connect.ts';
import { addDays, weekday, type PlainDate } from '../dates.ts';
import type { Calendar } from '../ports.ts';

/** The calendar as the table has it. */
export async function loadCalendar(db: Db): Promise<Calendar> {
  // A day without a name is as its day of the week has it.
  const days = await db.select().from(calendarDays).where(ne(calendarDays.name, ''));
  return calendarOf(new Map(days.map(({ day, works }) => [day, works])));
}

/** A calendar with these exceptions. Pure. */
export function calendarOf(exceptions: ReadonlyMap<string, boolean>): Calendar {
  return {
    isWorkday: (day) => exceptions.get(day) ?? ![0, 6].includes(weekday(day)),
    isHoliday: (day) => exceptions.get(day) === false,
  };
}

/** Public holidays and make-up days of a year as the State Council published them; empty when it has not yet. */
export function publishedDays(year: number): { day: PlainDate; works: boolean; name: string; year: number }[] {
  const found = [];
  for (let day = `${year}-01-01` as PlainDate; day <= `${year}-12-31`; day = addDays(day, 1)) {
    const [y = 0, m = 0, d = 0] = day.split('-').map(Number);
    const holiday = LegalHoliday.fromYmd(y, m, d);
    if (holiday) found.push({ day, works: holiday.isWork(), name: holiday.getName(), year });
  }
  return found;
}

/** Fills the table with the published years; a day that somebody edited stays as it is. */
export async function seedCalendar(db: Db, from: number, to: number): Promise<void> {
  for (let year = from; year <= to; year += 1) {
    const days = publishedDays(year);
    if (days.length > 0) await db.insert(calendarDays).values(days).onConflictDoNothing();
  }
}
