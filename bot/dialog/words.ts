/** Words that act: 返回, 取消, 找人 at every point; others where nothing is being asked. The words themselves stand in `chat:heard`. */
import { locales, say } from '../../locales/index.ts';

/** What a word can mean. Each has its words in `chat.json`, in every language, traditional characters included. */
export const meanings = [
  'back',
  'cancel',
  'human',
  'menu',
  'services',
  'cases',
  'notices',
  'group',
  'activities',
  'drafts',
  'pending',
  'family',
  'languages',
  'help',
  'page',
  'me',
  'devices',
  'bind',
  'done',
  'skip',
  'unknown',
  'yes',
  'no',
  'known',
  'agree',
  'refuse',
] as const;
export type Meaning = (typeof meanings)[number];

/** Marks and spaces off, one width, lower case: 「取消！」 is 取消. */
export const plainWords = (typed: string): string =>
  typed
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{P}\p{S}\p{Cf}\p{M}\s]/gu, '');

const heard: ReadonlyMap<Meaning, ReadonlySet<string>> = new Map(
  meanings.map((meaning) => [
    meaning,
    new Set(locales.flatMap((locale) => say(locale, `chat:heard.${meaning}`).split('|').map(plainWords))),
  ]),
);

/** Whether what was typed has this meaning. */
export const means = (typed: string, meaning: Meaning): boolean => heard.get(meaning)?.has(plainWords(typed)) ?? false;

/** The first of these meanings that what was typed has; null when it has none. */
export const meaningOf = <M extends Meaning>(typed: string, among: readonly M[]): M | null =>
  among.find((one) => means(typed, one)) ?? null;

/** Whether nothing is left when pictures and marks are taken off: 👍 says nothing that a form could keep. */
export const isWordless = (typed: string): boolean => plainWords(typed) === '';

/** Whether what was typed holds something like an identity number, which has no place in a chat. */
export const holdsIdNumber = (typed: string): boolean =>
  /(?<!\d)\d{6}\s*(?:18|19|20)\d{2}\s*\d{4}\s*\d{3}\s*[\dx](?!\d)/i.test(typed.normalize('NFKC'));

/** Whether what was typed is nothing but ten digits, as a slip from the counter has them: they have no place in a chat either. */
export const isSlipCode = (typed: string): boolean => /^\d{10}$/.test(typed.normalize('NFKC').replace(/[\s-]/g, ''));
