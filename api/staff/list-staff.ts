/** Who works at a unit and those below, and what was done about them. */
import { and, asc, desc, eq, gt, inArray, isNull, lt, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { z } from 'zod';
import { accounts, posts, roles, secondFactors, staffActs, staffEvents } from '../../db/schema/access.ts';
import { units } from '../../db/schema/registry.ts';
import { ensurePerson } from '../access/can.ts';
import { isOnDuty } from '../access/duty.ts';
import { needsSecondFactor } from '../access/posts.ts';
import { responsibleAt } from '../access/responsible.ts';
import type { Ctx } from '../context.ts';
import { dayOf } from '../dates.ts';
import { ownReach } from './reach.ts';

const PAGE = 20;

export const staffLine = z.object({
  /** The post: what the verbs want. */
  id: z.uuid(),
  name: z.string().nullable(),
  me: z.boolean(),
  unit: z.object({ id: z.string(), name: z.string(), fullName: z.string() }),
  role: z.enum(roles),
  since: z.iso.datetime(),
  suspended: z.boolean(),
  onDuty: z.boolean(),
  /** Whether their unit names them as answering for its retirees (专人). */
  responsible: z.boolean(),
  /** `none` where the post needs none. */
  secondFactor: z.enum(['none', 'missing', 'set-up']),
});
export type StaffLine = z.infer<typeof staffLine>;

export const staffPage = z.object({
  people: z.array(staffLine),
  /** To be given as `after` for the next page; null at the end. */
  next: z.string().nullable(),
});
export type StaffPage = z.infer<typeof staffPage>;

/** The posts of a unit and those below, unit by unit; `words` is the beginning of a name. @throws not-allowed */
export async function listStaff(
  ctx: Ctx,
  { unit: unitId, words, after }: { unit: string; words?: string | undefined; after?: string | undefined },
): Promise<StaffPage> {
  const { accountId: me } = ensurePerson(ctx.actor);
  const { path } = ownReach(ctx, unitId);
  const [afterPath, afterId] = after?.split(',') ?? [];
  const rows = await ctx.db
    .select({
      post: posts,
      onDuty: sql<boolean>`${isOnDuty(sql`${posts}`, sql`${dayOf(ctx.clock())}::date`)}`,
      name: accounts.name,
      path: units.path,
      factor: secondFactors.confirmedAt,
    })
    .from(posts)
    .innerJoin(units, eq(units.id, posts.unitId))
    .innerJoin(accounts, eq(accounts.id, posts.accountId))
    .leftJoin(secondFactors, eq(secondFactors.accountId, posts.accountId))
    .where(
      and(
        isNull(posts.endedAt),
        or(eq(units.path, path), sql`starts_with(${units.path}, ${`${path}.`})`),
        words?.trim() ? sql`starts_with(${accounts.name}, ${words.trim()})` : undefined,
        afterPath && afterId
          ? or(gt(units.path, afterPath), and(eq(units.path, afterPath), gt(posts.id, afterId)))
          : undefined,
      ),
    )
    .orderBy(asc(units.path), asc(posts.id))
    .limit(PAGE + 1);
  const last = rows.length > PAGE ? rows[PAGE - 1] : null;
  const named = await responsibleAt(ctx, [...new Set(rows.map(({ post }) => post.unitId))]);
  return {
    people: rows.slice(0, PAGE).map(({ post, name, factor, onDuty }) => ({
      id: post.id,
      name,
      me: post.accountId === me,
      unit: unitCard(ctx, post.unitId),
      role: post.role,
      since: post.since.toISOString(),
      suspended: post.suspendedAt !== null,
      onDuty,
      responsible: named.get(post.unitId)?.postId === post.id,
      secondFactor: factorOf(ctx, post.unitId, factor),
    })),
    next: last ? `${last.path},${last.post.id}` : null,
  };
}

function factorOf(ctx: Ctx, unitId: string, confirmedAt: Date | null): StaffLine['secondFactor'] {
  const level = ctx.city.units.get(unitId)?.level;
  if (!level || !needsSecondFactor(level)) return 'none';
  return confirmedAt ? 'set-up' : 'missing';
}

function unitCard(ctx: Ctx, id: string): StaffLine['unit'] {
  const unit = ctx.city.units.get(id);
  return { id, name: unit?.name ?? id, fullName: unit ? ctx.city.units.fullName(unit) : id };
}

export const staffEvent = z.object({
  id: z.uuid(),
  at: z.iso.datetime(),
  act: z.enum(staffActs),
  name: z.string(),
  role: z.enum(roles),
  unit: z.string(),
  toUnit: z.string().nullable(),
  by: z.string().nullable(),
  why: z.string().nullable(),
});
export type StaffEvent = z.infer<typeof staffEvent>;

/** What was done about the staff of a unit and those below, newest first. @throws not-allowed */
export async function staffHistory(
  ctx: Ctx,
  { unit: unitId, before }: { unit: string; before?: string | undefined },
): Promise<StaffEvent[]> {
  ownReach(ctx, unitId);
  const { units: tree } = ctx.city;
  const by = alias(accounts, 'by_account');
  const rows = await ctx.db
    .select({ event: staffEvents, by: by.name })
    .from(staffEvents)
    .leftJoin(by, eq(by.id, staffEvents.byId))
    .where(and(inArray(staffEvents.unitId, tree.within(unitId)), before ? lt(staffEvents.id, before) : undefined))
    .orderBy(desc(staffEvents.id))
    .limit(PAGE);
  return rows.map(({ event, by: name }) => ({
    id: event.id,
    at: event.at.toISOString(),
    act: event.act,
    name: event.name,
    role: event.role,
    unit: tree.get(event.unitId)?.name ?? event.unitId,
    toUnit: event.toUnitId ? (tree.get(event.toUnitId)?.name ?? event.toUnitId) : null,
    by: name,
    why: event.words,
  }));
}
