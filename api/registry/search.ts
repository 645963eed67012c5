/** Staff look for a retiree: by the beginning of name, pinyin or initials, by the phone's last four digits, or by exact identity number. */
import { and, eq, inArray, isNull, like, sql, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import { lastFourKey } from '../../db/last-four.ts';
import { care, residences, retirees, searchKeys } from '../../db/schema/registry.ts';
import { blindIndex } from '../../db/vault.ts';
import { can, ensureCan, ensurePerson } from '../access/can.ts';
import type { Ctx } from '../context.ts';
import { showAddress } from '../values/address.ts';
import { maskIdNumber, parseIdNumber, type IdNumber } from '../values/id-number.ts';
import { searchTerm } from '../values/name-keys.ts';

export const foundRetiree = z.object({
  id: z.uuid(),
  name: z.string(),
  born: z.iso.date().nullable(),
  /** Masked: `430102********0017`. */
  idNumber: z.string(),
  community: z.string().nullable(),
  address: z.string().nullable(),
  /** Whether the caller may see the record; of somebody elsewhere, found by their number, there is neither birthday nor address. */
  known: z.boolean(),
  /** Whether the caller may see the whole numbers, and 民族, with a reason. */
  unmask: z.boolean(),
});
export type FoundRetiree = z.infer<typeof foundRetiree>;

const MOST_FOUND = 20;
/** The same words may meet several keys of one person: name, pinyin, initials. */
const MOST_KEYS = MOST_FOUND * 4;

/**
 * People in the care of the caller's units and those below, or insured at their own agency. Somebody from elsewhere is found only by
 * their whole identity number: whoever stands at the counter with their card may be helped there.
 */
export async function searchRetirees(ctx: Ctx, typed: string): Promise<FoundRetiree[]> {
  ensureCan(ctx.actor, 'retiree.search', null);
  const number = parseIdNumber(typed);
  const ids = number.ok ? await byIdNumber(ctx, number.value) : await byKey(ctx, typed);
  if (ids.length === 0) return [];
  const rows = await ctx.db
    .select({ retiree: retirees, unitId: care.unitId, place: residences.place })
    .from(retirees)
    .leftJoin(care, and(eq(care.retireeId, retirees.id), isNull(care.until)))
    .leftJoin(residences, and(eq(residences.retireeId, retirees.id), isNull(residences.until)))
    .where(inArray(retirees.id, ids))
    .orderBy(retirees.name, retirees.id)
    .limit(MOST_FOUND);
  return rows.map(({ retiree, unitId, place }) => {
    const unit = unitId ? ctx.city.units.get(unitId) : null;
    const facts = { retireeId: retiree.id, carePath: unit?.path ?? null, insuredAt: retiree.insuredAt };
    const known = can(ctx.actor, 'retiree.read', facts);
    return {
      id: retiree.id,
      name: retiree.name,
      born: known ? retiree.born : null,
      idNumber: maskIdNumber(retiree.idNumber as IdNumber),
      community: unit?.name ?? null,
      address: known && place ? showAddress(place) : null,
      known,
      unmask: can(ctx.actor, 'retiree.unmask', { careUnit: unitId, decidingUnits: [] }),
    };
  });
}

async function byIdNumber(ctx: Ctx, number: IdNumber): Promise<string[]> {
  const rows = await ctx.db
    .select({ id: retirees.id })
    .from(retirees)
    .where(eq(retirees.idNumberIndex, blindIndex('id', number)));
  return rows.map((row) => row.id);
}

async function byKey(ctx: Ctx, typed: string): Promise<string[]> {
  const term = searchTerm(typed);
  if (!term) return [];
  const { posts } = ensurePerson(ctx.actor);
  const below = [...new Set(posts.flatMap((post) => ctx.city.units.within(post.unitId)))];
  const matches = /^\d{3}[\dx]$/.test(term)
    ? eq(searchKeys.key, lastFourKey(term))
    : like(searchKeys.key, sql`${escapeLike(term)} || '%'`);
  const agencies = posts.filter(({ level }) => level === 'agency').map(({ unitId }) => unitId);
  const found = agencies.length > 0 ? await insuredAt(ctx, agencies, matches) : [];
  const rows = await ctx.db
    .select({ id: searchKeys.retireeId })
    .from(searchKeys)
    .where(and(inArray(searchKeys.unitId, below), matches))
    // In the order of the index: quick for a whole city, and the same words always find the same people.
    .orderBy(searchKeys.key, searchKeys.retireeId)
    .limit(MOST_KEYS);
  return [...new Set([...rows, ...found].map((row) => row.id))].slice(0, MOST_FOUND);
}

/** An agency's own: those insured there, whichever community cares for them. */
function insuredAt(ctx: Ctx, agencies: string[], matches: SQL): Promise<{ id: string }[]> {
  return ctx.db
    .select({ id: searchKeys.retireeId })
    .from(searchKeys)
    .innerJoin(retirees, eq(retirees.id, searchKeys.retireeId))
    .where(and(inArray(retirees.insuredAt, agencies), matches))
    .orderBy(searchKeys.key, searchKeys.retireeId)
    .limit(MOST_KEYS);
}

const escapeLike = (term: string) => term.replace(/[\\%_]/g, '\\$&');
