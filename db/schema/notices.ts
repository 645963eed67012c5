/**
 * Notices (第十一条（四）, 第十二条): what a unit publishes to those below it. A notice is a row with its versions; readers see the current
 * one. Nobody has a row before they read it: to whom a notice applies is found out when somebody looks.
 */
import { sql } from 'drizzle-orm';
import {
  bigserial,
  boolean,
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { id, moment, sealed, sealedBytes } from '../columns.ts';
import type { KeptFlag } from './care.ts';
import { retirees, units, type EmployerKind } from './registry.ts';

export const noticeCategories = ['pension', 'medical', 'care', 'activity', 'errand', 'safety', 'other'] as const;
export type NoticeCategory = (typeof noticeCategories)[number];

/** A piece of a notice's text: words only, no markup of any kind. */
export type Block =
  | { is: 'heading'; text: string }
  | { is: 'paragraph'; text: string }
  | { is: 'list'; ordered: boolean; items: string[] }
  | { is: 'picture'; file: string; words: string };

/** A file that hangs on a notice, under the name that readers see. */
export interface NoticeFile {
  id: string;
  name: string;
}

export const noticeStates = ['new', 'published', 'withdrawn'] as const;
export type NoticeState = (typeof noticeStates)[number];

export const notices = pgTable(
  'notices',
  {
    id: id(),
    unitId: text('unit_id')
      .notNull()
      .references(() => units.id),
    state: text('state').$type<NoticeState>().notNull().default('new'),
    /** Counts every change: whoever acts names the one that they saw. */
    version: integer('version').notNull().default(1),
    /** The number of the version that readers see. */
    current: smallint('current'),
    /** Of the current version, for lists. */
    pinned: boolean('pinned').notNull().default(false),
    inForceUntil: date('in_force_until', { mode: 'string' }),
    /** For everyone: those who are not signed in may read it as well. */
    isPublic: boolean('is_public').notNull().default(false),
    madeBy: uuid('made_by').notNull(),
    madeAt: moment('made_at').notNull(),
    publishedAt: moment('published_at'),
    correctedAt: moment('corrected_at'),
    withdrawnAt: moment('withdrawn_at'),
    withdrawnBy: uuid('withdrawn_by'),
    withdrawnWhy: text('withdrawn_why'),
  },
  (t) => [
    index('notices_live')
      .on(t.unitId, t.pinned.desc(), t.publishedAt.desc(), t.id.desc())
      .where(sql`${t.state} = 'published'`),
    index('notices_unit').on(t.unitId, t.id),
    check('notices_state', sql`${t.state} in ('new', 'published', 'withdrawn')`),
    check('notices_current', sql`(${t.state} = 'new') = (${t.current} is null)`),
  ],
);

export const revisionStates = ['draft', 'submitted', 'approved'] as const;
export type RevisionState = (typeof revisionStates)[number];

/** One version of a notice. What was approved is never changed again; one more at most is being written. */
export const noticeRevisions = pgTable(
  'notice_revisions',
  {
    noticeId: uuid('notice_id')
      .notNull()
      .references(() => notices.id, { onDelete: 'cascade' }),
    n: smallint('n').notNull(),
    state: text('state').$type<RevisionState>().notNull().default('draft'),
    category: text('category').$type<NoticeCategory>().notNull().default('other'),
    title: text('title').notNull().default(''),
    /** 一句话说明: the whole in one plain sentence. */
    summary: text('summary').notNull().default(''),
    body: jsonb('body').$type<Block[]>().notNull().default([]),
    files: jsonb('files').$type<NoticeFile[]>().notNull().default([]),
    inForceFrom: date('in_force_from', { mode: 'string' }),
    inForceUntil: date('in_force_until', { mode: 'string' }),
    pinned: boolean('pinned').notNull().default(false),
    /** Whom it is for; null for whichever. */
    ageFrom: smallint('age_from'),
    ageTo: smallint('age_to'),
    employerKinds: text('employer_kinds').array().$type<EmployerKind[]>(),
    /** Special-care flags, any of them. Which they are is sealed, as the flags of the people are. */
    byFlags: boolean('by_flags').notNull().default(false),
    flags: sealed<KeptFlag[]>('flags', 'notice_revisions.flags'),
    /** Of a correction: what has changed, for those who read the version before. */
    change: text('change').notNull().default(''),
    editedBy: uuid('edited_by').notNull(),
    editedAt: moment('edited_at').notNull(),
    submittedBy: uuid('submitted_by'),
    approvedBy: uuid('approved_by'),
    approvedAt: moment('approved_at'),
  },
  (t) => [
    primaryKey({ columns: [t.noticeId, t.n] }),
    uniqueIndex('notice_revisions_one_open')
      .on(t.noticeId)
      .where(sql`${t.state} <> 'approved'`),
    check('notice_revisions_state', sql`${t.state} in ('draft', 'submitted', 'approved')`),
    check('notice_revisions_dates', sql`${t.inForceUntil} >= ${t.inForceFrom}`),
    check('notice_revisions_ages', sql`${t.ageTo} >= ${t.ageFrom}`),
    check('notice_revisions_flags', sql`${t.byFlags} = (${t.flags} is not null)`),
    // The second pair of eyes is somebody else's.
    check(
      'notice_revisions_approved',
      sql`(${t.state} = 'approved') = (${t.approvedBy} is not null) and (${t.state} = 'draft') = (${t.submittedBy} is null) and (${t.approvedBy} <> ${t.submittedBy} or ${t.approvedBy} is null)`,
    ),
  ],
);

/** Pictures inside a notice, and files that hang on it. */
export const noticeFiles = pgTable(
  'notice_files',
  {
    id: id(),
    noticeId: uuid('notice_id')
      .notNull()
      .references(() => notices.id, { onDelete: 'cascade' }),
    kind: text('kind').$type<'picture' | 'file'>().notNull(),
    mime: text('mime').notNull(),
    bytes: integer('bytes').notNull(),
    content: sealedBytes('content', 'notice_files.content').notNull(),
    addedBy: uuid('added_by').notNull(),
    at: moment('at').notNull(),
  },
  (t) => [index('notice_files_notice').on(t.noticeId)],
);

/** That a notice was read for somebody: by themself, or by whoever may act for them. Once a person. */
export const noticeReads = pgTable(
  'notice_reads',
  {
    n: bigserial('n', { mode: 'number' }).primaryKey(),
    noticeId: uuid('notice_id')
      .notNull()
      .references(() => notices.id),
    retireeId: uuid('retiree_id')
      .notNull()
      .references(() => retirees.id),
    /** In whose care they were. */
    unitId: text('unit_id').notNull(),
    accountId: uuid('account_id').notNull(),
    /** The newest version that they read. */
    revision: smallint('revision').notNull(),
    at: moment('at').notNull(),
  },
  (t) => [
    uniqueIndex('notice_reads_once').on(t.noticeId, t.retireeId),
    index('notice_reads_walk').on(t.noticeId, t.n),
    index('notice_reads_retiree').on(t.retireeId, t.n),
    index('notice_reads_at').on(t.at),
  ],
);

/** How many people a notice is for, unit by unit, counted once it is published. */
export const noticeAudience = pgTable(
  'notice_audience',
  {
    noticeId: uuid('notice_id')
      .notNull()
      .references(() => notices.id),
    unitId: text('unit_id').notNull(),
    people: integer('people').notNull(),
  },
  (t) => [primaryKey({ columns: [t.noticeId, t.unitId] })],
);

/**
 * Walks that a publication sets going: `audience` counts and tells those whom it is for, `readers` tells those who read the version
 * before. Each goes page by page, and goes on where it stopped.
 */
export const noticeWalks = pgTable(
  'notice_walks',
  {
    noticeId: uuid('notice_id')
      .notNull()
      .references(() => notices.id),
    n: smallint('n').notNull(),
    what: text('what').$type<'audience' | 'readers'>().notNull(),
    /** Behind whom it goes on: a unit and a retiree, or the number of a reading. */
    afterUnit: text('after_unit').notNull().default(''),
    afterRetiree: uuid('after_retiree').notNull().default('00000000-0000-0000-0000-000000000000'),
    afterRead: integer('after_read').notNull().default(0),
    startedAt: moment('started_at').notNull(),
    doneAt: moment('done_at'),
  },
  (t) => [
    primaryKey({ columns: [t.noticeId, t.n, t.what] }),
    index('notice_walks_open')
      .on(t.startedAt)
      .where(sql`${t.doneAt} is null`),
  ],
);
