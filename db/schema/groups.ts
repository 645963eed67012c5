/**
 * Self-help groups (第十四条): who is in which, since when and until when; who leads them; and how staff would divide a community,
 * until they confirm it.
 */
import { sql } from 'drizzle-orm';
import {
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
import { bytes, id, moment, sealed } from '../columns.ts';
import { notices } from './notices.ts';
import { retirees, units } from './registry.ts';

export const groups = pgTable(
  'groups',
  {
    id: id(),
    unitId: text('unit_id')
      .notNull()
      .references(() => units.id),
    /** Its number in the community: what it is called when nobody gave it a name. */
    n: smallint('n').notNull(),
    name: text('name'),
    madeBy: uuid('made_by').notNull(),
    madeAt: moment('made_at').notNull(),
    endedAt: moment('ended_at'),
  },
  (t) => [
    uniqueIndex('groups_number')
      .on(t.unitId, t.n)
      .where(sql`${t.endedAt} is null`),
    check('groups_n', sql`${t.n} > 0`),
  ],
);

/** Who is in a group, with history. The partial unique index holds it: nobody is in two at a time. */
export const groupMembers = pgTable(
  'group_members',
  {
    id: id(),
    groupId: uuid('group_id')
      .notNull()
      .references(() => groups.id),
    retireeId: uuid('retiree_id')
      .notNull()
      .references(() => retirees.id),
    since: date('since', { mode: 'string' }).notNull(),
    until: date('until', { mode: 'string' }),
    /** Who put them there; null when a case did. */
    setBy: uuid('set_by'),
    caseId: uuid('case_id'),
  },
  (t) => [
    uniqueIndex('group_members_one_now')
      .on(t.retireeId)
      .where(sql`${t.until} is null`),
    index('group_members_group')
      .on(t.groupId)
      .where(sql`${t.until} is null`),
    index('group_members_history').on(t.retireeId, t.since),
    check('group_members_in_order', sql`${t.until} is null or ${t.until} >= ${t.since}`),
  ],
);

export const groupOffices = ['leader', 'deputy'] as const;
export type GroupOffice = (typeof groupOffices)[number];

/** Who leads a group, and who stands in for them: one each at a time, for a term. */
export const groupLeaders = pgTable(
  'group_leaders',
  {
    id: id(),
    groupId: uuid('group_id')
      .notNull()
      .references(() => groups.id),
    retireeId: uuid('retiree_id')
      .notNull()
      .references(() => retirees.id),
    office: text('office').$type<GroupOffice>().notNull(),
    since: date('since', { mode: 'string' }).notNull(),
    /** The last day of the term. */
    term: date('term', { mode: 'string' }).notNull(),
    until: date('until', { mode: 'string' }),
    setBy: uuid('set_by').notNull(),
    /** When they and the community were reminded that the term ends. */
    remindedAt: moment('reminded_at'),
  },
  (t) => [
    uniqueIndex('group_leaders_one')
      .on(t.groupId, t.office)
      .where(sql`${t.until} is null`),
    uniqueIndex('group_leaders_once')
      .on(t.retireeId)
      .where(sql`${t.until} is null`),
    index('group_leaders_terms')
      .on(t.term)
      .where(sql`${t.until} is null and ${t.remindedAt} is null`),
    index('group_leaders_history').on(t.retireeId, t.since),
    check('group_leaders_office', sql`${t.office} in ('leader', 'deputy')`),
    check('group_leaders_term', sql`${t.term} >= ${t.since}`),
    check('group_leaders_in_order', sql`${t.until} is null or ${t.until} >= ${t.since}`),
  ],
);

/**
 * A Telegram group that a self-help group is linked to: what is said there to everybody. Where it is, is sealed; it is found by its
 * blind index, like a way in. One of each at a time.
 */
export const groupRooms = pgTable(
  'group_rooms',
  {
    id: id(),
    groupId: uuid('group_id')
      .notNull()
      .references(() => groups.id),
    key: bytes('key').notNull(),
    address: sealed<string>('address', 'group_rooms.address').notNull(),
    linkedBy: uuid('linked_by').notNull(),
    /** What is said there is said in this language: that of whoever linked it. */
    locale: text('locale').notNull().default('zh-CN'),
    linkedAt: moment('linked_at').notNull(),
    unlinkedAt: moment('unlinked_at'),
    /** Nothing is sent there before: Telegram takes twenty messages a minute. */
    sendAt: moment('send_at'),
  },
  (t) => [
    uniqueIndex('group_rooms_group')
      .on(t.groupId)
      .where(sql`${t.unlinkedAt} is null`),
    uniqueIndex('group_rooms_key')
      .on(t.key)
      .where(sql`${t.unlinkedAt} is null`),
    check('group_rooms_locale', sql`${t.locale} in ('zh-CN', 'zh-Hant', 'en')`),
  ],
);

export const groupDoingKinds = ['visit', 'study', 'activity', 'help', 'other'] as const;
export type GroupDoing = (typeof groupDoingKinds)[number];

/** What a group did (第十四条), as whoever leads it or staff noted it. The words are sealed: a visit is somebody's story. */
export const groupDoings = pgTable(
  'group_doings',
  {
    id: id(),
    groupId: uuid('group_id')
      .notNull()
      .references(() => groups.id),
    kind: text('kind').$type<GroupDoing>().notNull(),
    day: date('day', { mode: 'string' }).notNull(),
    people: smallint('people').notNull(),
    /** The notice that was discussed. */
    noticeId: uuid('notice_id').references(() => notices.id, { onDelete: 'set null' }),
    words: sealed<string>('words', 'group_doings.words').notNull(),
    notedBy: uuid('noted_by').notNull(),
    at: moment('at').notNull(),
  },
  (t) => [
    index('group_doings_month').on(t.groupId, t.day),
    index('group_doings_at').on(t.at),
    // The group rides along in the index (see the migration).
    index('group_doings_visits')
      .on(t.day)
      .where(sql`${t.kind} = 'visit'`),
    uniqueIndex('group_doings_discussed')
      .on(t.noticeId, t.groupId)
      .where(sql`${t.noticeId} is not null`),
    check('group_doings_notice', sql`${t.noticeId} is null or ${t.kind} = 'study'`),
    check('group_doings_people', sql`${t.people} > 0`),
  ],
);

/** How a community would be divided: one at a time, gone once it is confirmed or dropped. */
export const groupProposals = pgTable(
  'group_proposals',
  {
    id: id(),
    unitId: text('unit_id')
      .notNull()
      .references(() => units.id),
    /** Counts every change: whoever acts names the one that they saw. */
    version: integer('version').notNull().default(1),
    madeBy: uuid('made_by').notNull(),
    madeAt: moment('made_at').notNull(),
  },
  (t) => [uniqueIndex('group_proposals_unit').on(t.unitId)],
);

/** The groups of a proposal; without an id, new ones. */
export const groupProposalSlots = pgTable(
  'group_proposal_slots',
  {
    proposalId: uuid('proposal_id')
      .notNull()
      .references(() => groupProposals.id, { onDelete: 'cascade' }),
    slot: smallint('slot').notNull(),
    groupId: uuid('group_id').references(() => groups.id),
  },
  (t) => [primaryKey({ columns: [t.proposalId, t.slot] })],
);

/** Who would be in which; in none where `slot` is null. */
export const groupProposalRows = pgTable(
  'group_proposal_rows',
  {
    proposalId: uuid('proposal_id')
      .notNull()
      .references(() => groupProposals.id, { onDelete: 'cascade' }),
    retireeId: uuid('retiree_id')
      .notNull()
      .references(() => retirees.id, { onDelete: 'cascade' }),
    slot: smallint('slot'),
  },
  (t) => [primaryKey({ columns: [t.proposalId, t.retireeId] }), index('group_proposal_rows_retiree').on(t.retireeId)],
);
