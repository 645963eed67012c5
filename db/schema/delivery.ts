/** The outbox, and at once its queue: a row is the truth about one message to one person, whoever sends it. */
import { sql } from 'drizzle-orm';
import { check, index, jsonb, pgTable, smallint, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bytes, id, moment } from '../columns.ts';

/**
 * `kept`: said already, or it waits in the person's own list. `unreachable`: no account, no phone; the community tells them.
 * `replaced`: a newer one made it pointless.
 */
export type MessageState = 'queued' | 'sent' | 'kept' | 'unreachable' | 'failed' | 'replaced';

export const messages = pgTable(
  'messages',
  {
    id: id(),
    accountId: uuid('account_id'),
    /** Their post at this unit is why they are told: colleagues there see whether it arrived. Null for whatever is private. */
    atUnit: text('at_unit'),
    /** A retiree without an account is told by SMS at the number in the registry. */
    retireeId: uuid('retiree_id'),
    /** A linked Telegram group (`group_rooms`): what everybody there may read. */
    roomId: uuid('room_id'),
    caseId: uuid('case_id'),
    /** `notice`: words. `card`: words with buttons for staff, changed later by an `edit`. `resume`: the chat asks on. */
    form: text('form').$type<'notice' | 'card' | 'edit' | 'resume'>().notNull(),
    /** The text key; the words are made at sending, in the person's language. */
    template: text('template').notNull(),
    /** What the text needs. Never a number, an address or an illness: names of people, units and services only; and `requestId`, what caused it. */
    params: jsonb('params').$type<Record<string, string>>().notNull(),
    /** The card an edit changes. */
    editOf: uuid('edit_of'),
    /** Says once: the same key is never written twice. */
    onceKey: text('once_key'),
    state: text('state').$type<MessageState>().notNull().default('queued'),
    way: text('way').$type<'telegram' | 'sms'>(),
    /** Where it is in the channel, to edit it: blind-sealed elsewhere; the id alone says nothing. */
    sentId: text('sent_id'),
    tries: smallint('tries').notNull().default(0),
    lastError: text('last_error'),
    nextTryAt: moment('next_try_at'),
    /** In a worker's hands until then. In no index, so that claiming touches none of them. */
    claimedUntil: moment('claimed_until'),
    createdAt: moment('created_at').notNull(),
    sentAt: moment('sent_at'),
    readAt: moment('read_at'),
    /** Staff told the person otherwise, or gave it up: when, who and how. */
    settledAt: moment('settled_at'),
    settledBy: uuid('settled_by'),
    settledHow: text('settled_how'),
  },
  (t) => [
    index('messages_account').on(t.accountId, t.createdAt),
    index('messages_retiree')
      .on(t.retireeId, t.createdAt)
      .where(sql`${t.retireeId} is not null`),
    index('messages_cards')
      .on(t.caseId)
      .where(sql`${t.form} = 'card'`),
    index('messages_staff')
      .on(t.atUnit, t.createdAt, t.id)
      .where(sql`${t.atUnit} is not null`),
    // What did not arrive is few among years of what did.
    index('messages_staff_left')
      .on(t.atUnit, t.createdAt, t.id)
      .where(sql`${t.atUnit} is not null and ${t.state} in ('queued', 'failed', 'kept')`),
    index('messages_waiting')
      .on(t.nextTryAt)
      .where(sql`${t.state} = 'queued'`),
    index('messages_age')
      .on(t.createdAt)
      .where(sql`${t.template} <> 'erased'`),
    check('messages_staff_account', sql`${t.atUnit} is null or ${t.accountId} is not null`),
    check(
      'messages_settled',
      sql`(${t.settledAt} is null) = (${t.settledBy} is null) and (${t.settledAt} is null) = (${t.settledHow} is null)`,
    ),
    uniqueIndex('messages_once')
      .on(t.onceKey)
      .where(sql`${t.onceKey} is not null`),
  ],
);

/** The wrapped data keys of this database: one row. */
export const vaultKeys = pgTable('vault_keys', {
  one: smallint('one').primaryKey().default(1),
  wrapped: bytes('wrapped').notNull(),
});
