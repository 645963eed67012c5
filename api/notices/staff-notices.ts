/** Notices as staff see them: what their units are writing and have published, one with its versions, and how it will look. */
import { and, desc, eq, inArray, lt, ne, or, sql } from 'drizzle-orm';
import { z } from 'zod';
import { accounts } from '../../db/schema/access.ts';
import { keptFlags } from '../../db/schema/care.ts';
import { noticeCategories, noticeRevisions, notices, noticeStates, revisionStates } from '../../db/schema/notices.ts';
import { employerKinds } from '../../db/schema/registry.ts';
import { can, ensureCan } from '../access/can.ts';
import type { Ctx } from '../context.ts';
import { notFound, notSignedIn } from '../errors.ts';
import { parseBody, writeBody } from './body.ts';
import { chatWords } from './chat-words.ts';
import { noticeTooLong } from './errors.ts';
import { audienceOf, findNotice, unitOf, worksBelow, type Notice, type Revision } from './notice.ts';
import { attached, attachedTo, block } from './read-notice.ts';
import { MOST_BODY } from './rules.ts';

const unitRef = z.object({ id: z.string(), name: z.string() });

export const staffLine = z.object({
  id: z.uuid(),
  unit: unitRef,
  title: z.string(),
  category: z.enum(noticeCategories),
  state: z.enum(noticeStates),
  /** A version that is being written, or waits for the second pair of eyes. */
  open: z.enum(revisionStates).nullable(),
  at: z.iso.datetime(),
});
export type StaffLine = z.infer<typeof staffLine>;
export const staffList = z.object({ notices: z.array(staffLine), next: z.uuid().nullable() });
export type StaffList = z.infer<typeof staffList>;

const audienceShape = z.object({
  ageFrom: z.int().nullable(),
  ageTo: z.int().nullable(),
  employerKinds: z.array(z.enum(employerKinds)).nullable(),
  flags: z.array(z.enum(keptFlags)).nullable(),
});

export const revisionView = z.object({
  n: z.int(),
  state: z.enum(revisionStates),
  category: z.enum(noticeCategories),
  title: z.string(),
  summary: z.string(),
  /** The lines that it is written in, and the blocks that they stand for. */
  text: z.string(),
  body: z.array(block),
  files: z.array(attached),
  inForceFrom: z.iso.date().nullable(),
  inForceUntil: z.iso.date().nullable(),
  pinned: z.boolean(),
  audience: audienceShape,
  change: z.string(),
  editedBy: z.string().nullable(),
  submittedBy: z.string().nullable(),
  approvedBy: z.string().nullable(),
  approvedAt: z.iso.datetime().nullable(),
  chat: z.string(),
});
export type RevisionView = z.infer<typeof revisionView>;

export const staffView = z.object({
  id: z.uuid(),
  version: z.int(),
  unit: unitRef.extend({ phone: z.string().nullable() }),
  state: z.enum(noticeStates),
  current: z.int().nullable(),
  withdrawn: z.object({ at: z.iso.datetime(), why: z.string(), by: z.string().nullable() }).nullable(),
  /** Newest first. */
  revisions: z.array(revisionView),
  may: z.object({ write: z.boolean(), approve: z.boolean(), oversee: z.boolean() }),
});
export type StaffView = z.infer<typeof staffView>;

export const preview = z.object({ body: z.array(block) });

const PAGE = 20;
/** A notice that was corrected more often than this shows its newest versions. */
const MOST_VERSIONS = 20;

/**
 * Notices of a unit and of those below, the newest first; and of the units above, what is published there.
 * @throws not-signed-in, not-allowed, not-found
 */
export async function listStaffNotices(ctx: Ctx, unitId: string, after?: string): Promise<StaffList> {
  const unit = unitOf(ctx, unitId);
  ensureCan(ctx.actor, 'notice.oversee', { unitPath: unit.path });
  const above = unit.path.split('.').slice(0, -1);
  const newest = sql`(select v.n from notice_revisions v where v.notice_id = ${notices.id} order by v.n desc limit 1)`;
  const rows = await ctx.db
    .select({ notice: notices, revision: noticeRevisions })
    .from(notices)
    .innerJoin(noticeRevisions, and(eq(noticeRevisions.noticeId, notices.id), eq(noticeRevisions.n, newest)))
    .where(
      and(
        or(
          inArray(notices.unitId, ctx.city.units.within(unit.id)),
          above.length > 0 ? and(inArray(notices.unitId, above), eq(notices.state, 'published')) : undefined,
        ),
        after ? lt(notices.id, after) : undefined,
      ),
    )
    .orderBy(desc(notices.id))
    .limit(PAGE + 1);
  const page = rows.slice(0, PAGE);
  return {
    notices: page.map(({ notice, revision }) => ({
      id: notice.id,
      unit: { id: notice.unitId, name: unitOf(ctx, notice.unitId).name },
      title: revision.title,
      category: revision.category,
      state: notice.state,
      open: revision.state === 'approved' ? null : revision.state,
      at: revision.editedAt.toISOString(),
    })),
    next: rows.length > PAGE ? (page.at(-1)?.notice.id ?? null) : null,
  };
}

