/** How many people a notice reached, unit by unit; and whom it did not, to be told in person. */
import { and, asc, eq, gt, inArray, isNull, or, sql } from 'drizzle-orm';
import { z } from 'zod';
import { links } from '../../db/schema/access.ts';
import { careFlagReadings, careFlags } from '../../db/schema/care.ts';
import { noticeAudience, noticeReads, noticeWalks } from '../../db/schema/notices.ts';
import { care, retirees } from '../../db/schema/registry.ts';
import { ensureCanSee, ensurePerson } from '../access/can.ts';
import { ageOn } from '../care/rules.ts';
import type { Ctx } from '../context.ts';
import { dayOf } from '../dates.ts';
import type { Unit } from '../ports.ts';
import { notFound } from '../errors.ts';
import { audienceOf, findNotice, revisionOf, unitOf, type Notice, type Revision } from './notice.ts';
import { isMeant } from './rules.ts';

const share = z.object({ people: z.int(), reached: z.int() });
export const reach = share.extend({
  unit: z.object({ id: z.string(), name: z.string() }),
  /** It went out by special-care flags: of those no figures by unit are made. */
  byFlags: z.boolean(),
  /** Whether everybody is counted already. */
  counted: z.boolean(),
  /** The units right below; empty when it went out by special-care flags, of which no figures are made. */
  below: z.array(share.extend({ id: z.string(), name: z.string() })),
});
export type Reach = z.infer<typeof reach>;

export const untold = z.object({
  unit: z.object({ id: z.string(), name: z.string() }),
  title: z.string(),
  people: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      community: z.string(),
      /** Somebody has an account for them, and has not opened it. Without one they can only be told in person. */
      account: z.boolean(),
    }),
  ),
  next: z.string().nullable(),
});
export type Untold = z.infer<typeof untold>;

/** The share of a unit's people whom a notice reached. @throws not-signed-in, not-found */
export async function readReach(ctx: Ctx, id: string, unitId: string): Promise<Reach> {
  const { notice, revision, unit } = await reaching(ctx, id, unitId);
  // How many in a community have a flag is nobody’s to know but theirs who may read the flags.
  if (revision.byFlags && unit.id !== notice.unitId) ensureMayKnowFlags(ctx, unit);
  const within = ctx.city.units.within(unit.id);
  const [people, reached, [walk]] = await Promise.all([
    ctx.db
      .select({ unitId: noticeAudience.unitId, count: noticeAudience.people })
      .from(noticeAudience)
      .where(and(eq(noticeAudience.noticeId, id), inArray(noticeAudience.unitId, within))),
    ctx.db
      .select({ unitId: noticeReads.unitId, count: sql<number>`count(*)::int` })
      .from(noticeReads)
      .where(and(eq(noticeReads.noticeId, id), inArray(noticeReads.unitId, within)))
      .groupBy(noticeReads.unitId),
    ctx.db
      .select({ doneAt: noticeWalks.doneAt })
      .from(noticeWalks)
      .where(
        and(eq(noticeWalks.noticeId, id), eq(noticeWalks.n, notice.current ?? 0), eq(noticeWalks.what, 'audience')),
      ),
  ]);
  const sumOf = (of: Unit) => {
    const inside = new Set(ctx.city.units.within(of.id));
    const sum = (rows: { unitId: string; count: number }[]) =>
      rows.reduce((total, row) => total + (inside.has(row.unitId) ? row.count : 0), 0);
    return { people: sum(people), reached: sum(reached) };
  };
  const below = revision.byFlags ? [] : ctx.city.units.children(unit.id);
  return {
    unit: { id: unit.id, name: unit.name },
    ...sumOf(unit),
    byFlags: revision.byFlags,
    counted: walk?.doneAt != null,
    below: below
      .map((one) => ({ id: one.id, name: one.name, ...sumOf(one) }))
      .filter((one) => one.people > 0 || one.reached > 0),
  };
}

/** People looked at for a page of the list; of a notice for few of them a page may be short. */
const PAGE = 100;

/**
 * Whom it is for and who has not read it, in the order of their communities, a page at a time. Of a notice by special-care flags only
 * those may see it who may read the flags, and each reading is recorded.
 * @throws not-signed-in, not-found
 */
