/**
 * Care payments (第十九条, 第二十条): one append-only ledger. Triggers keep what a person may still be given and what a unit may still
 * spend, so that neither a race nor another program can go beyond; nobody else may write those two tables.
 */
import { sql } from 'drizzle-orm';
import {
  bigserial,
  boolean,
  check,
  date,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { id, moment, sealed, sealedBytes } from '../columns.ts';
import { retirees, units } from './registry.ts';

/** Flags of special care (第十三条, 第二十四条（三）, annex 2). `aged` follows from the day of birth and is not kept. */
export const keptFlags = [
  'noFamily',
  'widowed',
  'childlessCouple',
  'livingAlone',
  'gravelyIll',
  'destitute',
  'incapacitated',
  'dementia',
  'housebound',
  'disabled',
  'modelWorker',
] as const;
export type KeptFlag = (typeof keptFlags)[number];

/** A retiree's flags, sealed: read only with a permission of its own. */
export const careFlags = pgTable('care_flags', {
  retireeId: uuid('retiree_id')
    .primaryKey()
    .references(() => retirees.id),
  flags: sealed<KeptFlag[]>('flags', 'care_flags.flags').notNull(),
  /** Whether there is any: enough to find who is visited at a festival without opening which. */
  flagged: boolean('flagged').notNull(),
  version: integer('version').notNull().default(1),
  setBy: uuid('set_by').notNull(),
  setAt: moment('set_at').notNull(),
});

/** Who read or changed whose flags. Append-only. */
export const careFlagReadings = pgTable(
  'care_flag_readings',
  {
    n: bigserial('n', { mode: 'number' }).primaryKey(),
    retireeId: uuid('retiree_id').notNull(),
    accountId: uuid('account_id').notNull(),
    /** `filtered`: they stood in a list of people with one flag. */
    what: text('what').$type<'read' | 'set' | 'filtered'>().notNull(),
    at: moment('at').notNull(),
  },
  (t) => [index('care_flag_readings_retiree').on(t.retireeId, t.at), index('care_flag_readings_at').on(t.at)],
);

/** The ceilings of the rulebook, written at the start: what the triggers go by. */
export const careCeilingRows = pgTable(
  'care_ceilings',
  {
    ceiling: text('ceiling').notNull(),
    per: text('per').notNull(),
    since: date('since', { mode: 'string' }).notNull(),
    kind: text('kind').notNull(),
    limitFen: integer('limit_fen').notNull(),
    maxUses: smallint('max_uses'),
    lifeUses: smallint('life_uses'),
  },
  (t) => [primaryKey({ columns: [t.ceiling, t.per, t.since] }), check('care_ceilings_limit', sql`${t.limitFen} > 0`)],
);

/** What one person was given in one period, of how much. The person's, whichever unit gives. Written by the ledger only. */
export const careAllowances = pgTable(
  'care_allowances',
  {
    retireeId: uuid('retiree_id')
      .notNull()
      .references(() => retirees.id),
    ceiling: text('ceiling').notNull(),
    /** A year, a birthday's age, a case, a death, or a life. */
    period: text('period').notNull(),
    limitFen: integer('limit_fen').notNull(),
    usedFen: integer('used_fen').notNull().default(0),
    uses: smallint('uses').notNull().default(0),
    maxUses: smallint('max_uses'),
  },
  (t) => [
    primaryKey({ columns: [t.retireeId, t.ceiling, t.period] }),
    check('care_allowances_sum', sql`${t.usedFen} between 0 and ${t.limitFen}`),
    check('care_allowances_uses', sql`${t.uses} between 0 and ${t.maxUses}`),
  ],
);

/** A unit's money for a year and a kind of expenditure. Written by the ledgers only. */
export const budgetLines = pgTable(
  'budget_lines',
  {
    unitId: text('unit_id')
      .notNull()
      .references(() => units.id),
    year: smallint('year').notNull(),
    kind: text('kind').notNull(),
    totalFen: integer('total_fen').notNull().default(0),
    reservedFen: integer('reserved_fen').notNull().default(0),
    spentFen: integer('spent_fen').notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.unitId, t.year, t.kind] }),
    check('budget_lines_reserved', sql`${t.reservedFen} >= 0`),
    check('budget_lines_spent', sql`${t.spentFen} >= 0`),
    check('budget_lines_total', sql`${t.reservedFen} + ${t.spentFen} <= ${t.totalFen}`),
  ],
);

/**
 * Every change of a budget: the sum approved, or money moved to another kind (`to_kind`). Append-only. Whatever changes a line that
 * is there already names the 批复 (第二十条).
 */
export const budgetEntries = pgTable(
  'budget_entries',
  {
    id: id(),
    unitId: text('unit_id')
      .notNull()
      .references(() => units.id),
    year: smallint('year').notNull(),
    kind: text('kind').notNull(),
    toKind: text('to_kind'),
    /** Added to the line; with `to_kind`, taken from it and added to the other. */
    fen: integer('fen').notNull(),
    /** The number of the 批复. */
    approval: text('approval'),
    accountId: uuid('account_id').notNull(),
    at: moment('at').notNull(),
  },
  (t) => [
    index('budget_entries_unit').on(t.unitId, t.year, t.at),
    check(
      'budget_entries_transfer',
      sql`${t.toKind} is null or (${t.fen} > 0 and ${t.toKind} <> ${t.kind} and coalesce(length(${t.approval}), 0) > 0)`,
    ),
  ],
);

