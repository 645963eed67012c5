/** Changes days of the working calendar, and writes down who did. Every process reads the calendar anew (NOTIFY); the deadlines follow. */
import { sql } from 'drizzle-orm';
import { calendarChanges } from '../../db/schema/calendar.ts';
import { calendarDays } from '../../db/schema/registry.ts';
import { ensurePerson } from '../access/can.ts';
import { freshActor } from '../access/person.ts';
import type { Ctx } from '../context.ts';
import { once } from '../engine/once.ts';
import { CALENDAR_LOCK, daysBefore, ensureMayChange } from './days.ts';
import { daysOf, type DayChange } from './rules.ts';

/** @throws not-signed-in, not-allowed, calendar-backwards, calendar-too-many, calendar-out-of-reach, calendar-needs-name, calendar-same */
export async function changeDays(ctx: Ctx, change: DayChange): Promise<{ id: string }> {
  ensureMayChange(ctx, change);
  return once(ctx, async (tx) => {
    const inside: Ctx = { ...tx, actor: await freshActor(tx) };
    ensureMayChange(inside, change);
    await inside.db.execute(sql`select pg_advisory_xact_lock(${CALENDAR_LOCK})`);
    const before = await daysBefore(inside.db, change);
    // An ordinary day keeps a row: what was published does not come back over what somebody decided.
    await inside.db
      .insert(calendarDays)
      .values(daysOf(change).map((row) => ({ ...row, year: Number(row.day.slice(0, 4)) })))
      .onConflictDoUpdate({
        target: calendarDays.day,
        set: { works: sql`excluded.works`, name: sql`excluded.name` },
      });
    const { first: firstDay, last: lastDay, kind, name } = change;
    const [written] = await inside.db
      .insert(calendarChanges)
      .values({
        at: ctx.clock(),
        byId: ensurePerson(inside.actor).accountId,
        firstDay,
        lastDay,
        kind,
        name: kind === 'ordinary' ? '' : name,
        before,
      })
      .returning({ id: calendarChanges.id });
    if (!written) throw new Error('An insert gives back its row.');
    return written;
  });
}
