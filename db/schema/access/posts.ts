/** Who works at which unit, how they came to it, and what they looked at. */
import { sql } from 'drizzle-orm';
import { boolean, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bytes, id, moment, sealed } from '../../columns.ts';
import { units } from '../registry.ts';
import { accounts } from './accounts.ts';

export const roles = ['clerk', 'lead'] as const;
export type Role = (typeof roles)[number];

/** A post: a role at a unit. A person may hold several. */
export const posts = pgTable(
  'posts',
  {
    id: id(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    unitId: text('unit_id')
      .notNull()
      .references(() => units.id),
    role: text('role').$type<Role>().notNull(),
    onDuty: boolean('on_duty').notNull().default(true),
    since: moment('since').notNull().defaultNow(),
    /** Suspended: the post stays, and gives no power until it is taken up again. */
    suspendedAt: moment('suspended_at'),
    endedAt: moment('ended_at'),
    /** Who gave it and who ended it. */
    givenBy: uuid('given_by'),
    endedBy: uuid('ended_by'),
  },
  (t) => [
    uniqueIndex('posts_one')
      .on(t.accountId, t.unitId)
      .where(sql`${t.endedAt} is null`),
    // With those that have ended: when somebody's last post ended is looked up every night.
    index('posts_account_ever').on(t.accountId, t.endedAt),
    index('posts_unit')
      .on(t.unitId)
      .where(sql`${t.endedAt} is null`),
  ],
);

/** What of a retiree is masked or kept apart, and read only with a reason. */
export const maskedFacts = ['id-number', 'phone', 'ethnicity'] as const;
export type MaskedFact = (typeof maskedFacts)[number];
/** Why somebody looks. */
export const unmaskReasons = ['check-papers', 'office-entry', 'call', 'other'] as const;
export type UnmaskReason = (typeof unmaskReasons)[number];

/** Who looked at what was masked, at which unit, and why. */
export const unmaskings = pgTable(
  'unmaskings',
  {
    id: id(),
    retireeId: uuid('retiree_id').notNull(),
    accountId: uuid('account_id').notNull(),
    /** The unit whose post allowed it. */
    unitId: text('unit_id').notNull(),
    what: text('what').$type<MaskedFact>().notNull(),
    why: text('why').$type<UnmaskReason>().notNull(),
    /** The reason in their own words. */
    words: sealed<string>('words', 'unmaskings.words'),
    at: moment('at').notNull(),
  },
  (t) => [index('unmaskings_retiree').on(t.retireeId, t.at), index('unmaskings_at').on(t.at)],
);

/** An invitation to a post, sent as a one-time link; only the token's hash is kept. */
export const invites = pgTable(
  'invites',
  {
    id: id(),
    tokenHash: bytes('token_hash').notNull(),
    unitId: text('unit_id')
      .notNull()
      .references(() => units.id),
    role: text('role').$type<Role>().notNull(),
    /** Whom it is meant for, as the inviter wrote it. */
    name: text('name').notNull(),
    invitedBy: uuid('invited_by').notNull(),
    createdAt: moment('created_at').notNull(),
    expiresAt: moment('expires_at').notNull(),
    usedAt: moment('used_at'),
    usedBy: uuid('used_by'),
    revokedAt: moment('revoked_at'),
  },
  (t) => [
    uniqueIndex('invites_token').on(t.tokenHash),
    index('invites_expiry').on(t.expiresAt),
    index('invites_unit')
      .on(t.unitId)
      .where(sql`${t.usedAt} is null and ${t.revokedAt} is null`),
  ],
);

export const staffActs = [
  'invited',
  'invite-revoked',
  'joined',
  'moved',
  'suspended',
  'resumed',
  'removed',
  'factor-reset',
  'named-responsible',
] as const;
export type StaffAct = (typeof staffActs)[number];

/** What was done about the staff of a unit: who gave, moved, suspended or ended which post. Written once, never changed. */
export const staffEvents = pgTable(
  'staff_events',
  {
    id: id(),
    at: moment('at').notNull(),
    act: text('act').$type<StaffAct>().notNull(),
    unitId: text('unit_id').notNull(),
    role: text('role').$type<Role>().notNull(),
    /** Whom it concerns: the account, or null while it is only invited; the name as it was then. */
    accountId: uuid('account_id'),
    name: text('name').notNull(),
    /** Who did it. */
    byId: uuid('by_id').notNull(),
    /** Why, in their own words; for a move, where to. */
    words: sealed<string>('words', 'staff_events.words'),
    toUnitId: text('to_unit_id'),
  },
  (t) => [index('staff_events_unit').on(t.unitId, t.id), index('staff_events_at').on(t.at)],
);
