/**
 * Uploaded pictures. What a file is, its bytes say, not its name; the picture is made anew, so that GPS and other EXIF, and
 * anything hidden behind the image, do not survive.
 */
import { eq, or, sql } from 'drizzle-orm';
import { fileTypeFromBuffer } from 'file-type';
import sharp from 'sharp';
import { z } from 'zod';
import { cases, drafts, files } from '../../db/schema/engine.ts';
import { can } from '../access/can.ts';
import type { Ctx } from '../context.ts';
import { AppError, notFound } from '../errors.ts';
import { factsOf } from './cases/facts.ts';
import { serviceOf } from './catalogue.ts';
import { loadDraft, owns, type CaseRow } from './drafts/load.ts';
import { alreadySubmitted, noSuchQuestion } from './errors.ts';
import { once } from './once.ts';

/** A phone's photo is 2–8 MB; nothing larger is needed to read a paper. */
export const LARGEST_UPLOAD = 20 * 1024 * 1024;
/** Longest side after it is made anew: a paper stays readable. */
const LONGEST_SIDE = 2000;
const MOST_PIXELS = 100_000_000;
const MOST_FILES = 12;
const accepted = ['image/jpeg', 'image/png', 'image/webp', 'image/heic', 'image/heif', 'image/avif'];

/** A picture that was taken in. */
export const keptFile = z.object({ id: z.uuid() });
export type KeptFile = z.infer<typeof keptFile>;

const tooLarge = () => new AppError('file-too-large', 413, { max: LARGEST_UPLOAD / 1024 / 1024 });
/** iPhones keep photos as HEIC; no free library opens it, and pages convert it where the phone can. */
const heicPicture = () => new AppError('heic-picture', 415);
const notAPicture = (found: string) => new AppError('not-a-picture', 415, { found });
const tooManyFiles = () => new AppError('too-many-files', 422, { max: MOST_FILES });

/**
 * Keeps a picture for a photo question of a draft. Nothing is received of whoever may not.
 * @throws not-a-picture, heic-picture, file-too-large, too-many-files, not-found
 */
export async function addFile(
  ctx: Ctx,
  draftId: string,
  question: string,
  receive: () => Promise<ArrayBuffer>,
): Promise<KeptFile> {
  const draft = await loadDraft(ctx, draftId);
  if (draft.row.submittedAt) throw alreadySubmitted(draft.caseRow?.number ?? null);
  if (!draft.entries.some((entry) => entry.key === question && entry.question.kind === 'photos'))
    throw noSuchQuestion();
  const content = await remakePicture(Buffer.from(await receive()));
  return once(ctx, (inside) => keep(inside, draftId, question, content));
}

async function keep(ctx: Ctx, draftId: string, question: string, content: Buffer): Promise<KeptFile> {
  const [count] = await ctx.db
    .select({ n: sql<number>`count(*)::int` })
    .from(files)
    .where(eq(files.draftId, draftId));
  if ((count?.n ?? 0) >= MOST_FILES) throw tooManyFiles();
  const [row] = await ctx.db
    .insert(files)
    .values({ draftId, question, mime: 'image/jpeg', content, createdAt: ctx.clock() })
    .returning({ id: files.id });
  return { id: row?.id ?? '' };
}

/** A picture, for whoever owns its draft or may see its case. @throws not-found for everybody else */
export async function readFile(ctx: Ctx, id: string): Promise<{ mime: string; content: Buffer }> {
  const [found] = await ctx.db
    .select({ file: files, draft: drafts, caseRow: cases })
    .from(files)
    .innerJoin(drafts, eq(drafts.id, files.draftId))
    .leftJoin(cases, or(eq(cases.draftId, drafts.id), eq(cases.id, drafts.caseId)))
    .where(eq(files.id, id));
  if (!found) throw notFound();
  if (!owns(ctx, found.draft) && !(found.caseRow && (await sees(ctx, found.caseRow)))) throw notFound();
  return { mime: found.file.mime, content: found.file.content };
}

const sees = async (ctx: Ctx, row: CaseRow): Promise<boolean> =>
  can(ctx.actor, 'case.read', await factsOf(ctx, row, serviceOf(row.kind)));

/** The picture made anew. @throws not-a-picture, file-too-large */
export async function remakePicture(upload: Buffer): Promise<Buffer> {
  if (upload.length > LARGEST_UPLOAD) throw tooLarge();
  const type = await fileTypeFromBuffer(upload);
  if (!type || !accepted.includes(type.mime)) throw notAPicture(type?.ext ?? '');
  try {
    return await sharp(upload, { limitInputPixels: MOST_PIXELS })
      .rotate()
      .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality: 82 })
      .toBuffer();
  } catch {
    throw /hei[cf]/.test(type.mime) ? heicPicture() : notAPicture(type.ext);
  }
}
