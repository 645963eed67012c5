/** Which deadlines a change of days would move: counted before it is saved, and nothing is written. */
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Ctx } from '../context.ts';
import { dayOf, startOf } from '../dates.ts';
import { dueAfter } from '../engine/cases/move-deadlines.ts';
import { loadCalendar } from '../registry/calendar.ts';
import { daysBefore, ensureMayChange, withChange } from './days.ts';
import type { DayChange } from './rules.ts';

/** The earliest ones that are shown one by one. */
const SHOWN = 5;

const move = z.object({
  /** The day on which they are due now, and the one on which they would be. */
  from: z.iso.date(),
  to: z.iso.date(),
  count: z.int(),
});
type Move = z.infer<typeof move>;

export const changePreview = z.object({
  /** Open cases that would be due on another day. */
  cases: z.int(),
  sooner: z.int(),
  later: z.int(),
  /** Steps that end by themselves and would on another day. */
  timers: z.int(),
  /** The earliest of the cases, by the day on which they are due now. */
  earliest: z.array(move),
});
export type ChangePreview = z.infer<typeof changePreview>;

/** @throws not-signed-in, not-allowed, calendar-backwards, calendar-too-many, calendar-out-of-reach, calendar-needs-name, calendar-same */
export async function previewChange(ctx: Ctx, change: DayChange): Promise<ChangePreview> {
  ensureMayChange(ctx, change);
  await daysBefore(ctx.db, change);
  const calendar = withChange(await loadCalendar(ctx.db), change);
  const movesOf = async (what: keyof typeof clocks) =>
    (await clocksOf(ctx, change, what)).flatMap(({ day, days, due, count }): Move[] => {
      const [from, to] = [dayOf(new Date(due)), dayOf(dueAfter(day, days, calendar))];
      return from === to ? [] : [{ from, to, count }];
    });
  const [cases, timers] = await Promise.all([movesOf('cases'), movesOf('timers')]);
  return {
    cases: sum(cases),
    sooner: sum(cases.filter(({ from, to }) => to < from)),
    later: sum(cases.filter(({ from, to }) => to > from)),
    timers: sum(timers),
    earliest: together(cases).slice(0, SHOWN),
  };
}

const sum = (moves: readonly Move[]): number => moves.reduce((all, { count }) => all + count, 0);

/** The same move of cases that began on different days is one line. */
function together(moves: readonly Move[]): Move[] {
  const counts = new Map<string, Move>();
  for (const { from, to, count } of moves) {
    const same = `${from} ${to}`;
    counts.set(same, { from, to, count: count + (counts.get(same)?.count ?? 0) });
  }
  return [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

/** Rows that began on the same day with the same working days share one clock. */
interface Clock extends Record<string, unknown> {
  day: string;
  days: number;
  due: Date | string;
  count: number;
}

const clocks = {
  cases: {
    rows: sql`cases where status in ('open', 'entering')`,
    from: sql`clock_from`,
    days: sql`clock_days`,
    due: sql`due_at`,
  },
  timers: {
    rows: sql`timers t join cases k on k.id = t.case_id and k.round = t.round and k.status = 'open' where t.fired_at is null`,
    from: sql`t.from_at`,
    days: sql`t.working_days`,
    due: sql`t.due_at`,
  },
};

/** Clocks that the days may count for: they began before them and are not due before them. */
async function clocksOf({ db }: Ctx, { first, last }: DayChange, what: keyof typeof clocks): Promise<Clock[]> {
  const { rows, from, days, due } = clocks[what];
  const found = await db.execute<Clock>(sql`
    select to_char(${from} at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as day, ${days} as days, ${due} as due, count(*)::int as count
      from ${rows} and ${due} >= ${startOf(first).toISOString()}::timestamptz
       and ${from} < ${startOf(last).toISOString()}::timestamptz
     group by 1, 2, 3`);
  return [...found];
}
