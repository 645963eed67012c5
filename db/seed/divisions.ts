/**
 * The offices of Changsha as seed units: the city, its 9 districts, 172 streets and 1,649 communities with their official
 * codes, the insurance agency of the city and of each district, and the archives office. Pure: it reads `divisions.json`
 * beside it, where a code holds only the digits that its parent's does not, directly followed by the official name.
 */
import divisions from './divisions.json' with { type: 'json' };
import type { UnitLevel } from '../schema/registry.ts';
import { shownName } from './unit-names.ts';

/** One office. `id` is the official code; agencies have `A` and their area's code, the archives office `R` and the city's. */
export interface UnitSeed {
  id: string;
  level: UnitLevel;
  /** As people say it: 识字里社区, not 识字里社区居委会. */
  name: string;
  parentId: string | null;
  phone?: string;
}

/** The agency of the city (长沙市社会保险服务中心), where the insurance relation of central, provincial and municipal retirees is. */
export const cityAgencyId = 'A4301';

/** The archives office (市人社局档案管理部门, 第十条). */
export const archivesId = 'R4301';

/** The agency of a district, `430102` → `A430102`. */
export function agencyOf(districtId: string): string {
  return `A${districtId}`;
}

/** Every unit, parents before children, always in the same order. */
export function allUnits(): UnitSeed[] {
  const city: UnitSeed = { ...split(divisions.city, ''), level: 'city', parentId: null };
  return [
    city,
    ...cityOffices(city),
    ...Object.entries(divisions.districts).flatMap(([head, streets]) => district(head, streets, city)),
  ];
}

function cityOffices(city: UnitSeed): UnitSeed[] {
  return [
    // The phone is the contact office's in the letterhead of 长人社规〔2024〕1号.
    {
      id: cityAgencyId,
      level: 'agency',
      name: `${city.name}社会保险服务中心`,
      parentId: city.id,
      phone: '0731-84907501',
    },
    { id: archivesId, level: 'archives', name: `${city.name}人力资源和社会保障局档案管理部门`, parentId: city.id },
  ];
}

function district(head: string, streets: Record<string, string>, city: UnitSeed): UnitSeed[] {
  const unit: UnitSeed = { ...split(head, ''), level: 'district', parentId: city.id };
  const agency: UnitSeed = {
    id: agencyOf(unit.id),
    level: 'agency',
    name: `${unit.name}社会保险服务中心`,
    parentId: unit.id,
  };
  return [unit, agency, ...Object.entries(streets).flatMap(([line, communities]) => street(line, communities, unit))];
}

function street(head: string, communities: string, parent: UnitSeed): UnitSeed[] {
  const unit: UnitSeed = { ...split(head, parent.id), level: 'street', parentId: parent.id };
  const children = communities.split(' ').map((entry): UnitSeed => {
    const { id, name } = split(entry, unit.id);
    return { id, level: 'community', name: shownName(name), parentId: unit.id };
  });
  return [unit, ...children];
}

/** `001识字里社区居委会` under `430102001` → its whole code and its name. */
function split(entry: string, parentId: string): { id: string; name: string } {
  const code = /^\d+/.exec(entry)?.[0] ?? '';
  return { id: parentId + code, name: entry.slice(code.length) };
}
