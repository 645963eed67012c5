/**
 * Policy (第十一条（四）): documents with their chapters and articles, questions that were answered well, and the index through which both,
 * notices and services are found. The index holds words and weights only; what is shown is read where it stands.
 */
import { sql } from 'drizzle-orm';
import {
  bigint,
  bigserial,
  check,
  date,
  index,
  pgTable,
  primaryKey,
  real,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { id, moment } from '../columns.ts';
import { cases } from './engine.ts';
import { units } from './registry.ts';

export const documents = pgTable(
  'documents',
  {
    id: id(),
    /** 文号: 长人社规〔2024〕1号. One document a number: brought in again, it is replaced. */
    number: text('number').notNull().unique(),
    title: text('title').notNull(),
    issuer: text('issuer').notNull(),
    issuedOn: date('issued_on', { mode: 'string' }),
    inForceFrom: date('in_force_from', { mode: 'string' }),
    /** The last day; null when none is said. */
    inForceUntil: date('in_force_until', { mode: 'string' }),
    /** When its text was brought in, and by whom; null while only its articles in plain words are known. */
    enteredAt: moment('entered_at'),
    enteredBy: uuid('entered_by'),
  },
  (t) => [
    check(
      'documents_forward',
      sql`${t.inForceUntil} is null or ${t.inForceFrom} is null or ${t.inForceFrom} <= ${t.inForceUntil}`,
    ),
  ],
);

export const partKinds = ['chapter', 'article', 'item', 'annex'] as const;
export type PartKind = (typeof partKinds)[number];

/** A document in its order: chapters, articles, their items, annexes. */
export const documentParts = pgTable(
  'document_parts',
  {
    documentId: uuid('document_id')
      .notNull()
      .references(() => documents.id, { onDelete: 'cascade' }),
    position: smallint('position').notNull(),
    kind: text('kind').$type<PartKind>().notNull(),
    /** 第四章, 第十九条, 第十九条（一）, 附件 1. */
    label: text('label').notNull(),
    /** Of a chapter or an annex. */
    title: text('title').notNull().default(''),
    /** As it was issued; empty while it was not brought in. */
    text: text('text').notNull().default(''),
    /** In plain words, by staff; empty where the product's own words do. */
    plain: text('plain').notNull().default(''),
  },
  (t) => [
    primaryKey({ columns: [t.documentId, t.position] }),
    uniqueIndex('document_parts_label').on(t.documentId, t.label),
    check('document_parts_kind', sql`${t.kind} in ('chapter', 'article', 'item', 'annex')`),
  ],
);

/** A question that somebody asked and staff answered, for everybody in the unit and below. Nobody's name is in it. */
export const publishedAnswers = pgTable(
  'published_answers',
  {
    id: id(),
    unitId: text('unit_id')
      .notNull()
      .references(() => units.id),
    /** The consultation it comes from: published once. */
    caseId: uuid('case_id')
      .unique()
      .references(() => cases.id),
    question: text('question').notNull(),
    answer: text('answer').notNull(),
    madeBy: uuid('made_by').notNull(),
    madeAt: moment('made_at').notNull(),
    withdrawnAt: moment('withdrawn_at'),
  },
  (t) => [index('published_answers_unit').on(t.unitId, t.id.desc())],
);

export const askKinds = ['article', 'service', 'notice', 'answer'] as const;
export type AskKind = (typeof askKinds)[number];

/** Something that can be found: an article or item, a service, a notice, an answer. */
export const askEntries = pgTable(
  'ask_entries',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    kind: text('kind').$type<AskKind>().notNull(),
    /** `<document>:<label>`, a service's kind, the id of a notice or of an answer. */
    ref: text('ref').notNull(),
    /** Only for the people of this unit and those below; null for everybody. */
    unitId: text('unit_id'),
    /** Changes when what it was made from does, so that nothing is indexed twice for nothing. */
    digest: text('digest').notNull(),
  },
  (t) => [
    uniqueIndex('ask_entries_ref').on(t.kind, t.ref),
    check('ask_entries_kind', sql`${t.kind} in ('article', 'service', 'notice', 'answer')`),
  ],
);

export const askPostings = pgTable(
  'ask_postings',
  {
    term: text('term').notNull(),
    entryId: bigint('entry_id', { mode: 'number' })
      .notNull()
      .references(() => askEntries.id, { onDelete: 'cascade' }),
    /** How much the entry is about the term, 0 to 1: often, in its title, in few words. */
    weight: real('weight').notNull(),
  },
  (t) => [
    // The weight rides along in the index (see the migration): a search never visits the table.
    primaryKey({ columns: [t.term, t.entryId] }),
    index('ask_postings_entry').on(t.entryId),
  ],
);
