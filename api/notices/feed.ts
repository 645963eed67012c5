/** What a unit has said to everyone, newest first, as RSS 2.0: for readers' programs and for boards that show it. */
import { and, desc, eq, gte, isNull, or } from 'drizzle-orm';
import { html } from 'hono/html';
import { noticeRevisions, notices } from '../../db/schema/notices.ts';
import { say } from '../../locales/index.ts';
import type { Ctx } from '../context.ts';
import { dayOf } from '../dates.ts';
import { unitOf } from './notice.ts';

const MOST = 30;

/** @param origin where the pages are; @throws not-found */
export async function noticeFeed(ctx: Ctx, unitId: string, origin: string): Promise<string> {
  const unit = unitOf(ctx, unitId);
  const rows = await ctx.db
    .select({ notice: notices, revision: noticeRevisions })
    .from(notices)
    .innerJoin(noticeRevisions, and(eq(noticeRevisions.noticeId, notices.id), eq(noticeRevisions.n, notices.current)))
    .where(
      and(
        eq(notices.unitId, unit.id),
        eq(notices.state, 'published'),
        eq(notices.isPublic, true),
        or(isNull(notices.inForceUntil), gte(notices.inForceUntil, dayOf(ctx.clock()))),
      ),
    )
    .orderBy(desc(notices.publishedAt), desc(notices.id))
    .limit(MOST);
  const title = say(ctx.locale, 'published:feed', { unit: unit.name });
  const items = rows.map(({ notice, revision }) => {
    const address = `${origin}/n/${notice.id}`;
    return html`<item>
      <title>${revision.title}</title>
      <link>${address}</link>
      <guid isPermaLink="true">${address}</guid>
      <pubDate>${(notice.publishedAt ?? notice.madeAt).toUTCString()}</pubDate>
      <category>${say(ctx.locale, `published:categories.${revision.category}`)}</category>
      <description>${revision.summary}</description>
    </item>`;
  });
  const channel = await html`<rss version="2.0"><channel>
    <title>${title}</title><link>${origin}/n</link><description>${title}</description>
    <language>${ctx.locale}</language>
    ${items}
  </channel></rss>`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${String(channel)}`;
}
