/** The tree of offices, in memory: about 1,900 units, asked on every request, changed a few times a year. */
import { units } from '../../db/schema/registry.ts';
import type { Db } from '../../db/connect.ts';
import type { Unit, Units } from '../ports.ts';
import { searchTerm, unitKeys, unitSearchTerm } from '../values/name-keys.ts';

const officeLevels: readonly string[] = ['agency', 'archives'];

/** Reads all units and makes the tree of them. */
export async function loadUnitTree(db: Db): Promise<Units> {
  return unitTree(await db.select().from(units));
}

/** Makes the tree. Pure, for tests. */
export function unitTree(all: Unit[]): Units {
  const byId = new Map(all.map((unit) => [unit.id, unit]));
  const childrenOf = Map.groupBy(all, (unit) => unit.parentId);
  const keys = new Map(all.map((unit) => [unit.id, unitKeys(unit.name)]));
  const parentOf = (unit: Unit) => (unit.parentId ? (byId.get(unit.parentId) ?? null) : null);

  const children = (id: string | null, level?: Unit['level']) =>
    (childrenOf.get(id) ?? []).filter((unit) => !level || unit.level === level);

  const above: Units['above'] = (unit, level) => {
    for (let at = unit; at; at = parentOf(at)) {
      if (at.level === level) return at;
      const office = officeLevels.includes(level) ? children(at.id, level)[0] : undefined;
      if (office) return office;
    }
    return null;
  };

  const insides = new Map<string, readonly string[]>();
  const within: Units['within'] = (id) => {
    const found =
      insides.get(id) ?? all.filter(({ path }) => isWithin(path, byId.get(id)?.path ?? '-')).map((unit) => unit.id);
    // Only of units that are there: what anybody may type is not kept.
    if (byId.has(id)) insides.set(id, found);
    return found;
  };

  return {
    get: (id) => byId.get(id) ?? null,
    above,
    children,
    within,
    search: (typed, level, limit) => best(all, keys, typed, level, limit),
    cityAgency() {
      const agency = children(null, 'city').flatMap((city) => children(city.id, 'agency'))[0];
      if (!agency) throw new Error('The registry has no agency of the city: load the units first.');
      return agency;
    },
    fullName: (unit) => fullName(unit, parentOf),
  };
}

function isWithin(path: string, root: string): boolean {
  return path === root || path.startsWith(`${root}.`);
}

/** District, street and community; what is said above a district everybody knows. */
function fullName(unit: Unit, parentOf: (unit: Unit) => Unit | null): string {
  const names: string[] = [];
  for (let at: Unit | null = unit; at && at.level !== 'city'; at = parentOf(at)) names.unshift(at.name);
  return names.join(' ') || unit.name;
}

/** Whole keys first, then beginnings, then anything inside; shorter names before longer ones. */
function best(all: Unit[], keys: Map<string, string[]>, typed: string, level: string, limit: number): Unit[] {
  const terms = [...new Set([searchTerm(typed), unitSearchTerm(typed)])].filter(Boolean);
  if (terms.length === 0) return [];
  const rank = (unit: Unit) => Math.min(...terms.map((term) => rankOf(keys.get(unit.id) ?? [], term)));
  return all
    .filter((unit) => unit.level === level)
    .map((unit) => ({ unit, rank: rank(unit) }))
    .filter((found) => found.rank < NO_MATCH)
    .toSorted(
      (a, b) => a.rank - b.rank || a.unit.name.length - b.unit.name.length || a.unit.id.localeCompare(b.unit.id),
    )
    .slice(0, limit)
    .map((found) => found.unit);
}

const NO_MATCH = 3;

function rankOf(keys: string[], term: string): number {
  if (keys.includes(term)) return 0;
  if (keys.some((key) => key.startsWith(term))) return 1;
  // 「识字里那个社区」: what somebody wrote around the name does not hide it.
  const inside = keys.some(
    (key) => key.length > 1 && /\p{Script=Han}/u.test(key) && (key.includes(term) || term.includes(key)),
  );
  return inside ? 2 : NO_MATCH;
}
