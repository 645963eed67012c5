/** Chinese numerals up to 999, as articles and years are numbered with. Pure. */
const DIGITS = '零一二三四五六七八九';

/** 二十四 is 24; digits are read as they are; null for what is no number. */
export function numberOf(text: string): number | null {
  if (/^\d{1,3}$/.test(text)) return Number(text);
  const plain = text.replaceAll('〇', '零');
  if (!/^[零一二三四五六七八九十百]+$/.test(plain)) return null;
  const match = /^(?:([一二三四五六七八九])百零?)?(?:([一二三四五六七八九]?)十)?([一二三四五六七八九]?)$/.exec(plain);
  if (!match) return null;
  const [, hundreds, tens, ones] = match;
  const ten = plain.includes('十') ? Math.max(1, DIGITS.indexOf(tens || '一')) * 10 : 0;
  const value = (hundreds ? DIGITS.indexOf(hundreds) * 100 : 0) + ten + (ones ? DIGITS.indexOf(ones) : 0);
  return value > 0 ? value : null;
}
