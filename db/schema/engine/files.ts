/** What people uploaded. */
import { index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { id, moment, sealedBytes } from '../../columns.ts';
import { drafts } from './cases.ts';

/** Uploaded pictures: re-made (so nothing hidden survives), sealed, served only through access checks. */
export const files = pgTable(
  'files',
  {
    id: id(),
    draftId: uuid('draft_id')
      .notNull()
      .references(() => drafts.id, { onDelete: 'cascade' }),
    question: text('question').notNull(),
    mime: text('mime').notNull(),
    content: sealedBytes('content', 'files.content').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [index('files_draft').on(t.draftId), index('files_age').on(t.createdAt)],
);
