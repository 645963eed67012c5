/** What the figures of the whole city are read from: counting a million cases while somebody waits takes too long. */
import { boolean, date, index, integer, pgTable, smallint, text } from 'drizzle-orm/pg-core';

/** Cases of a month, of everything below a unit right under the city, or of the city's own desk. Written anew every night. */
export const figureMonths = pgTable(
  'figure_months',
  {
    unitId: text('unit_id').notNull(),
    /** The first day of the month. */
    month: date('month', { mode: 'string' }).notNull(),
    kind: text('kind').notNull(),
    /** Working days in which they were decided; null in a row of what came in. */
    days: smallint('days'),
    late: boolean('late'),
    received: integer('received').notNull().default(0),
    returned: integer('returned').notNull().default(0),
    decided: integer('decided').notNull().default(0),
    stars: integer('stars').notNull().default(0),
    rated: integer('rated').notNull().default(0),
  },
  (t) => [index('figure_months_month').on(t.month)],
);
