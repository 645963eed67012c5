/** The part of an export that notices have: which were read for a retiree, and when. */
import { and, asc, eq, gt } from 'drizzle-orm';
import { noticeReads, noticeRevisions } from '../../db/schema/notices.ts';
import { PAGE, ofRetirees, pageOf, unit, type Reader } from './export-page.ts';
import type { Part } from './held.ts';

export const noticeParts = {
  async noticeReads(ctx, owner, cursor) {
    const rows = await ctx.db
      .select({ read: noticeReads, title: noticeRevisions.title })
      .from(noticeReads)
      .innerJoin(
        noticeRevisions,
        and(eq(noticeRevisions.noticeId, noticeReads.noticeId), eq(noticeRevisions.n, noticeReads.revision)),
      )
      .where(and(ofRetirees(noticeReads.retireeId, owner), cursor ? gt(noticeReads.n, Number(cursor)) : undefined))
      .orderBy(asc(noticeReads.n))
      .limit(PAGE);
    return pageOf(
      rows.map(({ read, title }) => ({
        id: String(read.n),
        retireeId: read.retireeId,
        title,
        unit: unit(ctx, read.unitId),
        at: read.at,
      })),
    );
  },
} satisfies Partial<Record<Part, Reader>>;
