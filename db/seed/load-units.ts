/** Writes the units of Changsha into an empty or older database. */
import { units } from '../schema/registry.ts';
import type { Db } from '../connect.ts';
import { allUnits } from './divisions.ts';
import type { UnitSeed } from './divisions.ts';

/** Between the ids of a path: `4301.430102.430102001`. */
const PATH_MARK = '.';
const ROWS_A_STATEMENT = 500;

/**
 * Adds every unit that is missing. A unit that is there is left as it is, since staff may have renamed or moved it; so a
 * second run changes nothing. Returns how many were added.
 */
export async function loadUnits(db: Db): Promise<number> {
  const rows = withPaths(allUnits());
  let added = 0;
  for (let at = 0; at < rows.length; at += ROWS_A_STATEMENT) {
    const page = rows.slice(at, at + ROWS_A_STATEMENT);
    added += (await db.insert(units).values(page).onConflictDoNothing().returning({ id: units.id })).length;
  }
  return added;
}

/** The rows with the ids from the city down to each unit, so that a subtree is a prefix. Parents come before children. */
export function withPaths(seeds: readonly UnitSeed[]): (typeof units.$inferInsert)[] {
  const paths = new Map<string, string>();
  return seeds.map((unit) => {
    const above = unit.parentId === null ? undefined : paths.get(unit.parentId);
    const path = above === undefined ? unit.id : `${above}${PATH_MARK}${unit.id}`;
    paths.set(unit.id, path);
    return { ...unit, path };
  });
}
