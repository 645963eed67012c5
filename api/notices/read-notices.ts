/**
 * Notices for whoever looks: found out at that moment from their unit and those above it. Nothing says why one is for them: neither
 * list nor notice tells its audience, and what is not for them is not there.
 */
import { and, desc, eq, gte, inArray, isNull, lt, or, sql } from 'drizzle-orm';
import { z } from 'zod';
import { noticeCategories, noticeReads, noticeRevisions, notices } from '../../db/schema/notices.ts';
import type { Ctx } from '../context.ts';
import { dayOf } from '../dates.ts';
import { audienceOf, type Notice, type Revision } from './notice.ts';
import { readersOf, type Reader } from './readers.ts';
import { isMeant } from './rules.ts';

export const noticeLine = z.object({
  id: z.uuid(),
  unit: z.object({ id: z.string(), name: z.string() }),
  category: z.enum(noticeCategories),
  title: z.string(),
  summary: z.string(),
  pinned: z.boolean(),
  publishedAt: z.iso.datetime(),
  correctedAt: z.iso.datetime().nullable(),
  inForceUntil: z.iso.date().nullable(),
  /** Whether everybody whom the caller reads it for has it read already, in its newest version. */
  read: z.boolean(),
});
export type NoticeLine = z.infer<typeof noticeLine>;

export const noticeList = z.object({
  notices: z.array(noticeLine),
  /** Where the next page begins; null at the end. */
  next: z.string().nullable(),
});
export type NoticeList = z.infer<typeof noticeList>;

const PAGE = 20;

/** Where a page ends: pinned ones come first, then the newest. */
interface Place {
  pinned: boolean;
  at: Date;
  id: string;
}
const writePlace = ({ pinned, publishedAt, id }: Notice): string =>
  `${pinned ? 1 : 0}.${publishedAt?.getTime() ?? 0}.${id}`;

function readPlace(text: string | undefined): Place | null {
  const [, pinned, at, id] =
    /^([01])\.(\d{1,13})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(text ?? '') ?? [];
  return id ? { pinned: pinned === '1', at: new Date(Number(at)), id } : null;
}

/** For those whom the caller may read for; for guests and people bound to nobody, what the city says to everyone. */
export async function listNotices(ctx: Ctx, after?: string): Promise<NoticeList> {
  const readers = await readersOf(ctx, ctx.actor);
  const city = ctx.city.units.children(null, 'city').map(({ id }) => id);
  const units = readers.length > 0 ? [...new Set(readers.flatMap(({ unitIds }) => unitIds))] : city;
  const place = readPlace(after);
  const rows = await ctx.db
    .select({ notice: notices, revision: noticeRevisions })
    .from(notices)
    .innerJoin(noticeRevisions, and(eq(noticeRevisions.noticeId, notices.id), eq(noticeRevisions.n, notices.current)))
    .where(
      and(
        inArray(notices.unitId, units),
        eq(notices.state, 'published'),
        readers.length > 0 ? undefined : eq(notices.isPublic, true),
        or(isNull(notices.inForceUntil), gte(notices.inForceUntil, dayOf(ctx.clock()))),
        place ? behind(place) : undefined,
      ),
    )
    .orderBy(desc(notices.pinned), desc(notices.publishedAt), desc(notices.id))
    .limit(PAGE + 1);
  const page = rows.slice(0, PAGE);
  const last = page.at(-1)?.notice;
  const meant = page.filter(
    ({ notice, revision }) => readers.length === 0 || meantBy(readers, notice, revision).length > 0,
  );
  const read = await readAlready(ctx, meant, readers);
  return {
    notices: meant.map(({ notice, revision }) => ({ ...lineOf(ctx, notice, revision), read: read.has(notice.id) })),
    next: rows.length > PAGE && last ? writePlace(last) : null,
  };
}

/** In the order of the list. A moment of the database is finer than one of ours: it is cut before it is compared. */
function behind({ pinned, at, id }: Place) {
  const published = sql`date_trunc('milliseconds', ${notices.publishedAt})`;
  const later = or(
    sql`${published} < ${at.toISOString()}::timestamptz`,
    and(sql`${published} = ${at.toISOString()}::timestamptz`, lt(notices.id, id)),
  );
  return pinned
    ? or(eq(notices.pinned, false), and(eq(notices.pinned, true), later))
    : and(eq(notices.pinned, false), later);
}

/** Those among the readers whom a notice is for. */
export function meantBy(readers: readonly Reader[], notice: Notice, revision: Revision): Reader[] {
  const audience = audienceOf(revision);
  return readers.filter((reader) => reader.unitIds.includes(notice.unitId) && isMeant(audience, reader));
}

export function lineOf(ctx: Ctx, notice: Notice, revision: Revision): Omit<NoticeLine, 'read'> {
  return {
    id: notice.id,
    unit: { id: notice.unitId, name: ctx.city.units.get(notice.unitId)?.name ?? '' },
    category: revision.category,
    title: revision.title,
    summary: revision.summary,
    pinned: notice.pinned,
    publishedAt: (notice.publishedAt ?? notice.madeAt).toISOString(),
    correctedAt: notice.correctedAt?.toISOString() ?? null,
    inForceUntil: notice.inForceUntil,
  };
}

type Row = { notice: Notice; revision: Revision };

async function readAlready(ctx: Ctx, rows: readonly Row[], readers: readonly Reader[]): Promise<Set<string>> {
  if (rows.length === 0 || readers.length === 0) return new Set();
  const reads = await ctx.db
    .select({ noticeId: noticeReads.noticeId, retireeId: noticeReads.retireeId, revision: noticeReads.revision })
    .from(noticeReads)
    .where(
      and(
        inArray(
          noticeReads.noticeId,
          rows.map(({ notice }) => notice.id),
        ),
        inArray(
          noticeReads.retireeId,
          readers.map(({ retireeId }) => retireeId),
        ),
      ),
    );
  const has = ({ notice, revision }: Row) =>
    meantBy(readers, notice, revision).every(({ retireeId }) =>
      reads.some((one) => one.noticeId === notice.id && one.retireeId === retireeId && one.revision >= revision.n),
    );
  return new Set(rows.filter(has).map(({ notice }) => notice.id));
}
