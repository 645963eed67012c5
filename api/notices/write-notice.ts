/** Writing a notice: beginning one, saving what is written, beginning a correction, and dropping what was not published. */
import { and, eq, inArray, ne, sql } from 'drizzle-orm';
import type { KeptFlag } from '../../db/schema/care.ts';
import { noticeFiles, noticeRevisions, notices, type NoticeCategory } from '../../db/schema/notices.ts';
import type { EmployerKind } from '../../db/schema/registry.ts';
import { ensureCan, ensurePerson } from '../access/can.ts';
import { freshActor } from '../access/person.ts';
import type { Ctx } from '../context.ts';
import { once } from '../engine/once.ts';
import { plainLines } from '../values/characters.ts';
import { parseBody, picturesIn } from './body.ts';
import { agesBackwards, noticeBackwards, noticeChanged, noSuchPicture } from './errors.ts';
import { changing, openRevision, revisionOf, unitOf } from './notice.ts';

export interface Writing {
  version: number;
  category: NoticeCategory;
  title: string;
  summary: string;
  text: string;
  files: { id: string; name: string }[];
  inForceFrom: string | null;
  inForceUntil: string | null;
  pinned: boolean;
  audience: {
    ageFrom: number | null;
    ageTo: number | null;
    employerKinds: EmployerKind[] | null;
    flags: KeptFlag[] | null;
  };
  change: string;
}

/** Begins a notice of a unit. @throws not-signed-in, not-allowed, not-found */
export async function beginNotice(ctx: Ctx, unitId: string): Promise<{ id: string }> {
  return once(ctx, async (tx) => {
    const inside = { ...tx, actor: await freshActor(tx) };
    const unit = unitOf(inside, unitId);
    ensureCan(inside.actor, 'notice.write', { unitId: unit.id });
    const { accountId } = ensurePerson(inside.actor);
    const at = inside.clock();
    const [made] = await inside.db
      .insert(notices)
      .values({ unitId: unit.id, madeBy: accountId, madeAt: at })
      .returning({ id: notices.id });
    const id = made?.id ?? '';
    await inside.db.insert(noticeRevisions).values({ noticeId: id, n: 1, editedBy: accountId, editedAt: at });
    return { id };
  });
}

/** Saves what is written so far. @throws not-signed-in, not-found, notice-changed, notice-backwards, notice-ages, notice-no-picture */
export async function saveNotice(ctx: Ctx, id: string, writing: Writing): Promise<{ version: number }> {
  const { inForceFrom, inForceUntil, audience } = writing;
  if (inForceFrom && inForceUntil && inForceUntil < inForceFrom) throw noticeBackwards();
  if (audience.ageFrom !== null && audience.ageTo !== null && audience.ageTo < audience.ageFrom) throw agesBackwards();
  return changing(ctx, id, 'notice.write', writing.version, async (inside, notice) => {
    const open = await openRevision(inside, notice);
    if (open?.state !== 'draft') throw noticeChanged(notice.version);
    const body = parseBody(writing.text);
    await ensureFiles(inside, id, [...picturesIn(body), ...writing.files.map((file) => file.id)]);
    const { ageFrom, ageTo } = audience;
    // Nothing chosen is no choice: whichever.
    const some = <T>(list: T[] | null) => (list && list.length > 0 ? list : null);
    const flags = some(audience.flags);
    await inside.db
      .update(noticeRevisions)
      .set({
        category: writing.category,
        title: oneLine(writing.title),
        summary: oneLine(writing.summary),
        body,
        files: writing.files,
        inForceFrom,
        inForceUntil,
        pinned: writing.pinned,
        ageFrom,
        ageTo,
        employerKinds: some(audience.employerKinds),
        byFlags: flags !== null,
        flags,
        change: open.n === 1 ? '' : oneLine(writing.change),
        editedBy: ensurePerson(inside.actor).accountId,
        editedAt: inside.clock(),
      })
      .where(and(eq(noticeRevisions.noticeId, id), eq(noticeRevisions.n, open.n)));
    return {};
  });
}

const oneLine = (text: string): string => plainLines(text).replace(/\s+/g, ' ');

async function ensureFiles(ctx: Ctx, noticeId: string, ids: string[]): Promise<void> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return;
  const [found] = await ctx.db
    .select({ count: sql<number>`count(*)::int` })
    .from(noticeFiles)
    .where(and(eq(noticeFiles.noticeId, noticeId), inArray(noticeFiles.id, wanted)));
  if (found?.count !== wanted.length) throw noSuchPicture();
}

/** Begins a further version of what is published; readers see the old one until it is approved. @throws not-signed-in, not-found, notice-changed */
export function correctNotice(ctx: Ctx, id: string, seen: number): Promise<{ version: number }> {
  return changing(ctx, id, 'notice.write', seen, async (inside, notice) => {
    if (notice.state !== 'published' || (await openRevision(inside, notice))) throw noticeChanged(notice.version);
    const current = await revisionOf(inside, notice, notice.current);
    await inside.db.insert(noticeRevisions).values({
      ...current,
      n: current.n + 1,
      state: 'draft',
      change: '',
      editedBy: ensurePerson(inside.actor).accountId,
      editedAt: inside.clock(),
      submittedBy: null,
      approvedBy: null,
      approvedAt: null,
    });
    return {};
  });
}

/** Drops what is being written: all of a notice that was never published, or only its correction. @throws not-signed-in, not-found, notice-changed */
export async function dropNotice(ctx: Ctx, id: string, seen: number): Promise<{ version: number }> {
  return changing(ctx, id, 'notice.write', seen, async (inside, notice) => {
    const open = await openRevision(inside, notice);
    if (open?.state !== 'draft') throw noticeChanged(notice.version);
    if (notice.state === 'new') await inside.db.delete(notices).where(eq(notices.id, id));
    else
      await inside.db
        .delete(noticeRevisions)
        .where(and(eq(noticeRevisions.noticeId, id), ne(noticeRevisions.state, 'approved')));
    return {};
  });
}
