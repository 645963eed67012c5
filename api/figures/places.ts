/** The units of a subtree, each with the branch that it belongs to. Pure. */
import type { Unit, Units } from '../ports.ts';

/** Two lists of the same length: a unit, and its branch. */
export interface Places {
  units: readonly string[];
  branches: readonly number[];
}

/** Branch 0 is the unit's own desk, the others those of the units right below. */
export function placesOf(unit: Unit, below: readonly Unit[], units: Units): Places {
  const each = below.map(({ id }, at) => units.within(id).map((one) => [one, at + 1] as const));
  const all = [[unit.id, 0] as const, ...each.flat()];
  return { units: all.map(([id]) => id), branches: all.map(([, branch]) => branch) };
}
