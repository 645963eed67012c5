/** Who changed which day of the working calendar, and how far the deadlines have followed. */
import { sql } from 'drizzle-orm';
import { boolean, check, date, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { id, moment } from '../columns.ts';

/** What a day becomes: nobody works, everybody works, or as its day of the week has it. */
export const dayKinds = ['holiday', 'workday', 'ordinary'] as const;
export type DayKind = (typeof dayKinds)[number];

/** A day that somebody gave a name: off, or worked instead of another. */
export interface NamedDay {
  day: string;
  works: boolean;
  name: string;
}

/** Written once; a trigger lets only the columns change that say how far the deadlines have followed. */
export const calendarChanges = pgTable(
  'calendar_changes',
  {
    id: id(),
    at: moment('at').notNull(),
    byId: uuid('by_id').notNull(),
    firstDay: date('first_day', { mode: 'string' }).notNull(),
    lastDay: date('last_day', { mode: 'string' }).notNull(),
    kind: text('kind').$type<DayKind>().notNull(),
    name: text('name').notNull(),
    /** What the calendar said of these days before. */
    before: jsonb('before').$type<NamedDay[]>().notNull(),
    /** The case that was reached last; null at the beginning of a round. */
    reached: uuid('reached'),
    /** Whether somebody had a case or timer in hand when the round came by: then there is another round. */
    passedOver: boolean('passed_over').notNull().default(false),
    /** Cases and timers that moved so far. */
    moved: integer('moved').notNull().default(0),
    doneAt: moment('done_at'),
  },
  (t) => [
    index('calendar_changes_day').on(t.firstDay, t.id),
    index('calendar_changes_at').on(t.at),
    index('calendar_changes_open')
      .on(t.id)
      .where(sql`${t.doneAt} is null`),
    check('calendar_changes_kind', sql`${t.kind} in ('holiday', 'workday', 'ordinary')`),
    check('calendar_changes_forward', sql`${t.firstDay} <= ${t.lastDay}`),
  ],
);
