/** Notices of the demo: one that the city says to everyone, one of a community. Written by one of the staff, approved by another. */
import { parseBody } from '../../../api/notices/body.ts';
import { noticeRevisions, notices, type NoticeCategory } from '../../schema/notices.ts';
import type { Db } from '../../connect.ts';
import type { posts } from '../../schema/access.ts';
import words from './words.json' with { type: 'json' };

/** A working day in the demo's past; people of the demo read them as old news. */
const PUBLISHED = new Date('2026-01-05T10:00:00+08:00');

/** Writes them as they stand once they are published. `staff` are the posts of the demo: each unit has two. */
export async function publishDemoNotices(tx: Db, staff: readonly (typeof posts.$inferInsert)[]): Promise<void> {
  for (const [at, { unitId, category, title, summary, text }] of words.notices.entries()) {
    const [by, second] = staff.filter((post) => post.unitId === unitId);
    if (!by || !second) continue;
    const id = `018e9570-7c00-7300-8000-${at.toString(16).padStart(12, '0')}`;
    await tx.insert(notices).values({
      id,
      unitId,
      state: 'published',
      current: 1,
      isPublic: true,
      madeBy: by.accountId,
      madeAt: PUBLISHED,
      publishedAt: PUBLISHED,
    });
    await tx.insert(noticeRevisions).values({
      noticeId: id,
      n: 1,
      state: 'approved',
      category: category as NoticeCategory,
      title,
      summary,
      body: parseBody(text),
      editedBy: by.accountId,
      editedAt: PUBLISHED,
      submittedBy: by.accountId,
      approvedBy: second.accountId,
      approvedAt: PUBLISHED,
    });
  }
}
