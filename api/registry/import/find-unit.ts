/** Finds the community or agency that a roster names, in whichever of the ways people write it. Pure, over a list of units. */
import type { UnitLevel } from '../../../db/schema/registry.ts';
import { compact } from '../../values/characters.ts';
import { unitBase } from '../../values/name-keys.ts';

/** What must be known of each unit. */
export interface UnitName {
  id: string;
  level: UnitLevel;
  name: string;
  parentId: string | null;
}

export type FoundUnit = { ok: true; id: string } | { ok: false; code: 'no-such-community' | 'ambiguous-community' };

export interface UnitFinder {
  /** By name or 12-digit code; `hints` (street, district, title) tell namesakes apart. */
  community(text: string, hints?: readonly string[]): FoundUnit;
  /** The one community that a title or a file name mentions, or null. */
  communityIn(title: string): string | null;
  /** Whether this text names the street that a community belongs to. */
  liesIn(communityId: string, street: string): boolean;
  /** The agency of 市本级, of a district, or with this name; null when there is none. */
  agency(text: string): string | null;
  /** The agency of the district that a community lies in. */
  agencyOf(communityId: string): string | null;
}

/** What may stand right before a community's name in a longer text. */
const BOUNDARY = /(?:^|[道镇乡区县市园场年月日)\w\s\-—:,、])$/;

/** Builds the finder once; each look-up of a name is then a look into a map. */
export function unitFinder(units: readonly UnitName[]): UnitFinder {
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const communities = units.filter(({ level }) => level === 'community');
  const byBase = Map.groupBy(communities, ({ name }) => unitBase(name));
  // A title stands over all rows of a table.
  const inTitles = new Map<string, string | null>();
  const agencies = units.filter(({ level }) => level === 'agency');
  const city = unitBase(units.find(({ level }) => level === 'city')?.name ?? '');
  // 长沙县 cannot be called 长沙 for short: that is the city.
  const shortName = ({ name }: UnitName) => (unitBase(name) === city ? name : unitBase(name));

  const above = (unit: UnitName): UnitName[] => {
    const parent = byId.get(unit.parentId ?? '');
    return parent ? [parent, ...above(parent)] : [];
  };
  const fitting = (found: readonly UnitName[], hints: readonly string[]): readonly UnitName[] => {
    const context = compact(hints.join(' '));
    const scores = found.map(
      (unit) => above(unit).filter((one) => one.level !== 'city' && context.includes(shortName(one))).length,
    );
    const best = Math.max(...scores);
    return found.filter((_, at) => scores[at] === best);
  };
  const mentioned = (text: string): UnitName[] => {
    const found = communities.filter(({ name }) => {
      const at = text.indexOf(name);
      return at >= 0 && BOUNDARY.test(text.slice(0, at));
    });
    const longest = Math.max(...found.map(({ name }) => name.length));
    return found.filter(({ name }) => name.length === longest);
  };
  const named = (text: string): readonly UnitName[] => {
    const alike = byBase.get(unitBase(text)) ?? [];
    const exact = alike.filter(({ name }) => name === text || (kindOf(text) !== null && kindOf(name) === kindOf(text)));
    return exact.length > 0 ? exact : alike;
  };

  return {
    community(raw, hints = []) {
      const text = compact(raw);
      if (byId.get(text)?.level === 'community') return { ok: true, id: text };
      const found = named(text);
      const [first, ...others] = fitting(found.length > 0 ? found : mentioned(text), [...hints, text]);
      if (!first) return { ok: false, code: 'no-such-community' };
      return others.length === 0 ? { ok: true, id: first.id } : { ok: false, code: 'ambiguous-community' };
    },
    communityIn(title) {
      const text = compact(title);
      const seen = inTitles.get(text);
      if (seen !== undefined) return seen;
      const [only, ...others] = fitting(mentioned(text), [text]);
      const found = only && others.length === 0 ? only.id : null;
      inTitles.set(text, found);
      return found;
    },
    liesIn(communityId, street) {
      const parent = byId.get(byId.get(communityId)?.parentId ?? '');
      return parent !== undefined && compact(street).includes(unitBase(parent.name));
    },
    agency(raw) {
      const text = compact(raw);
      const ofDistrict = agencies.find(({ parentId }) => {
        const district = byId.get(parentId ?? '');
        return district?.level === 'district' && text.includes(shortName(district));
      });
      if (ofDistrict) return ofDistrict.id;
      const isCity = /本级|^长沙市?(?:社|$)|^市(?:社|$)/.test(text);
      const found = agencies.find(
        ({ id, name, parentId }) =>
          id === text || name === text || (isCity && byId.get(parentId ?? '')?.level === 'city'),
      );
      return found?.id ?? null;
    },
    agencyOf(communityId) {
      const community = byId.get(communityId);
      const district = community && above(community).find(({ level }) => level === 'district');
      return agencies.find(({ parentId }) => parentId === district?.id)?.id ?? null;
    },
  };
}

/** 村 or 社区, for names that end with either, with or without their committee. */
function kindOf(name: string): string | null {
  return /(村|社区)(?:村委会|居委会|委员会|委会|村民委员会|居民委员会)?$/.exec(name)?.[1] ?? null;
}
