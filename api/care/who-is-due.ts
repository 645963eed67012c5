/** Who in a unit's care is due for a festival or a birthday, and how much of their ceiling is left. */
import { and, eq, inArray, isNotNull, isNull, lte, or, sql } from 'drizzle-orm';
import { careAllowances, careFlags } from '../../db/schema/care.ts';
import { care, retirees } from '../../db/schema/registry.ts';
import type { Ctx } from '../context.ts';
import { dayOf } from '../dates.ts';
import { ceilingFen, type CeilingPeriod } from '../rulebook.ts';
import { batchTooLarge } from './errors.ts';
import { agedIfBornBy, birthdayAges, birthdayDue, festivalDay, type Festival } from './rules.ts';

export type Occasion =
  { kind: 'festival'; occasion: Festival; year: number } | { kind: 'birthday'; occasion: string; year: number };

export interface Due {
  retireeId: string;
  period: string;
  /** What may still be given, in fen. */
  leftFen: number;
}

/** A list stays readable, and a transaction short. */
const MOST_ON_A_LIST = 1000;

/** Everybody in the care of the unit and those below who is due and may still be given something. @throws batch-too-large */
export async function whoIsDue(ctx: Ctx, unitId: string, occasion: Occasion): Promise<Due[]> {
  const people = await candidates(ctx, unitId, occasion);
  const due = people.flatMap(({ id, born }) => {
    const period = periodFor(occasion, born);
    return period ? [{ retireeId: id, period }] : [];
  });
  if (due.length > MOST_ON_A_LIST) throw batchTooLarge(MOST_ON_A_LIST);
  if (due.length === 0) return [];
  const used = await ctx.db
    .select()
    .from(careAllowances)
    .where(
      and(
        eq(careAllowances.ceiling, occasion.kind),
        inArray(
          careAllowances.retireeId,
          due.map(({ retireeId }) => retireeId),
        ),
      ),
    );
  return due
    .map((one) => {
      const allowance = used.find(({ retireeId, period }) => retireeId === one.retireeId && period === one.period);
      return { ...one, leftFen: leftOf(occasion.kind, one.period, allowance) };
    })
    .filter(({ leftFen }) => leftFen > 0);
}

function leftOf(kind: Occasion['kind'], period: string, held: typeof careAllowances.$inferSelect | undefined): number {
  if (held) return held.maxUses !== null && held.uses >= held.maxUses ? 0 : held.limitFen - held.usedFen;
  return ceilingFen(kind, kind === 'birthday' ? (period as CeilingPeriod) : 'year');
}

/** The allowance's period for somebody who is due; null for somebody who is not. */
function periodFor({ kind, occasion, year }: Occasion, born: string): string | null {
  if (kind === 'festival') return String(year);
  const due = birthdayDue(born, year, Number(occasion));
  return due && String(due.age);
}

async function candidates(
  ctx: Ctx,
  unitId: string,
  { kind, occasion, year }: Occasion,
): Promise<{ id: string; born: string }[]> {
  // At the festival that is coming they may have reached the age; of one that has passed, they had.
  const due =
    kind === 'festival'
      ? or(isNotNull(careFlags.retireeId), lte(retirees.born, agedIfBornBy(festivalDay(occasion, year))))
      : inArray(
          sql`extract(year from ${retirees.born})::int`,
          birthdayAges.map((age) => year - age),
        );
  return ctx.db
    .select({ id: retirees.id, born: retirees.born })
    .from(care)
    .innerJoin(retirees, eq(retirees.id, care.retireeId))
    .leftJoin(careFlags, and(eq(careFlags.retireeId, retirees.id), sql`${careFlags.flagged}`))
    .where(and(inArray(care.unitId, ctx.city.units.within(unitId)), isNull(care.until), isNull(retirees.diedOn), due))
    .orderBy(retirees.name, retirees.id)
    .limit(MOST_ON_A_LIST * 3);
}

/** The year that it is in Changsha. */
export const yearNow = (ctx: Ctx): number => Number(dayOf(ctx.clock()).slice(0, 4));
