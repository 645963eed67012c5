/** Pictures and files of a notice. What a file is, its bytes say; a picture is made anew, so that nothing hidden survives. */
import { eq, sql } from 'drizzle-orm';
import { fileTypeFromBuffer } from 'file-type';
import { z } from 'zod';
import { noticeFiles } from '../../db/schema/notices.ts';
import { can, ensureCanSee, ensurePerson } from '../access/can.ts';
import { freshActor } from '../access/person.ts';
import type { Ctx } from '../context.ts';
import { remakePicture } from '../engine/files.ts';
import { once } from '../engine/once.ts';
import { notFound } from '../errors.ts';
import { picturesIn } from './body.ts';
import { notAnAttachment, tooManyNoticeFiles } from './errors.ts';
import { findNotice, openRevision, unitOf, type Notice, type Revision } from './notice.ts';
import { readable } from './read-notice.ts';
import { MOST_FILES } from './rules.ts';

export const addedFile = z.object({ id: z.uuid(), kind: z.enum(['picture', 'file']), bytes: z.int() });
export type AddedFile = z.infer<typeof addedFile>;

/** What readers can open on any phone, and what holds no program. */
const attachments: Record<string, string> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};
/** Also those of versions before, and those that were added and not used. */
const MOST_KEPT = 4 * MOST_FILES;

/** Keeps a picture or a file for a notice that is being written. @throws not-found, not-a-picture, heic-picture, file-too-large, not-an-attachment, too-many-files */
export async function addFile(
  ctx: Ctx,
  noticeId: string,
  kind: 'picture' | 'file',
  receive: () => Promise<ArrayBuffer>,
): Promise<AddedFile> {
  await writable(ctx, noticeId);
  const upload = Buffer.from(await receive());
  const kept =
    kind === 'picture' ? { mime: 'image/jpeg', content: await remakePicture(upload) } : await attachment(upload);
  return once(ctx, async (tx) => {
    const inside = { ...tx, actor: await freshActor(tx) };
    await writable(inside, noticeId);
    const [count] = await inside.db
      .select({ n: sql<number>`count(*)::int` })
      .from(noticeFiles)
      .where(eq(noticeFiles.noticeId, noticeId));
    if ((count?.n ?? 0) >= MOST_KEPT) throw tooManyNoticeFiles(MOST_KEPT);
    const bytes = kept.content.length;
    const { accountId } = ensurePerson(inside.actor);
    const [row] = await inside.db
      .insert(noticeFiles)
      .values({ noticeId, kind, bytes, ...kept, addedBy: accountId, at: inside.clock() })
      .returning({ id: noticeFiles.id });
    return { id: row?.id ?? '', kind, bytes };
  });
}

async function writable(ctx: Ctx, id: string): Promise<void> {
  const notice = await findNotice(ctx, id).catch(() => null);
  ensureCanSee(ctx.actor, 'notice.write', { unitId: notice?.unitId ?? '' });
}

async function attachment(content: Buffer): Promise<{ mime: string; content: Buffer }> {
  const type = await fileTypeFromBuffer(content);
  const mime = attachments[type?.ext ?? ''];
  if (!mime) throw notAnAttachment(type?.ext ?? '');
  return { mime, content };
}

export interface ServedFile {
  content: Buffer;
  /** The name that it is saved under. */
  name: string;
  /** Anybody may have it. */
  isPublic: boolean;
}

/** A picture or file, for those who may read the notice that shows it, or who oversee it. @throws not-signed-in, not-found */
export async function readFile(ctx: Ctx, id: string, kind: 'picture' | 'file'): Promise<ServedFile> {
  const [file] = await ctx.db.select().from(noticeFiles).where(eq(noticeFiles.id, id));
  if (file?.kind !== kind) throw notFound();
  const shown = await shownIn(ctx, id, file.noticeId);
  if (!shown) throw notFound();
  const name = shown.revision.files.find((one) => one.id === id)?.name ?? 'file';
  return { content: file.content, name, isPublic: shown.notice.isPublic };
}

/** The version in which the caller may see it. */
async function shownIn(ctx: Ctx, id: string, noticeId: string): Promise<{ notice: Notice; revision: Revision } | null> {
  const shows = ({ body, files }: Revision) => picturesIn(body).includes(id) || files.some((one) => one.id === id);
  const notice = await findNotice(ctx, noticeId);
  if (can(ctx.actor, 'notice.oversee', { unitPath: unitOf(ctx, notice.unitId).path })) {
    const open = await openRevision(ctx, notice);
    if (open || notice.current === null) return open && { notice: { ...notice, isPublic: false }, revision: open };
  }
  const seen = await readable(ctx, noticeId);
  return seen.notice.state === 'published' && shows(seen.revision) ? seen : null;
}
