/** What was removed because its time was over: figures only, so that the removals can be shown long after. */
import { date, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { moment } from '../columns.ts';

/** One line a day (in Changsha) and kind. */
export const removals = pgTable(
  'removals',
  {
    day: date('day', { mode: 'string' }).notNull(),
    what: text('what').notNull(),
    count: integer('count').notNull(),
    /** From when the oldest and the newest of them were. */
    oldest: moment('oldest').notNull(),
    newest: moment('newest').notNull(),
  },
  (t) => [primaryKey({ columns: [t.day, t.what] })],
);
