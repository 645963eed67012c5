/** Which agency the insurance relation of a retiree is with, when nobody says. Pure. */
import type { EmployerKind } from '../../db/schema/registry.ts';
import type { Unit, Units } from '../ports.ts';

/** Of central, provincial and municipal employers it is the city's (第二十二条); of the others that of the district (第二十三条). */
export function insuringAgency(units: Units, kind: EmployerKind, community: Unit | null): Unit {
  const isLocal = kind === 'district' || kind === 'self-employed';
  const district = isLocal ? units.above(community, 'district') : null;
  return units.above(district, 'agency') ?? units.cityAgency();
}

/** The level that manages whoever is insured there (市本级 or 区县). */
export const managingLevel = (units: Units, { parentId }: Unit): 'city' | 'district' =>
  parentId && units.get(parentId)?.level === 'district' ? 'district' : 'city';
