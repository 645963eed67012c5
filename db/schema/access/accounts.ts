/** Accounts, the ways into them, and what proves that somebody may come in. */
import { bigserial, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bytes, id, moment, sealed } from '../../columns.ts';

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
