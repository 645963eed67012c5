/** Who was told that a case waits too long. */
import { bigserial, index, integer, pgTable, smallint, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { moment } from '../columns.ts';
import { cases } from './engine.ts';

/** One row a rung: 0 whoever has it in hand, 1 the unit's lead, 2 the unit above, and so on. */
export const escalations = pgTable(
  'escalations',
  {
    n: bigserial('n', { mode: 'number' }).primaryKey(),
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id),
    /** The stay in a step: a case that comes to another desk climbs anew. */
    round: integer('round').notNull(),
    level: smallint('level').notNull(),
    /** The unit that was told. */
    unitId: text('unit_id').notNull(),
    /** How many people; 0 where nobody is: then the next rung was told at the same time. */
    told: smallint('told').notNull(),
    at: moment('at').notNull(),
  },
  (t) => [uniqueIndex('escalations_once').on(t.caseId, t.round, t.level), index('escalations_at').on(t.at)],
);
