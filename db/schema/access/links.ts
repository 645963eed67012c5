/** For whom an account may act, how it came to that, and what its owner agreed to. */
import { sql } from 'drizzle-orm';
import { index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bytes, id, moment } from '../../columns.ts';
import { retirees } from '../registry.ts';
import { accounts } from './accounts.ts';

export const relations = ['self', 'spouse', 'child', 'relative', 'other'] as const;
export type Relation = (typeof relations)[number];
/** What a link allows, from little to much; `can.ts` says what each means. */
export const linkScopes = ['look', 'apply', 'everything'] as const;
export type LinkScope = (typeof linkScopes)[number];

/** Why staff end a link: the retiree asked for it, it was made by mistake, it was abused, somebody died. */
export const revokeReasons = ['asked', 'mistake', 'abuse', 'death'] as const;
export type RevokeReason = (typeof revokeReasons)[number];

/** Who may act for a retiree: the retiree's own account (`self`) or a relative's (family link). */
export const links = pgTable(
  'links',
  {
    id: id(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    retireeId: uuid('retiree_id')
      .notNull()
      .references(() => retirees.id),
    relation: text('relation').$type<Relation>().notNull(),
    scope: text('scope').$type<LinkScope>().notNull().default('apply'),
    since: moment('since').notNull().defaultNow(),
    until: moment('until'),
    revokedAt: moment('revoked_at'),
    /** The staff account that bound it at the counter, if one did. */
    boundBy: uuid('bound_by'),
    /** Who ended it: the retiree, the relative, or staff. */
    revokedBy: uuid('revoked_by'),
    /** Why staff ended it. */
    revokedWhy: text('revoked_why').$type<RevokeReason>(),
    /** The case (亲情代办) that made it. */
    caseId: uuid('case_id'),
  },
  (t) => [
    uniqueIndex('links_one')
      .on(t.accountId, t.retireeId)
      .where(sql`${t.revokedAt} is null`),
    index('links_retiree')
      .on(t.retireeId)
      .where(sql`${t.revokedAt} is null`),
    // With those that have ended: what is held about somebody is shown and exported whole.
    index('links_account_ever').on(t.accountId, t.since),
    index('links_retiree_ever').on(t.retireeId, t.since),
    index('links_ended').on(sql`least(${t.revokedAt}, ${t.until})`),
  ],
);

/** A slip printed at the counter: its ten digits bind whoever types them to a retiree's record, once. */
export const slips = pgTable(
  'slips',
  {
    id: id(),
    /** Blind index of the ten digits. */
    codeIndex: bytes('code_index').notNull(),
    retireeId: uuid('retiree_id')
      .notNull()
      .references(() => retirees.id),
    relation: text('relation').$type<Relation>().notNull(),
    scope: text('scope').$type<LinkScope>().notNull(),
    madeBy: uuid('made_by').notNull(),
    createdAt: moment('created_at').notNull(),
    expiresAt: moment('expires_at').notNull(),
    usedAt: moment('used_at'),
    usedBy: uuid('used_by'),
  },
  (t) => [
    uniqueIndex('slips_code').on(t.codeIndex),
    index('slips_expiry').on(t.expiresAt),
    index('slips_retiree')
      .on(t.retireeId)
      .where(sql`${t.usedAt} is null`),
  ],
);

/** A consent, once a purpose: given unticked, withdrawn at any time. What the office must do by law needs none. */
export const consents = pgTable(
  'consents',
  {
    id: id(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    purpose: text('purpose').notNull(),
    givenAt: moment('given_at').notNull(),
    withdrawnAt: moment('withdrawn_at'),
  },
  (t) => [
    uniqueIndex('consents_one')
      .on(t.accountId, t.purpose)
      .where(sql`${t.withdrawnAt} is null`),
    index('consents_withdrawn').on(t.withdrawnAt),
  ],
);
