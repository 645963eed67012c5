/** Whom the caller reads for: themself and those they may act for, with what decides which notices are for them. */
import { and, eq, inArray, isNull } from 'drizzle-orm';
import { careFlags } from '../../db/schema/care.ts';
import { care, retirees } from '../../db/schema/registry.ts';
import type { Actor } from '../access/actor.ts';
import { ageOn } from '../care/rules.ts';
import type { Ctx } from '../context.ts';
import { dayOf } from '../dates.ts';
import type { AudienceFacts } from './rules.ts';

export interface Reader extends AudienceFacts {
  retireeId: string;
  /** In whose care they are, and every unit above it. */
  unitId: string;
  unitIds: readonly string[];
}

/** The living ones of them who are in somebody's care. Nobody for a guest. */
export async function readersOf(ctx: Ctx, actor: Actor): Promise<Reader[]> {
  if (actor.is !== 'person' || actor.links.length === 0) return [];
  const ids = actor.links.map(({ retireeId }) => retireeId);
  const today = dayOf(ctx.clock());
  const rows = await ctx.db
    .select({
      retireeId: retirees.id,
      born: retirees.born,
      employerKind: retirees.employerKind,
      unitId: care.unitId,
      flags: careFlags.flags,
    })
    .from(retirees)
    .innerJoin(care, and(eq(care.retireeId, retirees.id), isNull(care.until)))
    .leftJoin(careFlags, and(eq(careFlags.retireeId, retirees.id), eq(careFlags.flagged, true)))
    .where(and(inArray(retirees.id, ids), isNull(retirees.diedOn)));
  return rows.map(({ born, flags, ...row }) => ({
    ...row,
    age: ageOn(born, today),
    flags: flags ?? [],
    unitIds: ctx.city.units.get(row.unitId)?.path.split('.') ?? [],
  }));
}
