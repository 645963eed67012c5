/**
 * Moves deadlines and timers after a change of the calendar. What counts is kept in the rows (from when, how many working days);
 * the due time follows from it and the calendar.
 */
import { sql, type SQL } from 'drizzle-orm';
import type { Ctx } from '../../context.ts';
import { deadline } from '../deadline.ts';

/** One clock that many rows share: they began on the same day, with the same working days. */
interface SharedClock extends Record<string, unknown> {
  day: string;
  days: number;
  due: Date | string;
}

/** @returns how many groups of rows moved */
export async function moveDeadlines(ctx: Ctx): Promise<number> {
  const cases = await move(ctx, {
    table: sql`cases`,
    from: sql`clock_from`,
    days: sql`clock_days`,
    waiting: sql`status in ('open', 'entering') and clock_from is not null and clock_days is not null`,
  });
  const timers = await move(ctx, {
    table: sql`timers`,
    from: sql`from_at`,
    days: sql`working_days`,
    waiting: sql`fired_at is null`,
  });
  return cases + timers;
}

/** A deadline depends on the day it began and its working days only, so a handful of groups stand for all rows. */
async function move(ctx: Ctx, { table, from, days, waiting }: Record<'table' | 'from' | 'days' | 'waiting', SQL>) {
  const day = sql`to_char(${from} at time zone 'Asia/Shanghai', 'YYYY-MM-DD')`;
  const clocks = await ctx.db.execute<SharedClock>(sql`
    select ${day} as day, ${days} as days, due_at as due from ${table} where ${waiting} group by 1, 2, 3`);
  let moved = 0;
  for (const clock of clocks) {
    const due = deadline(new Date(`${clock.day}T12:00:00+08:00`), clock.days, ctx.city.calendar);
    if (due.getTime() === new Date(clock.due).getTime()) continue;
    await ctx.db.execute(sql`
      update ${table} set due_at = ${due.toISOString()}::timestamptz
       where ${waiting} and ${days} = ${clock.days} and due_at = ${new Date(clock.due).toISOString()}::timestamptz
         and ${day} = ${clock.day}`);
    moved += 1;
  }
  return moved;
}