export const careEntries = ['reserve', 'release', 'pay', 'reverse'] as const;
export type CareEntry = (typeof careEntries)[number];
export const careForms = ['money', 'goods'] as const;
export type CareForm = (typeof careForms)[number];

/** The words of an entry: who received it from whom, or why it was given back. */
export interface CareDetails {
  receiver?: string;
  /** How whoever received it is related to the retiree; left out when it is the retiree. */
  relation?: string;
  handlers?: string[];
  /** The photo of the signed sheet. */
  sheet?: string;
  /** Photos kept with the case. */
  files?: string[];
  reason?: string;
}

/**
 * The ledger. A payment is reserved, then paid or released; what was paid can be reversed. Every entry is a row, none is ever
 * changed. A trigger takes whose, what for and how much from the reservation.
 */
export const carePayments = pgTable(
  'care_payments',
  {
    id: id(),
    /** The id of the reservation. */
    paymentId: uuid('payment_id').notNull(),
    entry: text('entry').$type<CareEntry>().notNull(),
    retireeId: uuid('retiree_id')
      .notNull()
      .references(() => retirees.id),
    /** Whose money it is. */
    unitId: text('unit_id').notNull(),
    year: smallint('year').notNull(),
    kind: text('kind').notNull(),
    ceiling: text('ceiling').notNull(),
    period: text('period').notNull(),
    form: text('form').$type<CareForm>().notNull(),
    fen: integer('fen').notNull(),
    /** The day of the entry in Changsha; of a `pay`, the day it was handed over. */
    day: date('day', { mode: 'string' }).notNull(),
    caseId: uuid('case_id'),
    batchId: uuid('batch_id'),
    details: sealed<CareDetails>('details', 'care_payments.details'),
    accountId: uuid('account_id'),
    at: moment('at').notNull(),
  },
  (t) => [
    uniqueIndex('care_payments_once').on(t.paymentId, t.entry),
    uniqueIndex('care_payments_settled')
      .on(t.paymentId)
      .where(sql`${t.entry} in ('release', 'pay')`),
    index('care_payments_ledger')
      .on(t.unitId, t.day)
      .where(sql`${t.entry} in ('pay', 'reverse')`),
    index('care_payments_retiree').on(t.retireeId, t.day),
    index('care_payments_case')
      .on(t.caseId)
      .where(sql`${t.caseId} is not null`),
    index('care_payments_batch')
      .on(t.batchId)
      .where(sql`${t.batchId} is not null`),
    check('care_payments_fen', sql`${t.fen} > 0`),
    check('care_payments_entry', sql`${t.entry} in ('reserve', 'release', 'pay', 'reverse')`),
    check('care_payments_form', sql`${t.form} in ('money', 'goods')`),
    check('care_payments_in_year', sql`${t.entry} <> 'pay' or extract(year from ${t.day}) = ${t.year}`),
    index('care_payments_kept')
      .on(t.at)
      .where(sql`${t.details} is not null`),
  ],
);

export const batchStatuses = ['proposed', 'approved', 'dropped'] as const;
export type BatchStatus = (typeof batchStatuses)[number];

/** A festival's or a month's birthdays at one unit: proposed, checked by staff, approved by a lead. */
export const careBatches = pgTable(
  'care_batches',
  {
    id: id(),
    unitId: text('unit_id')
      .notNull()
      .references(() => units.id),
    kind: text('kind').$type<'festival' | 'birthday'>().notNull(),
    /** A festival's name, or a month `01`–`12`. */
    occasion: text('occasion').notNull(),
    year: smallint('year').notNull(),
    status: text('status').$type<BatchStatus>().notNull().default('proposed'),
    version: integer('version').notNull().default(1),
    madeBy: uuid('made_by').notNull(),
    madeAt: moment('made_at').notNull(),
    approvedBy: uuid('approved_by'),
    approvedAt: moment('approved_at'),
  },
  (t) => [
    uniqueIndex('care_batches_proposed')
      .on(t.unitId, t.kind, t.occasion, t.year)
      .where(sql`${t.status} = 'proposed'`),
    index('care_batches_unit').on(t.unitId, t.year, t.madeAt),
  ],
);

/** One person of a batch. */
export const careBatchRows = pgTable(
  'care_batch_rows',
  {
    batchId: uuid('batch_id')
      .notNull()
      .references(() => careBatches.id, { onDelete: 'cascade' }),
    retireeId: uuid('retiree_id')
      .notNull()
      .references(() => retirees.id),
    /** The allowance's period that it counts in. */
    period: text('period').notNull(),
    chosen: boolean('chosen').notNull().default(true),
    form: text('form').$type<CareForm>().notNull(),
    fen: integer('fen').notNull(),
    /** The reservation, once approved. */
    paymentId: uuid('payment_id'),
  },
  (t) => [
    primaryKey({ columns: [t.batchId, t.retireeId] }),
    check('care_batch_rows_fen', sql`${t.fen} >= 0`),
    check('care_batch_rows_form', sql`${t.form} in ('money', 'goods')`),
  ],
);

/** Photos of signed sheets (发放签领表). */
export const careSheets = pgTable(
  'care_sheets',
  {
    id: id(),
    batchId: uuid('batch_id')
      .notNull()
      .references(() => careBatches.id),
    content: sealedBytes('content', 'care_sheets.content').notNull(),
    accountId: uuid('account_id').notNull(),
    at: moment('at').notNull(),
  },
  (t) => [index('care_sheets_batch').on(t.batchId), index('care_sheets_at').on(t.at)],
);
