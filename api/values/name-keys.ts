/**
 * The keys under which people and units are found: the name as written, its pinyin without tones, and the
 * initials of the pinyin (刘淑兰 → 刘淑兰, liushulan, lsl). Keys are looked up by prefix. Pure.
 */
import { pinyin } from 'pinyin-pro';
import { compact } from './characters.ts';

/** Endings of a unit's name that people leave out, add or swap; the longest first. */
const UNIT_ENDING =
  /(?:社区居民委员会|村民委员会|社区居委会|社区村委会|社区委员会|居民委员会|村委会|居委会|社区|街道办事处|街道|街|村|镇|乡|区|县|市)$/;

/** Keys of a person's name, without duplicates. Surnames are read as surnames: 单 shan, 曾 zeng, 解 xie, 仇 qiu. */
export function nameKeys(name: string): string[] {
  const written = searchTerm(name);
  return distinct([written, written.replace(/[·.]/g, ''), ...pinyinKeys(written, true)]);
}

/**
 * Keys of a unit's name, with and without its ending: 识字里社区 → 识字里社区, 识字里, shizilishequ, shizili, szlsq, szl.
 */
export function unitKeys(name: string): string[] {
  const written = searchTerm(name);
  const base = unitBase(written);
  return distinct([written, base, ...pinyinKeys(written, false), ...pinyinKeys(base, false)]);
}

/** What somebody typed to find a person, in the form of the keys: half-width, lower-case, no spaces. */
export function searchTerm(typed: string): string {
  return compact(typed)
    .replace(/[・•‧∙]/g, '·')
    .toLowerCase();
}

/** What somebody typed to find a unit: as `searchTerm`, and 「识字里社区居委会」 finds what 「识字里」 finds. */
export function unitSearchTerm(typed: string): string {
  return unitBase(searchTerm(typed));
}

/** A unit's name without its ending, unless nothing recognisable would be left. */
export function unitBase(name: string): string {
  const base = name.replace(UNIT_ENDING, '');
  return [...base].length >= 2 ? base : name;
}

function pinyinKeys(text: string, person: boolean): string[] {
  const readable = text.replace(/[^\p{Script=Han}a-z0-9]/gu, '');
  const syllables = pinyin(readable, {
    type: 'array',
    toneType: 'none',
    v: true,
    nonZh: 'consecutive',
    ...(person ? { mode: 'surname', surname: 'head' } : {}),
  });
  return [
    syllables.join(''),
    syllables.map((syllable) => (/^\d/.test(syllable) ? syllable : syllable.charAt(0))).join(''),
  ];
}

function distinct(keys: string[]): string[] {
  return [...new Set(keys)].filter((key) => key !== '');
}
