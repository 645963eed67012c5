/** 专人（第二十一条）: who of its staff each unit names as answering for the retirees. */
import { index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { moment } from '../columns.ts';
import { posts } from './access.ts';
import { units } from './registry.ts';

/** One a unit. It counts for as long as the post gives power: nothing has to be cleared away when it ends. */
export const responsible = pgTable(
  'responsible',
  {
    unitId: text('unit_id')
      .primaryKey()
      .references(() => units.id),
    postId: uuid('post_id')
      .notNull()
      .references(() => posts.id),
    namedBy: uuid('named_by').notNull(),
    namedAt: moment('named_at').notNull(),
  },
  (t) => [index('responsible_post').on(t.postId)],
);
