/**
 * What of an answer may be said in chat. Only questions that may be asked aloud are repeated; everything else, and everything we do
 * not know, is 「请在页面查看」 (h5-standard, Chat row 8).
 */
import { say, type Locale } from '../../locales/index.ts';
import { quote } from '../../locales/quote.ts';
import type { QuestionView } from './question.ts';

/** Keys of questions whose answers may be said. */
export type Tellable = ReadonlySet<string>;

export const tellable = (questions: readonly Pick<QuestionView, 'key' | 'chat'>[]): Tellable =>
  new Set(questions.filter(({ chat }) => chat === 'ask').map(({ key }) => key));

/** The answer as it may be said. */
export const told = (locale: Locale, may: Tellable, key: string, shown: string): string =>
  may.has(key) ? quoted(locale, shown) : say(locale, 'chat:onPage.hidden');

/** Somebody's own words inside a message of ours. */
export const quoted = (locale: Locale, words: string): string => quote(words) ?? say(locale, 'chat:onPage.hidden');
