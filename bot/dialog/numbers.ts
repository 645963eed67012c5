/** Numbers as people write them: 3, ３, 三, 二十一, 第三个. */

const DIGITS = '零一二三四五六七八九';
/** Other writings of the same digits; 兩 and 两 are two. */
const SAME: Record<string, string> = { 〇: '零', 两: '二', 兩: '二', '○': '零' };

/** A whole number below 10,000 from digits or Chinese numerals (also digit by digit: 二〇二六); null for anything else. */
export function readNumber(typed: string): number | null {
  const text = [...typed.normalize('NFKC')].map((sign) => SAME[sign] ?? sign).join('');
  if (/^\d{1,4}$/.test(text)) return Number(text);
  if (/^[零一二三四五六七八九]{1,4}$/.test(text)) return Number([...text].map((sign) => DIGITS.indexOf(sign)).join(''));
  const [, tens = '', units = ''] = /^([一二三四五六七八九]?)十([一二三四五六七八九]?)$/.exec(text) ?? [];
  if (!text.includes('十') || (tens + units).length !== text.length - 1) return null;
  return (tens ? DIGITS.indexOf(tens) : 1) * 10 + (units ? DIGITS.indexOf(units) : 0);
}

const ENGLISH = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];

/** Which of a list is meant, from 1: 「1」, 「第一个」, 「三」, "the second one"; null when no number is named. */
export function readOrdinal(typed: string): number | null {
  const text = typed.normalize('NFKC').toLowerCase().replace(/\s/g, '');
  const [, chinese] =
    /^(?:我?选|選|就)?第?([\d零〇一二三四五六七八九十两兩]{1,3})(?:个|個|项|項|号|條|条|种|種)?[吧。.)、]?$/.exec(
      text,
    ) ?? [];
  if (chinese) return readNumber(chinese);
  const [, english = ''] = /^(?:the)?([a-z]+?)(?:one)?$/.exec(text) ?? [];
  const at = ENGLISH.indexOf(english);
  return at < 0 ? null : at + 1;
}