export async function readUntold(ctx: Ctx, id: string, unitId: string, after?: string): Promise<Untold> {
  const { revision, unit } = await reaching(ctx, id, unitId);
  if (revision.byFlags) ensureMayKnowFlags(ctx, unit);
  const today = dayOf(ctx.clock());
  const [afterUnit = '', afterId] = after?.split('.') ?? [];
  const within = ctx.city.units.within(unit.id);
  const rows = await ctx.db
    .select({
      id: retirees.id,
      name: retirees.name,
      born: retirees.born,
      employerKind: retirees.employerKind,
      unitId: care.unitId,
      flags: careFlags.flags,
      read: noticeReads.n,
    })
    .from(care)
    .innerJoin(retirees, eq(retirees.id, care.retireeId))
    .leftJoin(careFlags, and(eq(careFlags.retireeId, retirees.id), eq(careFlags.flagged, revision.byFlags)))
    .leftJoin(noticeReads, and(eq(noticeReads.retireeId, retirees.id), eq(noticeReads.noticeId, id)))
    .where(
      and(
        inArray(care.unitId, within),
        isNull(care.until),
        isNull(retirees.diedOn),
        // Compared as a pair, so that the index on the unit leads to where it goes on.
        afterId ? sql`(${care.unitId}, ${care.retireeId}) > (${afterUnit}, ${afterId}::uuid)` : undefined,
      ),
    )
    .orderBy(asc(care.unitId), asc(care.retireeId))
    .limit(PAGE + 1);
  const page = rows.slice(0, PAGE);
  const audience = audienceOf(revision);
  const meant = page.filter(
    (one) =>
      one.read === null &&
      isMeant(audience, { age: ageOn(one.born, today), employerKind: one.employerKind, flags: one.flags ?? [] }),
  );
  if (revision.byFlags) await recordReadings(ctx, meant);
  const accounts = await withAccount(
    ctx,
    meant.map((one) => one.id),
  );
  const last = page.at(-1);
  return {
    unit: { id: unit.id, name: unit.name },
    title: revision.title,
    people: meant.map((one) => ({
      id: one.id,
      name: one.name,
      community: ctx.city.units.get(one.unitId)?.name ?? '',
      account: accounts.has(one.id),
    })),
    next: rows.length > PAGE && last ? `${last.unitId}.${last.id}` : null,
  };
}

/** The notice as published, and the unit whose people are asked about. @throws not-signed-in, not-found */
async function reaching(
  ctx: Ctx,
  id: string,
  unitId: string,
): Promise<{ notice: Notice; revision: Revision; unit: Unit }> {
  const unit = unitOf(ctx, unitId);
  ensureCanSee(ctx.actor, 'notice.reach', { unitPath: unit.path });
  const notice = await findNotice(ctx, id);
  // Only of units that it went out to.
  if (notice.current === null || !unit.path.split('.').includes(notice.unitId)) throw notFound();
  return { notice, revision: await revisionOf(ctx, notice, notice.current), unit };
}

/** Every unit in it must be one whose people's flags the caller may read. @throws not-found */
function ensureMayKnowFlags(ctx: Ctx, unit: Unit): void {
  for (const id of ctx.city.units.within(unit.id)) {
    const carePath = ctx.city.units.get(id)?.path ?? null;
    if (id !== unit.id || ctx.city.units.children(id).length === 0)
      ensureCanSee(ctx.actor, 'care-flags.keep', { retireeId: '', carePath });
  }
}

async function recordReadings(ctx: Ctx, people: readonly { id: string }[]): Promise<void> {
  if (people.length === 0) return;
  const { accountId } = ensurePerson(ctx.actor);
  const at = ctx.clock();
  await ctx.db
    .insert(careFlagReadings)
    .values(people.map(({ id: retireeId }) => ({ retireeId, accountId, what: 'read' as const, at })));
}

async function withAccount(ctx: Ctx, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await ctx.db
    .selectDistinct({ id: links.retireeId })
    .from(links)
    .where(
      and(
        inArray(links.retireeId, ids),
        isNull(links.revokedAt),
        or(isNull(links.until), gt(links.until, ctx.clock())),
      ),
    );
  return new Set(rows.map((row) => row.id));
}
