/** Finds what may be somebody's phone or identity number in free words, before they go where such numbers must not stand. Pure. */

/** Six digits and more in one piece; ten and more with spaces or dashes between them, which a day (2026-11-26) has not. */
const LONG = /\d{6,}|\d(?:[\s-]?\d){9,}/;

export const holdsLongNumber = (words: string): boolean => LONG.test(words.normalize('NFKC'));
