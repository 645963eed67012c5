/** Who signs in, by which way, for whom they may act, and at which unit they work. */
import { sql } from 'drizzle-orm';
import { bigserial, boolean, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bytes, id, moment, sealed } from '../columns.ts';
import { retirees, units } from './registry.ts';

/** One person who signs in. */
export const accounts = pgTable('accounts', {
  id: id(),
  name: text('name'),
  locale: text('locale').notNull().default('zh-CN'),
  createdAt: moment('created_at').notNull().defaultNow(),
  /** Closed by its owner: nobody signs in with it any more, and its ways in are free again. */
  closedAt: moment('closed_at'),
});

export const loginKinds = ['phone', 'telegram'] as const;
export type LoginKind = (typeof loginKinds)[number];

/** A way in: a phone number that a code was sent to, or a chat. All of an account's ways lead to the same account. */
export const logins = pgTable(
  'logins',
  {
    id: id(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    kind: text('kind').$type<LoginKind>().notNull(),
    /** Blind index of the phone number or chat id. */
    key: bytes('key').notNull(),
    /** The phone number or chat id itself, to send to. */
    address: sealed<string>('address', 'logins.address').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    /** The chat refused us (the bot was blocked): nothing more is sent there until the person writes again. */
    blockedAt: moment('blocked_at'),
    /** Until when a chat may use posts that need a second factor: its owner proved it on a page. */
    provenUntil: moment('proven_until'),
  },
  (t) => [uniqueIndex('logins_key').on(t.kind, t.key), index('logins_account').on(t.accountId)],
);

/** What somebody signed in on, in a word. */
export const devices = ['phone', 'computer', 'telegram'] as const;
export type Device = (typeof devices)[number];

/** A signed-in browser. The cookie holds the token; only its hash is here. */
export const sessions = pgTable(
  'sessions',
  {
    id: id(),
    tokenHash: bytes('token_hash').notNull(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    createdAt: moment('created_at').notNull().defaultNow(),
    expiresAt: moment('expires_at').notNull(),
    endedAt: moment('ended_at'),
    /** What kind of device it is, in a word (`phone`, `computer`, `telegram`), for the owner's list. Never the whole User-Agent. */
    device: text('device').$type<Device>(),
    /** Last used, to the hour: written rarely, so that reading costs nothing. */
    seenAt: moment('seen_at'),
    /** When the second factor was given in this session; null for those that did not. */
    provenAt: moment('proven_at'),
  },
  (t) => [
    uniqueIndex('sessions_token').on(t.tokenHash),
    index('sessions_account').on(t.accountId),
    index('sessions_expiry').on(t.expiresAt),
  ],
);

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

/** A code sent by SMS. Only its hash is kept; a few tries, ten minutes, one use. */
export const codes = pgTable(
  'codes',
  {
    id: id(),
    /** Blind index of the number, together with what the code is for when that is not signing in. */
    phoneIndex: bytes('phone_index').notNull(),
    codeHash: bytes('code_hash').notNull(),
    tries: integer('tries').notNull().default(0),
    createdAt: moment('created_at').notNull(),
    expiresAt: moment('expires_at').notNull(),
    usedAt: moment('used_at'),
  },
  (t) => [index('codes_phone').on(t.phoneIndex, t.createdAt), index('codes_expiry').on(t.expiresAt)],
);

/** Attempts counted in the database, so that a limit holds across processes. `key` is a blind index (phone, address, account). */
export const attempts = pgTable(
  'attempts',
  {
    n: bigserial('n', { mode: 'number' }).primaryKey(),
    what: text('what').notNull(),
    key: bytes('key').notNull(),
    at: moment('at').notNull(),
  },
  (t) => [index('attempts_key').on(t.what, t.key, t.at)],
);

/**
 * One-time links. `question`: answers one question of one draft, never a session. `sign-in`: becomes a session once it was
 * confirmed in the chat it came from. `chat-proof`: lets a chat use posts that need a second factor, once its code was given.
 * Only the hash of the 128-bit token is kept.
 */
export const tickets = pgTable(
  'tickets',
  {
    id: id(),
    tokenHash: bytes('token_hash').notNull(),
    kind: text('kind').$type<'question' | 'sign-in' | 'chat-proof'>().notNull(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    draftId: uuid('draft_id'),
    question: text('question'),
    /** The chat that a `chat-proof` is for. */
    loginId: uuid('login_id'),
    createdAt: moment('created_at').notNull(),
    expiresAt: moment('expires_at').notNull(),
    confirmedAt: moment('confirmed_at'),
    usedAt: moment('used_at'),
    /** The hash of what the browser that used it was given to finish (question tickets only). */
    grantHash: bytes('grant_hash'),
  },
  (t) => [
    uniqueIndex('tickets_token').on(t.tokenHash),
    uniqueIndex('tickets_grant').on(t.grantHash),
    index('tickets_account').on(t.accountId, t.createdAt),
    index('tickets_expiry').on(t.expiresAt),
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

/** The second factor of somebody with a post at a district or above: a TOTP secret (RFC 6238). */
export const secondFactors = pgTable(
  'second_factors',
  {
    accountId: uuid('account_id')
      .primaryKey()
      .references(() => accounts.id),
    secret: sealed<string>('secret', 'second_factors.secret').notNull(),
    createdAt: moment('created_at').notNull(),
    /** Null until the first code was right: before that it protects nothing. */
    confirmedAt: moment('confirmed_at'),
    /** The time step of the last code used: none is taken twice. */
    lastStep: integer('last_step'),
  },
  (t) => [index('second_factors_age').on(t.createdAt)],
);

/** Codes to be used once when the phone with the second factor is lost. Only their hashes are kept. */
export const recoveryCodes = pgTable(
  'recovery_codes',
  {
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    codeHash: bytes('code_hash').notNull(),
    usedAt: moment('used_at'),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.codeHash] })],
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

/** What was done with an account itself, shown to its owner: never changed. */
export type AccountAct = 'exported' | 'phone-lost' | 'closed' | 'joined';
export const accountActs = pgTable(
  'account_acts',
  {
    id: id(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    what: text('what').$type<AccountAct>().notNull(),
    /** Who did it: the owner, or staff at the counter. */
    byId: uuid('by_id').notNull(),
    /** The unit of the staff member who did it. */
    unitId: text('unit_id'),
    at: moment('at').notNull(),
  },
  (t) => [index('account_acts_account').on(t.accountId, t.at), index('account_acts_at').on(t.at)],
);
