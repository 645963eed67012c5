/** The offices of the city, as the widgets choose among them. */
import { api, call } from '../base/api.ts';

export interface UnitLine {
  id: string;
  name: string;
  /** District, street and community. */
  fullName: string;
}

/** The units directly below one; the districts without a parent. @throws Problem, Offline */
export const unitsBelow = (parent?: string): Promise<UnitLine[]> =>
  call(api.units.$get({ query: parent ? { parent } : {} }));

type Level = 'district' | 'street' | 'community' | 'agency';

/** All agencies, which are few. @throws Problem, Offline */
export const agencies = (): Promise<UnitLine[]> => call(api.units.agencies.$get());

/** At most eight, best first, by name, pinyin or initials. @throws Problem, Offline */
export const searchUnits = (words: string, level: string): Promise<UnitLine[]> =>
  call(api.units.search.$get({ query: { words, level: level as Level } }));

/** @throws Problem, Offline */
export const readUnit = (id: string): Promise<UnitLine> => call(api.units[':id'].$get({ param: { id } }));

/** The levels to choose one after the other, down to the wanted one. */
export function levelsTo(level: string): Level[] {
  if (level === 'agency') return [level];
  const all: Level[] = ['district', 'street', 'community'];
  const end = all.indexOf(level as Level);
  return end < 0 ? [] : all.slice(0, end + 1);
}
