/** Who of the staff is on leave from when to when, and who stands in: kept when it is over. */
import { sql } from 'drizzle-orm';
import { check, date, index, pgTable, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { id, moment } from '../columns.ts';
import { posts } from './access.ts';

/** A leave lasts from its first day to its last, both in Changsha, and ends by itself. */
export const leaves = pgTable(
  'leaves',
  {
    id: id(),
    postId: uuid('post_id')
      .notNull()
      .references(() => posts.id),
    /** The post of the colleague who stands in, at the same unit. */
    deputyId: uuid('deputy_id')
      .notNull()
      .references(() => posts.id),
    firstDay: date('first_day', { mode: 'string' }).notNull(),
    lastDay: date('last_day', { mode: 'string' }).notNull(),
    madeAt: moment('made_at').notNull(),
    /** Ended before its time, or replaced by another. */
    endedAt: moment('ended_at'),
  },
  (t) => [
    uniqueIndex('leaves_one')
      .on(t.postId)
      .where(sql`${t.endedAt} is null`),
    index('leaves_deputy')
      .on(t.deputyId)
      .where(sql`${t.endedAt} is null`),
    index('leaves_last').on(t.lastDay),
    index('leaves_post_ever').on(t.postId, t.id),
    check('leaves_forward', sql`${t.firstDay} <= ${t.lastDay}`),
    check('leaves_other', sql`${t.postId} <> ${t.deputyId}`),
  ],
);
