/** Who changed which setting of a unit: its phone and hours, its usual reasons, the city's words of messages. */
import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { id, moment } from '../columns.ts';
import { units } from './registry.ts';

export const settingKinds = ['unit', 'reasons', 'words'] as const;
export type SettingKind = (typeof settingKinds)[number];

/** Written in the transaction that changes the setting; a trigger refuses that it is rewritten. */
export const settingChanges = pgTable(
  'setting_changes',
  {
    id: id(),
    at: moment('at').notNull(),
    byId: uuid('by_id').notNull(),
    unitId: text('unit_id')
      .notNull()
      .references(() => units.id),
    what: text('what').$type<SettingKind>().notNull(),
    /** Which of them, where a unit has several: a service, a text. */
    about: text('about').notNull().default(''),
    before: jsonb('before').$type<unknown>().notNull(),
    after: jsonb('after').$type<unknown>().notNull(),
  },
  (t) => [
    index('setting_changes_unit').on(t.unitId, t.what, t.id),
    index('setting_changes_at').on(t.at),
    check('setting_changes_what', sql`${t.what} in ('unit', 'reasons', 'words')`),
  ],
);

export const reasonVerbs = ['return', 'reject'] as const;
export type ReasonVerb = (typeof reasonVerbs)[number];

/** A unit's own usual reasons of a service, in order: offered after those of the service itself. */
export const usualReasons = pgTable(
  'usual_reasons',
  {
    unitId: text('unit_id')
      .notNull()
      .references(() => units.id),
    kind: text('kind').notNull(),
    verb: text('verb').$type<ReasonVerb>().notNull(),
    reasons: text('reasons').array().notNull(),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    primaryKey({ columns: [t.unitId, t.kind, t.verb] }),
    check('usual_reasons_verb', sql`${t.verb} in ('return', 'reject')`),
    check('usual_reasons_few', sql`cardinality(${t.reasons}) <= 10`),
  ],
);

/** The city's own words for a message, by service and language, in place of those in `locales`. Empty where they were taken back. */
export const messageWords = pgTable(
  'message_words',
  {
    kind: text('kind').notNull(),
    /** The text key under `notices`. */
    template: text('template').notNull(),
    locale: text('locale').$type<'zh-CN' | 'zh-Hant' | 'en'>().notNull(),
    words: text('words').notNull(),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    primaryKey({ columns: [t.kind, t.template, t.locale] }),
    check('message_words_locale', sql`${t.locale} in ('zh-CN', 'zh-Hant', 'en')`),
    check('message_words_long', sql`char_length(${t.words}) <= 300`),
  ],
);
