/**
 * The pending list of people with a special-care flag, for those who may read their flags. Which flags somebody has is sealed, so the
 * database cannot look for one: those of the people in question are opened here, and it is written down of whom the list then tells it.
 */
import { and, eq, sql, type SQL } from 'drizzle-orm';
import { careFlagReadings, careFlags, type KeptFlag } from '../../../db/schema/care.ts';
import { cases } from '../../../db/schema/engine.ts';
import { care, retirees } from '../../../db/schema/registry.ts';
import type { Person } from '../../access/actor.ts';
import { ensurePerson } from '../../access/can.ts';
import type { Ctx } from '../../context.ts';
import { tooManyFlagged } from '../errors.ts';

/** Opened for one answer: far more people with flags than wait at a street, and a few hundredths of a second. */
const MOST_OPENED = 2000;

/** Cases of people with any flag, where the reader may read them (`care-flags.keep`): in the care of the own unit, or right below. */
export function whoseFlagsAreRead({ city }: Ctx, { posts }: Person): SQL {
  const units = [
    ...new Set(posts.flatMap(({ unitId }) => [unitId, ...city.units.children(unitId).map(({ id }) => id)])),
  ];
  return sql`exists (select from ${careFlags} f join ${care} c on c.retiree_id = f.retiree_id and c.until is null
    where f.retiree_id = ${cases.subjectId} and f.flagged and c.unit_id = any(${`{${units.join(',')}}`}::text[]))`;
}

/**
 * Who of the people in these cases has the flag.
 * @param within a condition on cases, `whoseFlagsAreRead` among it
 * @throws too-many-flagged
 */
export async function withFlag(
  ctx: Ctx,
  within: SQL | undefined,
  flag: KeptFlag,
  most = MOST_OPENED,
): Promise<string[]> {
  const rows = await ctx.db
    .selectDistinct({ id: careFlags.retireeId, flags: careFlags.flags })
    .from(cases)
    .innerJoin(careFlags, eq(careFlags.retireeId, cases.subjectId))
    .innerJoin(retirees, eq(retirees.id, cases.subjectId))
    .where(and(within, careFlags.flagged))
    .limit(most + 1);
  if (rows.length > most) throw tooManyFlagged(most);
  return rows.filter(({ flags }) => flags.includes(flag)).map(({ id }) => id);
}

/** Writes down that the caller read of these people that they have a flag: once a person, before it is answered. */
export async function recordFiltered(ctx: Ctx, subjectIds: readonly (string | null)[]): Promise<void> {
  const { accountId } = ensurePerson(ctx.actor);
  const people = new Set(subjectIds.filter((id) => id !== null));
  if (people.size === 0) return;
  const at = ctx.clock();
  await ctx.db
    .insert(careFlagReadings)
    .values([...people].map((retireeId) => ({ retireeId, accountId, what: 'filtered' as const, at })));
}
