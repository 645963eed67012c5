/** One notice as readers have it; and that it was read, once for everybody whom it is for. */
import { inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import { noticeFiles, noticeReads } from '../../db/schema/notices.ts';
import { say } from '../../locales/index.ts';
import { hoursLines, unitHours } from '../access/me.ts';
import { ensureCanSee, ensurePerson } from '../access/can.ts';
import type { Ctx } from '../context.ts';
import { dayOf } from '../dates.ts';
import { notFound } from '../errors.ts';
import { chatWords } from './chat-words.ts';
import { findNotice, revisionOf, unitOf, worksBelow, type Notice, type Revision } from './notice.ts';
import { lineOf, meantBy, noticeLine } from './read-notices.ts';
import { readersOf } from './readers.ts';

export const block = z.discriminatedUnion('is', [
  z.object({ is: z.literal('heading'), text: z.string() }),
  z.object({ is: z.literal('paragraph'), text: z.string() }),
  z.object({ is: z.literal('list'), ordered: z.boolean(), items: z.array(z.string()) }),
  z.object({ is: z.literal('picture'), file: z.uuid(), words: z.string() }),
]);
export const attached = z.object({ id: z.uuid(), name: z.string(), bytes: z.int() });

export const noticeView = noticeLine.omit({ unit: true, read: true }).extend({
  state: z.enum(['published', 'withdrawn']),
  /** The office that published it, and how to call it. */
  unit: z.object({
    id: z.string(),
    name: z.string(),
    phone: z.string().nullable(),
    hours: hoursLines.nullable(),
  }),
  /** Nothing of what was withdrawn. */
  body: z.array(block),
  files: z.array(attached),
  inForceFrom: z.iso.date().nullable(),
  /** It was in force until a day that has passed. */
  over: z.boolean(),
  /** What the newest correction changed. */
  change: z.string().nullable(),
  withdrawn: z.object({ at: z.iso.datetime(), why: z.string() }).nullable(),
  /** Everybody may read it: it has an address that can be passed on. */
  isPublic: z.boolean(),
  /** The same as a message in a chat. */
  chat: z.string(),
});
export type NoticeView = z.infer<typeof noticeView>;

/** The notice as published, for whoever may read it. @throws not-signed-in, not-found */
export async function readNotice(ctx: Ctx, id: string): Promise<NoticeView> {
  const { notice, revision } = await readable(ctx, id);
  return viewOf(ctx, notice, revision);
}

/** Notes that it was read for those of the caller's people whom it is for. @throws not-signed-in, not-found */
export async function markRead(ctx: Ctx, id: string): Promise<void> {
  const { notice, revision } = await readable(ctx, id);
  const { accountId } = ensurePerson(ctx.actor);
  const readers = meantBy(await readersOf(ctx, ctx.actor), notice, revision);
  if (readers.length === 0 || notice.state !== 'published') return;
  await ctx.db
    .insert(noticeReads)
    .values(
      readers.map(({ retireeId, unitId }) => ({
        noticeId: id,
        retireeId,
        unitId,
        accountId,
        revision: revision.n,
        at: ctx.clock(),
      })),
    )
    .onConflictDoUpdate({
      target: [noticeReads.noticeId, noticeReads.retireeId],
      set: { revision: sql`greatest(${noticeReads.revision}, excluded.revision)` },
    });
}

/** What was published and the caller may read. What is for nobody of theirs is not there. @throws not-signed-in, not-found */
export async function readable(ctx: Ctx, id: string): Promise<{ notice: Notice; revision: Revision }> {
  const notice = await findNotice(ctx, id);
  if (notice.state === 'new') throw notFound();
  const revision = await revisionOf(ctx, notice, notice.current);
  if (notice.isPublic) return { notice, revision };
  const meant = meantBy(await readersOf(ctx, ctx.actor), notice, revision).map(({ retireeId }) => retireeId);
  const unit = unitOf(ctx, notice.unitId);
  if (!worksBelow(ctx, unit)) ensureCanSee(ctx.actor, 'notice.read', { unitPath: unit.path, meant });
  return { notice, revision };
}

async function viewOf(ctx: Ctx, notice: Notice, revision: Revision): Promise<NoticeView> {
  const unit = unitOf(ctx, notice.unitId);
  const gone = notice.state === 'withdrawn';
  return {
    ...lineOf(ctx, notice, revision),
    state: gone ? 'withdrawn' : 'published',
    unit: { id: unit.id, name: unit.name, phone: unit.phone, hours: unitHours(ctx, unit) },
    summary: gone ? '' : revision.summary,
    body: gone ? [] : revision.body,
    files: gone ? [] : await attachedTo(ctx, revision),
    inForceFrom: revision.inForceFrom,
    over: revision.inForceUntil !== null && revision.inForceUntil < dayOf(ctx.clock()),
    change: revision.change || null,
    withdrawn: notice.withdrawnAt && { at: notice.withdrawnAt.toISOString(), why: notice.withdrawnWhy ?? '' },
    isPublic: notice.isPublic,
    chat: gone ? say(ctx.locale, 'published:withdrawn', { title: revision.title }) : chatWords(ctx, unit, revision),
  };
}

/** The files that hang on a version, with their sizes. */
export async function attachedTo(ctx: Ctx, { files }: Revision): Promise<z.infer<typeof attached>[]> {
  if (files.length === 0) return [];
  const rows = await ctx.db
    .select({ id: noticeFiles.id, bytes: noticeFiles.bytes })
    .from(noticeFiles)
    .where(
      inArray(
        noticeFiles.id,
        files.map((file) => file.id),
      ),
    );
  return files.map((file) => ({ ...file, bytes: rows.find(({ id }) => id === file.id)?.bytes ?? 0 }));
}
