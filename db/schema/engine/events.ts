/** What happened to a case, and what keeps it moving once: timers, receipts and done acts. */
import { sql } from 'drizzle-orm';
import { bigserial, index, integer, pgTable, primaryKey, smallint, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bytes, moment, sealed } from '../../columns.ts';
import { cases } from './cases.ts';
import type { Status } from './cases.ts';

/** The append-only timeline: one hash chain a case, written under the case row's lock. A trigger refuses change. */
export const caseEvents = pgTable(
  'case_events',
  {
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id),
    seq: integer('seq').notNull(),
    at: moment('at').notNull(),
    verb: text('verb').notNull(),
    step: text('step'),
    status: text('status').$type<Status>().notNull(),
    unitId: text('unit_id').notNull(),
    accountId: uuid('account_id'),
    /** SHA-256 of salt and payload: says what the words were without holding them. */
    digest: bytes('digest').notNull(),
    previous: bytes('previous').notNull(),
    hash: bytes('hash').notNull(),
  },
  (t) => [primaryKey({ columns: [t.caseId, t.seq] })],
);

/** The words of an event (reason, note, who acted in which capacity): personal, so apart and erasable. */
export const eventPayloads = pgTable(
  'event_payloads',
  {
    caseId: uuid('case_id').notNull(),
    seq: integer('seq').notNull(),
    salt: bytes('salt').notNull(),
    payload: sealed<unknown>('payload', 'event_payloads.payload').notNull(),
  },
  (t) => [primaryKey({ columns: [t.caseId, t.seq] })],
);

/** What an effect did, so that undo can do the inverse, newest first. `row_key` makes effects of `rows` idempotent. */
export const receipts = pgTable(
  'receipts',
  {
    n: bigserial('n', { mode: 'number' }).primaryKey(),
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id),
    seq: integer('seq').notNull(),
    effect: text('effect').notNull(),
    rowKey: text('row_key').notNull(),
    receipt: sealed<unknown>('receipt', 'receipts.receipt').notNull(),
    undoneAt: moment('undone_at'),
  },
  (t) => [
    uniqueIndex('receipts_row')
      .on(t.caseId, t.effect, t.rowKey)
      .where(sql`${t.undoneAt} is null`),
  ],
);

/** Moments at which the clock acts on a case, swept by due time. */
export const timers = pgTable(
  'timers',
  {
    n: bigserial('n', { mode: 'number' }).primaryKey(),
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id),
    /** The round of the step that set it: a timer of a step already left does nothing. */
    round: integer('round').notNull(),
    fromAt: moment('from_at').notNull(),
    workingDays: smallint('working_days').notNull(),
    dueAt: moment('due_at').notNull(),
    firedAt: moment('fired_at'),
  },
  (t) => [
    uniqueIndex('timers_round').on(t.caseId, t.round),
    index('timers_due')
      .on(t.dueAt)
      .where(sql`${t.firedAt} is null`),
  ],
);

/** Keys of acts already done (`bot:update_id:n`), with the answer to give again. */
export const doneActs = pgTable(
  'done_acts',
  {
    key: text('key').primaryKey(),
    answer: sealed<unknown>('answer', 'done_acts.answer'),
    at: moment('at').notNull(),
  },
  (t) => [index('done_acts_at').on(t.at)],
);
