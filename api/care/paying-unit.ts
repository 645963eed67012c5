/** Whose money it is: the unit's own budget, or that of the street above a community that has none of its own. */
import { and, eq, inArray } from 'drizzle-orm';
import { budgetLines } from '../../db/schema/care.ts';
import type { Ctx } from '../context.ts';
import type { CareKind } from '../rulebook.ts';

/** The nearest unit with a budget of this kind and year; the unit itself when there is none, so that the refusal names it. */
export async function payingUnit(ctx: Ctx, unitId: string, year: number, kind: CareKind): Promise<string> {
  const { units } = ctx.city;
  const unit = units.get(unitId);
  const street = unit?.level === 'community' ? units.above(unit, 'street') : null;
  const nearest = [unitId, ...(street ? [street.id] : [])];
  const lines = await ctx.db
    .select({ unitId: budgetLines.unitId })
    .from(budgetLines)
    .where(and(inArray(budgetLines.unitId, nearest), eq(budgetLines.year, year), eq(budgetLines.kind, kind)));
  return nearest.find((id) => lines.some((line) => line.unitId === id)) ?? unitId;
}