/**
 * One notice with its versions, for staff of its unit and above. Staff of the units below see what is published, as it is.
 * @throws not-signed-in, not-found
 */
export async function readStaffNotice(ctx: Ctx, id: string): Promise<StaffView> {
  const notice = await findNotice(ctx, id);
  const unit = unitOf(ctx, notice.unitId);
  const oversees = can(ctx.actor, 'notice.oversee', { unitPath: unit.path });
  if (!oversees && !(notice.state === 'published' && worksBelow(ctx, unit)))
    throw ctx.actor.is === 'guest' ? notSignedIn() : notFound();
  const rows = await ctx.db
    .select()
    .from(noticeRevisions)
    .where(
      and(
        eq(noticeRevisions.noticeId, id),
        oversees ? undefined : eq(noticeRevisions.n, notice.current ?? -1),
        oversees ? undefined : ne(noticeRevisions.state, 'draft'),
      ),
    )
    .orderBy(desc(noticeRevisions.n))
    .limit(MOST_VERSIONS);
  const names = await namesOf(ctx, notice, rows);
  const open = rows.find(({ state }) => state === 'submitted');
  return {
    id,
    version: notice.version,
    unit: { id: unit.id, name: unit.name, phone: unit.phone },
    state: notice.state,
    current: notice.current,
    withdrawn: notice.withdrawnAt && {
      at: notice.withdrawnAt.toISOString(),
      why: notice.withdrawnWhy ?? '',
      by: names.get(notice.withdrawnBy ?? '') ?? null,
    },
    revisions: await Promise.all(rows.map((row) => revisionFor(ctx, unit, row, names))),
    may: {
      write: can(ctx.actor, 'notice.write', { unitId: unit.id }),
      approve: open ? can(ctx.actor, 'notice.approve', { unitPath: unit.path, submittedBy: open.submittedBy }) : false,
      oversee: oversees,
    },
  };
}

type Unit = ReturnType<typeof unitOf>;

async function revisionFor(
  ctx: Ctx,
  unit: Unit,
  row: Revision,
  names: ReadonlyMap<string, string | null>,
): Promise<RevisionView> {
  const { n, state, category, title, summary, body, inForceFrom, inForceUntil, pinned, change } = row;
  const nameOf = (id: string | null) => names.get(id ?? '') ?? null;
  const { ageFrom, ageTo, employerKinds: kinds, flags } = audienceOf(row);
  return {
    n,
    state,
    category,
    title,
    summary,
    text: writeBody(body),
    body,
    files: await attachedTo(ctx, row),
    inForceFrom,
    inForceUntil,
    pinned,
    audience: { ageFrom, ageTo, employerKinds: kinds && [...kinds], flags: flags && [...flags] },
    change,
    editedBy: nameOf(row.editedBy),
    submittedBy: nameOf(row.submittedBy),
    approvedBy: nameOf(row.approvedBy),
    approvedAt: row.approvedAt?.toISOString() ?? null,
    chat: chatWords(ctx, unit, row),
  };
}

async function namesOf(ctx: Ctx, notice: Notice, rows: readonly Revision[]): Promise<Map<string, string | null>> {
  const ids = [notice.withdrawnBy, ...rows.flatMap((row) => [row.editedBy, row.submittedBy, row.approvedBy])];
  const wanted = [...new Set(ids.filter((one): one is string => one !== null))];
  const found = await ctx.db
    .select({ id: accounts.id, name: accounts.name })
    .from(accounts)
    .where(inArray(accounts.id, wanted));
  return new Map(found.map((one) => [one.id, one.name]));
}

/** The blocks that lines stand for, while they are being written. @throws not-signed-in, not-allowed, notice-too-long */
export function previewBody(ctx: Ctx, text: string): z.infer<typeof preview> {
  ensureCan(ctx.actor, 'pending.read', null);
  if (text.length > MOST_BODY) throw noticeTooLong(MOST_BODY);
  return { body: parseBody(text) };
}
