/** Deaths: who reported one that was not true, and the figures that survivor benefits are estimated by. */
import { sql } from 'drizzle-orm';
import { bigint, bigserial, check, date, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { bytes, moment } from '../columns.ts';

/** A report of a death that staff found untrue. Says nothing of the retiree: the case does, and it is closed. */
export const falseReports = pgTable(
  'false_reports',
  {
    caseId: uuid('case_id').primaryKey(),
    /** Null for somebody not signed in, who is known by the phone number only. */
    accountId: uuid('account_id'),
    phoneIndex: bytes('phone_index').notNull(),
    at: moment('at').notNull(),
  },
  (t) => [
    index('false_reports_account').on(t.accountId),
    index('false_reports_phone').on(t.phoneIndex),
    index('false_reports_at').on(t.at),
  ],
);

/** The disposable income of a townsman of the province in a year, as published. Append-only: the newest entry of a year holds. */
export const incomeBases = pgTable(
  'income_bases',
  {
    n: bigserial('n', { mode: 'number' }).primaryKey(),
    /** The year that the figure is of; it holds for deaths in the next. */
    year: integer('year').notNull(),
    /** For the whole year, in fen, as it is published. */
    yearFen: bigint('year_fen', { mode: 'number' }).notNull(),
    /** Where it was published. */
    source: text('source').notNull(),
    enteredBy: uuid('entered_by'),
    enteredAt: moment('entered_at').notNull(),
  },
  (t) => [index('income_bases_year').on(t.year, t.n), check('income_bases_positive', sql`${t.yearFen} > 0`)],
);

/** The rule of survivor benefits, as `api/benefits/rules.ts` reads it. */
export interface StoredRule {
  /** The funeral grant, in months of the base. */
  funeralMonths: number;
  /** Months by contribution: under so many years, so many months; in order. */
  steps: { underYears: number; months: number }[];
  /** From the last step on: these months at these years, one more for each year, at most so many. */
  beyond: { years: number; months: number; most: number };
  /** Months taken off for each year of pension drawn, and what is left at least to somebody who drew one. */
  drawn: { perYear: number; least: number };
}

/** From which day of death which rule holds. */
export const benefitRules = pgTable('benefit_rules', {
  since: date('since', { mode: 'string' }).primaryKey(),
  rule: jsonb('rule').$type<StoredRule>().notNull(),
  source: text('source').notNull(),
  /** Null for what came with the product. */
  enteredBy: uuid('entered_by'),
  enteredAt: moment('entered_at').notNull(),
});
