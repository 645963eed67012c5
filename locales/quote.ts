/**
 * Somebody's own words inside a message of ours: on one line, so that they cannot pass for lines of ours.
 * @returns null for words that are to be read on the page: with a long number in them (a phone, an identity number), or with
 * something that a chat or a phone makes a link or a command of
 */
export const quote = (words: string): string | null =>
  FOR_THE_PAGE.test(words.normalize('NFKC')) ? null : words.replaceAll(/\s*\n\s*/g, '　');

const FOR_THE_PAGE = /\d{6,}|[/@]|[\w-]\.[a-z]{2,}/i;
