/** Drafts and cases, whom they are about, and what was answered. */
import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { bytes, id, moment, sealed } from '../../columns.ts';
import { accounts } from '../access.ts';

/** Where a case stands. `entering`: decided and in force, still to be typed into the office's own system. */
export const statuses = ['open', 'returned', 'entering', 'approved', 'rejected', 'withdrawn', 'undone'] as const;
export type Status = (typeof statuses)[number];

/** In what capacity somebody opened a case. `asker`: asks something of a retiree whom they only name. */
export const capacities = ['self', 'relative', 'asker', 'anyone', 'counter', 'enterprise', 'system'] as const;
export type Capacity = (typeof capacities)[number];

/** One saved answer: what was said, and the draft revision that said it. */
export interface SavedAnswer {
  value: unknown;
  revision: number;
}

/** A question as it was asked and its answer as it was shown, kept with the case whatever becomes of the service. */
export interface AskedAnswer {
  key: string;
  question: string;
  shown: string;
  value: unknown;
}

/** One person's answers to one step's questions in one round. `step` is null for the service's own questions. */
export const drafts = pgTable(
  'drafts',
  {
    id: id(),
    kind: text('kind').notNull(),
    serviceVersion: integer('service_version').notNull(),
    /** Null before sign-in: then the guest's secret opens it. */
    accountId: uuid('account_id'),
    guestHash: bytes('guest_hash'),
    capacity: text('capacity').$type<Capacity>().notNull(),
    subjectId: uuid('subject_id'),
    /** The case that a decision or a resubmission belongs to. */
    caseId: uuid('case_id'),
    step: text('step'),
    verb: text('verb'),
    round: integer('round').notNull().default(0),
    revision: integer('revision').notNull().default(0),
    answers: sealed<Record<string, SavedAnswer>>('answers', 'drafts.answers').notNull(),
    /** The chat that talks about this draft now, so that words typed there are answers to it. */
    chatKey: text('chat_key'),
    /** What it is for: one unfinished draft an account of each. */
    purpose: text('purpose').notNull(),
    createdAt: moment('created_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
    expiresAt: moment('expires_at').notNull(),
    submittedAt: moment('submitted_at'),
  },
  (t) => [
    index('drafts_account')
      .on(t.accountId, t.updatedAt)
      .where(sql`${t.submittedAt} is null`),
    uniqueIndex('drafts_chat')
      .on(t.chatKey)
      .where(sql`${t.submittedAt} is null`),
    uniqueIndex('drafts_purpose')
      .on(t.accountId, t.purpose)
      .where(sql`${t.submittedAt} is null`),
    // Submitted ones as well: joined accounts, and the export of what is held.
    index('drafts_account_ever').on(t.accountId, t.createdAt),
    index('drafts_expiry')
      .on(t.expiresAt)
      .where(sql`${t.submittedAt} is null`),
    index('drafts_guest')
      .on(t.guestHash)
      .where(sql`${t.guestHash} is not null`),
    index('drafts_case')
      .on(t.caseId)
      .where(sql`${t.caseId} is not null`),
    check('drafts_owner', sql`(${t.accountId} is null) <> (${t.guestHash} is null)`),
  ],
);

export const cases = pgTable(
  'cases',
  {
    id: id(),
    /** Read out over the phone: digits only, the last one checks the others. */
    number: text('number').notNull(),
    kind: text('kind').notNull(),
    serviceVersion: integer('service_version').notNull(),
    status: text('status').$type<Status>().notNull(),
    /** Null once the case has ended. */
    step: text('step'),
    /** How often the steps were entered: a step's round tells one stay from the next. */
    round: integer('round').notNull().default(0),
    /** The unit that must act, or acted last. */
    unitId: text('unit_id').notNull(),
    version: integer('version').notNull().default(1),
    capacity: text('capacity').$type<Capacity>().notNull(),
    subjectId: uuid('subject_id'),
    /** Whom a newcomer's case is about, until the registry has them: what staff read in their list. */
    named: text('named'),
    applicantId: uuid('applicant_id'),
    claimedBy: uuid('claimed_by'),
    /** The draft it was made of: its id makes a second submit the same case. */
    draftId: uuid('draft_id'),
    parentId: uuid('parent_id'),
    /** What must be unique while a case is alive (`open.one`): the subject, usually. */
    oneKey: text('one_key'),
    /** How often it was returned to the applicant; a second time asks why (一次性告知). */
    returns: smallint('returns').notNull().default(0),
    dueAt: moment('due_at'),
    /** The clock: working days allowed from `clock_from`; stopped while returned. */
    clockFrom: moment('clock_from'),
    clockDays: smallint('clock_days'),
    /** Working days of the steps left so far; waiting for the applicant, or for a term to end, is not counted. */
    usedDays: smallint('used_days').notNull().default(0),
    /** Whether a step before the decision was left after its due time; null for what was decided before this was kept. */
    late: boolean('late').default(false),
    /** When it was first decided: approved, refused, or in force and still to be entered. */
    decidedAt: moment('decided_at'),
    openedAt: moment('opened_at').notNull(),
    closedAt: moment('closed_at'),
    /** When its answers, words and pictures were erased because their time was over. */
    erasedAt: moment('erased_at'),
    remindedAt: moment('reminded_at'),
    stars: smallint('stars'),
  },
  (t) => [
    uniqueIndex('cases_number').on(t.number),
    uniqueIndex('cases_draft').on(t.draftId),
    uniqueIndex('cases_one')
      .on(t.kind, t.oneKey)
      .where(sql`${t.status} in ('open', 'returned')`),
    index('cases_pending')
      .on(t.unitId, t.dueAt, t.id)
      .where(sql`${t.status} in ('open', 'entering')`),
    index('cases_due')
      .on(t.dueAt, t.id)
      .where(sql`${t.status} in ('open', 'entering')`),
    index('cases_claimed')
      .on(t.claimedBy, t.dueAt)
      .where(sql`${t.status} in ('open', 'entering')`),
    index('cases_subject').on(t.subjectId, t.openedAt),
    index('cases_applicant').on(t.applicantId, t.openedAt),
    index('cases_parent')
      .on(t.parentId)
      .where(sql`${t.parentId} is not null`),
    index('cases_kept')
      .on(t.closedAt)
      .where(sql`${t.closedAt} is not null and ${t.erasedAt} is null`),
    index('cases_answered')
      .on(t.unitId, t.id.desc())
      .where(sql`${t.kind} = 'consultation' and ${t.status} = 'approved'`),
    // What the figures of a unit are counted from, without a look at the rows.
    index('cases_received').on(t.unitId, t.openedAt, t.kind, t.returns),
    index('cases_decided')
      .on(t.unitId, t.decidedAt, t.kind, t.usedDays, t.late, t.stars)
      .where(sql`${t.decidedAt} is not null`),
    check('cases_stars', sql`${t.stars} between 1 and 5`),
  ],
);

/** Who joined a case that somebody else opened (two reports of one person): they may follow it, and see what they said themselves. */
export const caseParties = pgTable(
  'case_parties',
  {
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id),
    /** The event with which they joined; what they said is kept under its number. */
    seq: integer('seq').notNull(),
    /** Null before sign-in: then the guest's secret claims it. */
    accountId: uuid('account_id'),
    guestHash: bytes('guest_hash'),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.seq] }),
    index('case_parties_account').on(t.accountId, t.caseId),
    index('case_parties_guest')
      .on(t.guestHash)
      .where(sql`${t.guestHash} is not null`),
    check('case_parties_one', sql`(${t.accountId} is null) <> (${t.guestHash} is null)`),
  ],
);

/** What was asked and answered, per step and round, sealed. Erasing a row leaves the chain of events whole. */
export const caseAnswers = pgTable(
  'case_answers',
  {
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id),
    /** The step, or 'ask' for the service's own questions. */
    step: text('step').notNull(),
    round: integer('round').notNull(),
    answers: sealed<AskedAnswer[]>('answers', 'case_answers.answers').notNull(),
    at: moment('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.caseId, t.step, t.round] })],
);

/** What staff tell each other about a case: no part of what happened, and for nobody outside the offices. */
export const caseRemarks = pgTable(
  'case_remarks',
  {
    id: id(),
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id),
    byId: uuid('by_id')
      .notNull()
      .references(() => accounts.id),
    words: sealed<string>('words', 'case_remarks.words').notNull(),
    at: moment('at').notNull(),
  },
  (t) => [index('case_remarks_case').on(t.caseId, t.id)],
);
