/**
 * Evens out what keyboards, phones and spreadsheets do to Chinese text before a rule looks at it:
 * full-width digits and letters, ideographic spaces, zero-width marks, and numbers written in characters.
 */

/** Zero-width marks, those that turn the direction of reading (a name could be shown as another), and control characters. */
const INVISIBLE = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]|[^\P{Cc}\s]/gu;
const DIGIT_OF: Record<string, number> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};

/** Half-width form of `text`, without invisible marks and outer spaces; runs of white space become one space. */
export function tidy(text: string): string {
  return text.normalize('NFKC').replace(INVISIBLE, '').replace(/\s+/g, ' ').trim();
}

/** What somebody wrote in several lines, as they wrote it, without control characters and marks that turn the direction of reading. */
export const plainLines = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[\u202A-\u202E\u2066-\u2069]|[^\P{Cc}\n]/gu, '')
    .trim();

/** As `tidy`, with every space taken out: for numbers, names and headings. */
export function compact(text: string): string {
  return tidy(text).replaceAll(' ', '');
}

/**
 * The whole number that Chinese numerals stand for: 三 → 3, 十二 → 12, 一百零五 → 105, 二〇〇一 → 2001.
 * Null when the text is anything else, or is above 999 in the form with 百.
 */
export function chineseNumber(text: string): number | null {
  if (/^[零〇一二三四五六七八九]+$/.test(text)) return Number([...text].map((c) => DIGIT_OF[c]).join(''));
  const parts =
    /^(?:([一二两三四五六七八九])百)?(?:零|〇)?(?:([一二三四五六七八九])?(十))?([一二三四五六七八九])?$/.exec(text);
  if (!text || !parts) return null;
  const [, hundreds, tens, ten, ones] = parts;
  const value = digit(hundreds) * 100 + (ten ? (tens ? digit(tens) : 1) * 10 : 0) + digit(ones);
  return value > 0 ? value : null;
}

function digit(character: string | undefined): number {
  return character === undefined ? 0 : (DIGIT_OF[character] ?? 0);
}
