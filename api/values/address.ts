/**
 * Where in a community somebody lives, precise to building, unit and room (第四条（二） 常住地址精准到楼栋、单元、房号).
 * 「3栋」, 「３栋」, 「三栋」 and 「3号楼」 are the same building and are stored as `3`. Pure.
 */
import type { Place } from '../../db/schema/registry.ts';
import { chineseNumber, compact } from './characters.ts';

const NUMERAL = '[零〇一二两三四五六七八九十百]+';
const BUILDING_ENDING = /(?:号楼|号栋|#楼|#栋|栋|幢|座|#)$/;
const UNIT_ENDING = /(?:单元|门洞|门|梯)$/;
const ROOM_ENDING = /(?:号房|室|房|号|户)$/;
const WRITTEN_OUT = new RegExp(
  `^(?<estate>.*?)(?:(?<building>[A-Z]?-?\\d{1,4}[A-Z]?|[A-Z]|${NUMERAL})(?:号楼|号栋|#楼|#栋|栋|幢|座|#))` +
    `(?:(?<unit>\\d{1,3}|[A-Z]|[东南西北中甲乙丙丁]|${NUMERAL})(?:单元|门洞|门|梯))?(?<room>.*)$`,
);
const UNIT_ONLY = new RegExp(`^(?<estate>.*?)(?<unit>\\d{1,3}|[A-Z]|${NUMERAL})单元(?<room>.*)$`);
const HYPHENED =
  /^(?<estate>.*?[^\d-])(?<building>[A-Z]?\d{1,3})-(?:(?<unit>\d{1,2})-)?(?<room>\d{2,5}[A-Z]?)(?:室|房|号)?$/;
const ROOM_ONLY = /^(?<estate>.*?[^\d-])(?<room>\d{3,5}[A-Z]?)(?:室|房)$/;

/** The stored form of a building, 「三栋」 → `3`; null when the text is empty. A name that is no number stays a name. */
export const normaliseBuilding = (raw: string): string | null => normalisePart(raw, BUILDING_ENDING);

/** The stored form of a unit (单元), 「２单元」 → `2`. */
export const normaliseUnit = (raw: string): string | null => normalisePart(raw, UNIT_ENDING);

/** The stored form of a room, 「101室」 → `101`. */
export const normaliseRoom = (raw: string): string | null => normalisePart(raw, ROOM_ENDING);

/**
 * Takes a written address apart: 「东方新城E3栋101」, 「韶山路3号2栋1单元302室」, 「梓园3-2-101」. Only parts that are there are
 * in the answer; without building, unit and room all of it is the estate.
 */
export function parseAddress(raw: string): Place {
  const text = compact(raw).toUpperCase();
  const found = WRITTEN_OUT.exec(text) ?? UNIT_ONLY.exec(text) ?? HYPHENED.exec(text) ?? ROOM_ONLY.exec(text);
  const { estate = text, building = '', unit = '', room = '' } = found?.groups ?? {};
  return known({
    estate: estate || null,
    building: normaliseBuilding(building),
    unit: normaliseUnit(unit),
    room: normaliseRoom(room),
  });
}

/** How a home is written for people: `东方新城3栋2单元101`; outside the city, its words. */
export function showAddress(place: Place): string {
  const building = place.building && (isNumbered(place.building) ? `${place.building}栋` : place.building);
  const unit = place.unit && `${place.unit}单元`;
  return [place.words, place.estate, building, unit, place.room].filter(Boolean).join('');
}

function known(parts: { [part in keyof Place]: string | null }): Place {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== null));
}

function normalisePart(raw: string, ending: RegExp): string | null {
  const text = compact(raw)
    .toUpperCase()
    .replace(/^[-—,，]+|[-—,，]+$/g, '');
  const bare = text.replace(ending, '') || text;
  const number = chineseNumber(bare);
  const stored = number === null ? bare : String(number);
  return stored === '' ? null : stored.replace(/^([A-Z]?)-?0*(?=\d)/, '$1');
}

function isNumbered(building: string): boolean {
  return /^[A-Z]?\d+[A-Z]?$|^[A-Z]$/.test(building);
}
