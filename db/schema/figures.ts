/** What the figures of the whole city are read from: counting a million cases while somebody waits takes too long. */
import { sql } from 'drizzle-orm';
import { bigint, boolean, check, date, index, integer, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core';

/**
 * Cases of a month. What came in: a row a unit and service, the unit with everything below it (right under the city, or the city's own
 * desk). What was decided: a row a unit, of all services, and a row a service, of the whole city. Written anew every night.
 */
export const figureMonths = pgTable(
  'figure_months',
  {
    unitId: text('unit_id'),
    /** The first day of the month. */
    month: date('month', { mode: 'string' }).notNull(),
    kind: text('kind'),
    /** Working days in which they were decided; null in a row of what came in. */
    days: smallint('days'),
    late: boolean('late'),
    received: integer('received').notNull().default(0),
    returned: integer('returned').notNull().default(0),
    decided: integer('decided').notNull().default(0),
    stars: integer('stars').notNull().default(0),
    rated: integer('rated').notNull().default(0),
  },
  (t) => [
    index('figure_months_month').on(t.month),
    check(
      'figure_months_ways',
      sql`case when ${t.days} is null then num_nulls(${t.unitId}, ${t.kind}) = 0 else num_nulls(${t.unitId}, ${t.kind}) = 1 end`,
    ),
  ],
);

/**
 * The rest of a month: activities and who came to them, visits, care payments less what came back. A row a unit right under the city, with
 * everything below it, or the city's own desk. Written anew every night.
 */
export const figureDoings = pgTable(
  'figure_doings',
  {
    unitId: text('unit_id').notNull(),
    /** The first day of the month. */
    month: date('month', { mode: 'string' }).notNull(),
    activities: integer('activities').notNull(),
    came: integer('came').notNull(),
    stars: integer('stars').notNull(),
    rated: integer('rated').notNull(),
    visits: integer('visits').notNull(),
    /** Below zero when more of earlier months came back than was given. */
    paidFen: bigint('paid_fen', { mode: 'number' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.unitId, t.month] })],
);
