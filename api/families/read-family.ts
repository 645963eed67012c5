/** 谁能替我办事, and 我能替谁办: everything about family links that concerns the caller. */
import { and, desc, eq, inArray, isNull } from 'drizzle-orm';
import { links, type LinkScope, type Relation } from '../../db/schema/access.ts';
import { cases } from '../../db/schema/engine.ts';
import { retirees } from '../../db/schema/registry.ts';
import { can, ensurePerson } from '../access/can.ts';
import type { Ctx } from '../context.ts';
import { dayOf, type PlainDate } from '../dates.ts';
import { allServices } from '../engine/catalogue.ts';
import { helpersOf, type Helper } from './list-helpers.ts';

interface Somebody {
  id: string;
  name: string;
}

export interface Family {
  /** Requests that wait for the caller's own yes. */
  requests: { number: string; version: number; retiree: Somebody; openedAt: string }[];
  /** Who may act for the caller; and for those for whom the caller may do everything, to be seen only. */
  helpers: { retiree: Somebody; own: boolean; people: Helper[] }[];
  /** For whom the caller may act. */
  helping: {
    id: string;
    retiree: Somebody;
    relation: Relation;
    scope: LinkScope;
    since: PlainDate;
    until: PlainDate | null;
  }[];
}

/** Nobody is asked by more people at once; the list has no pages. */
const MOST_REQUESTS = 10;

export async function readFamily(ctx: Ctx): Promise<Family> {
  const { links: held } = ensurePerson(ctx.actor);
  const own = held.filter((link) => link.relation === 'self').map((link) => link.retireeId);
  const seen = held.map((link) => link.retireeId).filter((id) => can(ctx.actor, 'retiree.manage', aboutOnly(id)));
  const [names, requests, helpers, helping] = await Promise.all([
    namesOf(
      ctx,
      held.map((link) => link.retireeId),
    ),
    requestsTo(ctx, own),
    helpersOf(ctx, seen),
    heldLinks(ctx),
  ]);
  const somebody = (id: string): Somebody => ({ id, name: names.get(id) ?? '' });
  return {
    requests: requests.map(({ subjectId, openedAt, ...row }) => ({
      ...row,
      retiree: somebody(subjectId ?? ''),
      openedAt: openedAt.toISOString(),
    })),
    helpers: seen
      .toSorted((a, b) => Number(own.includes(b)) - Number(own.includes(a)))
      .map((id) => ({ retiree: somebody(id), own: own.includes(id), people: helpers.get(id) ?? [] })),
    helping: helping
      .filter(({ retireeId }) => names.has(retireeId))
      .map(({ id, retireeId, relation, scope, since, until }) => ({
        id,
        retiree: somebody(retireeId),
        relation,
        scope,
        since: dayOf(since),
        until: until && dayOf(until),
      })),
  };
}

/** Where the retiree is in care does not matter for what relatives may. */
const aboutOnly = (retireeId: string) => ({ retireeId, carePath: null });

async function namesOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await ctx.db
    .select({ id: retirees.id, name: retirees.name })
    .from(retirees)
    .where(inArray(retirees.id, [...ids]));
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** What is asked of these retirees and waits. */
async function requestsTo(ctx: Ctx, own: readonly string[]) {
  const asking = allServices().filter((service) => service.subject === 'named');
  if (own.length === 0 || asking.length === 0) return [];
  return ctx.db
    .select({ number: cases.number, version: cases.version, subjectId: cases.subjectId, openedAt: cases.openedAt })
    .from(cases)
    .where(
      and(
        inArray(cases.subjectId, [...own]),
        inArray(
          cases.kind,
          asking.map(({ kind }) => kind),
        ),
        // The first step of each: one that was answered no waits for nothing.
        inArray(
          cases.step,
          asking.flatMap(({ steps }) => Object.keys(steps).slice(0, 1)),
        ),
        eq(cases.status, 'open'),
      ),
    )
    .orderBy(desc(cases.openedAt))
    .limit(MOST_REQUESTS);
}

/** The caller's links to others, those that have not run out: `actor.links` says which. */
async function heldLinks(ctx: Ctx) {
  const { accountId, links: held } = ensurePerson(ctx.actor);
  const others = held.filter((link) => link.relation !== 'self').map((link) => link.retireeId);
  if (others.length === 0) return [];
  return ctx.db
    .select()
    .from(links)
    .where(and(eq(links.accountId, accountId), isNull(links.revokedAt), inArray(links.retireeId, others)))
    .orderBy(links.since);
}
