/**
 * Activities (第十二条): what a unit holds for those in its care, and who signed up. The row of an activity holds the count of its taken
 * seats, and its CHECK that there are never more than seats; the order of the waiting list is that of a sequence.
 */
import { sql } from 'drizzle-orm';
import {
  bigserial,
  boolean,
  check,
  index,
  integer,
  pgTable,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { id, moment, sealed, sealedBytes } from '../columns.ts';
import { groups } from './groups.ts';
import { retirees, units } from './registry.ts';

export const activityKinds = ['sport', 'culture', 'lecture', 'policy', 'other'] as const;
export const walkings = ['easy', 'some', 'hard'] as const;
export const activityStates = ['published', 'cancelled'] as const;

export const activities = pgTable(
  'activities',
  {
    id: id(),
    unitId: text('unit_id')
      .notNull()
      .references(() => units.id),
    /** For the members of this self-help group only; null for everybody in the unit's care. */
    groupId: uuid('group_id').references(() => groups.id),
    /** Only for those in the care of these units below it (or of units below these); null for everybody in the unit's care. */
    audience: text('audience').array(),
    state: text('state').$type<(typeof activityStates)[number]>().notNull().default('published'),
    /** Counts every change by staff: whoever acts names the one that they saw. */
    version: integer('version').notNull().default(1),
    kind: text('kind').$type<(typeof activityKinds)[number]>().notNull(),
    title: text('title').notNull(),
    details: text('details').notNull(),
    startsAt: moment('starts_at').notNull(),
    endsAt: moment('ends_at').notNull(),
    place: text('place').notNull(),
    mapUrl: text('map_url'),
    /** How to get there. */
    directions: text('directions').notNull(),
    seats: integer('seats').notNull(),
    /** By those who are in and those who were offered a seat, with their companions. */
    taken: integer('taken').notNull().default(0),
    opensAt: moment('opens_at').notNull(),
    closesAt: moment('closes_at').notNull(),
    costFen: integer('cost_fen').notNull().default(0),
    bring: text('bring').notNull(),
    walking: text('walking').$type<(typeof walkings)[number]>().notNull(),
    /** Whether one may bring somebody along, who takes a seat as well. */
    companions: boolean('companions').notNull(),
    contactName: text('contact_name').notNull(),
    contactPhone: text('contact_phone').notNull(),
    /** When the Telegram groups of self-help groups are reminded of it; null when they were, or will not be. */
    roomsRemindAt: moment('rooms_remind_at'),
    madeBy: uuid('made_by').notNull(),
    madeAt: moment('made_at').notNull(),
    cancelledAt: moment('cancelled_at'),
    cancelledWhy: text('cancelled_why'),
  },
  (t) => [
    index('activities_coming')
      .on(t.unitId, t.endsAt)
      .where(sql`${t.state} = 'published'`),
    index('activities_rooms_remind')
      .on(t.roomsRemindAt)
      .where(sql`${t.roomsRemindAt} is not null`),
    // Unit and id ride along in the index (see the migration).
    index('activities_held')
      .on(t.startsAt)
      .where(sql`${t.state} = 'published'`),
    index('activities_unit').on(t.unitId, t.startsAt.desc(), t.id),
    check('activities_state', sql`${t.state} in ('published', 'cancelled')`),
    check('activities_cancelled', sql`(${t.state} = 'cancelled') = (${t.cancelledAt} is not null)`),
    check('activities_seats', sql`${t.taken} between 0 and ${t.seats}`),
    check('activities_times', sql`${t.startsAt} < ${t.endsAt} and ${t.opensAt} < ${t.closesAt}`),
    check('activities_audience', sql`cardinality(${t.audience}) > 0 and ${t.groupId} is null or ${t.audience} is null`),
    check('activities_cost', sql`${t.costFen} >= 0`),
  ],
);

/** `offered`: from the waiting list, holding a seat until they confirm it. `lapsed`: did not. `stopped`: the person has died. */
export const signUpStates = ['in', 'offered', 'waiting', 'cancelled', 'lapsed', 'stopped'] as const;
export type SignUpState = (typeof signUpStates)[number];

/** What somebody needs to take part, said by themself for this activity. */
export interface SignUpNeeds {
  /** 我要人陪 */
  company: boolean;
  /** 行动不便 */
  slow: boolean;
}

const isLive = sql`state in ('in', 'offered', 'waiting')`;

export const signUps = pgTable(
  'sign_ups',
  {
    id: id(),
    /** The order of the waiting list. */
    n: bigserial('n', { mode: 'number' }).notNull(),
    // Each of the thousands who come at once shares the key of the activity's row for it: whoever changes that row does not hinder them,
    // as nobody locks it for more than that (never `for update`).
    activityId: uuid('activity_id')
      .notNull()
      .references(() => activities.id),
    retireeId: uuid('retiree_id')
      .notNull()
      .references(() => retirees.id),
    /** Who signed them up. */
    accountId: uuid('account_id').notNull(),
    state: text('state').$type<SignUpState>().notNull(),
    /** Seats: two with a companion. */
    size: smallint('size').notNull(),
    needs: sealed<SignUpNeeds>('needs', 'sign_ups.needs'),
    at: moment('at').notNull(),
    /** Until when an offered seat is held. */
    offeredUntil: moment('offered_until'),
    /** When they are reminded next: a day before, then two hours before. */
    remindAt: moment('remind_at'),
    checkedInAt: moment('checked_in_at'),
    checkedInBy: uuid('checked_in_by'),
    /** When the door last said whether they are there: what was said earlier and arrives later changes nothing. */
    checkedAt: moment('checked_at'),
    /** When whoever was checked in is asked how it was; null once they were. */
    askAt: moment('ask_at'),
    stars: smallint('stars'),
    ratingWords: sealed<string>('rating_words', 'sign_ups.rating_words'),
  },
  (t) => [
    uniqueIndex('sign_ups_one').on(t.activityId, t.retireeId).where(isLive),
    index('sign_ups_activity').on(t.activityId, t.n),
    index('sign_ups_waiting')
      .on(t.activityId, t.n)
      .where(sql`${t.state} = 'waiting'`),
    index('sign_ups_retiree').on(t.retireeId, t.n),
    index('sign_ups_offered')
      .on(t.offeredUntil)
      .where(sql`${t.state} = 'offered'`),
    index('sign_ups_remind')
      .on(t.remindAt)
      .where(sql`${t.remindAt} is not null`),
    index('sign_ups_ask')
      .on(t.askAt)
      .where(sql`${t.askAt} is not null`),
    // The stars ride along in the index (see the migration): the figures read no more.
    index('sign_ups_came')
      .on(t.activityId)
      .where(sql`${t.checkedInAt} is not null`),
    index('sign_ups_at').on(t.at),
    check('sign_ups_state', sql`${t.state} in ('in', 'offered', 'waiting', 'cancelled', 'lapsed', 'stopped')`),
    check('sign_ups_size', sql`${t.size} in (1, 2)`),
    check('sign_ups_offered', sql`(${t.state} = 'offered') = (${t.offeredUntil} is not null)`),
    check('sign_ups_stars', sql`${t.stars} between 1 and 5`),
    check('sign_ups_rating_words', sql`${t.ratingWords} is null or ${t.stars} is not null`),
    check('sign_ups_checked_in', sql`${t.checkedInAt} is null or ${t.checkedAt} is not null`),
  ],
);

/** A photo of an activity. One is here only when whoever added it confirmed that everybody recognisable agreed. */
export const activityPhotos = pgTable(
  'activity_photos',
  {
    id: id(),
    activityId: uuid('activity_id')
      .notNull()
      .references(() => activities.id),
    content: sealedBytes('content', 'activity_photos.content').notNull(),
    addedBy: uuid('added_by').notNull(),
    at: moment('at').notNull(),
  },
  (t) => [index('activity_photos_activity').on(t.activityId, t.id), index('activity_photos_at').on(t.at)],
);
