/** The registry: units, retirees, whose care they are in, where they live, and how they are found. */
import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { bytes, exactText, id, moment, sealed } from '../columns.ts';

export const unitLevels = ['city', 'district', 'street', 'community', 'agency', 'archives'] as const;
export type UnitLevel = (typeof unitLevels)[number];

/** Minutes after midnight, Shanghai time. */
export interface Hours {
  from: number;
  to: number;
}

/** When a unit's counter is open. A public holiday is closed, and a make-up day is as the first open day of the week. */
export interface OpeningHours {
  /** Monday first; null: closed. */
  week: (Hours | null)[];
  /** The noon rest of every day. */
  pause: Hours | null;
  /** Days that are otherwise, whatever the calendar says of them; null: closed. */
  exceptions: { day: string; hours: Hours | null }[];
}

/** The tree of offices. `path` holds the ids from the city down, so a subtree is a prefix. */
export const units = pgTable(
  'units',
  {
    id: text('id').primaryKey(),
    level: text('level').$type<UnitLevel>().notNull(),
    name: text('name').notNull(),
    parentId: text('parent_id'),
    path: exactText('path').notNull(),
    phone: text('phone'),
    hours: jsonb('hours').$type<OpeningHours>(),
    /** Of phone and hours: whoever changes them names the one they saw. */
    version: integer('version').notNull().default(1),
  },
  (t) => [
    index('units_parent').on(t.parentId),
    index('units_path').on(t.path),
    check('units_phone', sql`${t.phone} ~ '^[0-9][0-9-]{4,19}$'`),
    check('units_hours', sql`jsonb_array_length(${t.hours} -> 'week') = 7`),
  ],
);

export const sexes = ['female', 'male'] as const;
export const employerKinds = ['central', 'provincial', 'municipal', 'district', 'self-employed'] as const;
export type EmployerKind = (typeof employerKinds)[number];
export const managers = ['city', 'district'] as const;

/** A person drawing the enterprise employees' basic pension. Numbers are sealed and found by blind index. */
export const retirees = pgTable(
  'retirees',
  {
    id: id(),
    name: text('name').notNull(),
    sex: text('sex').$type<(typeof sexes)[number]>().notNull(),
    born: date('born', { mode: 'string' }).notNull(),
    idNumber: sealed<string>('id_number', 'retirees.id_number').notNull(),
    idNumberIndex: bytes('id_number_index').notNull(),
    /** Mobile or landline; one number may belong to several people (a couple, a daughter's phone). */
    phone: sealed<string>('phone', 'retirees.phone'),
    phoneIndex: bytes('phone_index'),
    retiredOn: date('retired_on', { mode: 'string' }),
    employer: text('employer'),
    employerKind: text('employer_kind').$type<EmployerKind>(),
    /** The agency where the insurance relation is (第三条). */
    insuredAt: text('insured_at')
      .notNull()
      .references(() => units.id),
    /** Which level manages them: the city itself or the district (市本级 / 区县). */
    managedBy: text('managed_by').$type<(typeof managers)[number]>(),
    /** 民族: sealed, and read only by those with a permission of their own; each reading is recorded. */
    ethnicity: sealed<string>('ethnicity', 'retirees.ethnicity'),
    /** The last day on which they are known to have been certified (第十一条（三）); null when nobody said. */
    certifiedOn: date('certified_on', { mode: 'string' }),
    diedOn: date('died_on', { mode: 'string' }),
    /** When name, numbers and addresses were erased because the time after the death was over. */
    erasedAt: moment('erased_at'),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('retirees_id_number').on(t.idNumberIndex),
    index('retirees_phone').on(t.phoneIndex),
    index('retirees_certified')
      .on(t.certifiedOn)
      .where(sql`${t.certifiedOn} is not null and ${t.diedOn} is null`),
    index('retirees_birthday')
      .on(sql`extract(month from ${t.born})`, sql`extract(day from ${t.born})`)
      .where(sql`${t.diedOn} is null`),
    index('retirees_deceased')
      .on(t.diedOn)
      .where(sql`${t.diedOn} is not null and ${t.erasedAt} is null`),
  ],
);

/** Which unit serves a retiree, with history. The partial unique index holds 第三条: one unit at a time. */
export const care = pgTable(
  'care',
  {
    id: id(),
    retireeId: uuid('retiree_id')
      .notNull()
      .references(() => retirees.id),
    unitId: text('unit_id')
      .notNull()
      .references(() => units.id),
    since: date('since', { mode: 'string' }).notNull(),
    until: date('until', { mode: 'string' }),
    caseId: uuid('case_id'),
  },
  (t) => [
    uniqueIndex('care_one_now')
      .on(t.retireeId)
      .where(sql`${t.until} is null`),
    index('care_unit')
      .on(t.unitId)
      .where(sql`${t.until} is null`),
    index('care_history').on(t.retireeId, t.since),
    check('care_in_order', sql`${t.until} is null or ${t.until} >= ${t.since}`),
  ],
);

/** Where inside a community (第四条（二）: to building, unit and room), or in words when outside the city. */
export interface Place {
  estate?: string;
  building?: string;
  unit?: string;
  room?: string;
  words?: string;
}

/** Where a retiree lives and lived. The room is sealed; the community is not, since care depends on it. */
export const residences = pgTable(
  'residences',
  {
    id: id(),
    retireeId: uuid('retiree_id')
      .notNull()
      .references(() => retirees.id),
    /** The community; null when the home is outside the city. */
    communityId: text('community_id').references(() => units.id),
    place: sealed<Place>('place', 'residences.place').notNull(),
    since: date('since', { mode: 'string' }).notNull(),
    until: date('until', { mode: 'string' }),
    caseId: uuid('case_id'),
  },
  (t) => [
    uniqueIndex('residences_one_now')
      .on(t.retireeId)
      .where(sql`${t.until} is null`),
    index('residences_history').on(t.retireeId, t.since),
    check('residences_in_order', sql`${t.until} is null or ${t.until} >= ${t.since}`),
  ],
);

/** People to call about a retiree (家庭联系人). A contact has no right to act: that is a family link. */
export const contacts = pgTable(
  'contacts',
  {
    id: id(),
    retireeId: uuid('retiree_id')
      .notNull()
      .references(() => retirees.id),
    name: text('name').notNull(),
    relation: text('relation').notNull(),
    phone: sealed<string>('phone', 'contacts.phone'),
    emergency: boolean('emergency').notNull().default(false),
  },
  (t) => [index('contacts_retiree').on(t.retireeId)],
);

/** What a clerk may type to find somebody: name, pinyin, initials by prefix; last four digits by blind index (hex). */
export const searchKeys = pgTable(
  'search_keys',
  {
    unitId: text('unit_id').notNull(),
    key: exactText('key').notNull(),
    retireeId: uuid('retiree_id').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.unitId, t.key, t.retireeId] }),
    index('search_keys_key').on(t.key),
    index('search_keys_retiree').on(t.retireeId),
  ],
);

/** Days that differ from Monday-to-Friday: public holidays, and the make-up days (调休) worked for them. */
export const calendarDays = pgTable('calendar_days', {
  day: date('day', { mode: 'string' }).primaryKey(),
  works: boolean('works').notNull(),
  name: text('name').notNull(),
  year: integer('year').notNull(),
});
