/** Which messages the city may word itself, and what its words must hold. Pure. */
import { say, textsIn, type Locale } from '../../locales/index.ts';
import type { Service } from '../engine/service.ts';

/** What the parties of a case are told, in the order in which it happens. */
const happenings = [
  'opened',
  'opened-for-you',
  'opened-by-rule',
  'passed-on',
  'returned',
  'resubmitted',
  'forwarded',
  'approved',
  'finished',
  'rejected',
  'withdrawn',
  'undone',
] as const;

/**
 * The templates of a service: after a death the gentle ones. What protects somebody (who is asked, or reported) is worded by the house
 * alone.
 */
export function templatesOf({ tone, discreet, subject }: Pick<Service, 'tone' | 'discreet' | 'subject'>): string[] {
  if (discreet || subject === 'named') return [];
  const all = happenings.map((one) => (tone ? `gentle.${one}` : one));
  return all.filter((one) => textsIn(`notices:${one}`, 'zh-CN'));
}

/** The words of the house. */
export const standardWords = (template: string, locale: Locale): string => textsIn(`notices:${template}`, locale) ?? '';

const PLACEHOLDER = /\{\{(\w+)\}\}/g;

export const placeholdersOf = (words: string): string[] =>
  [...new Set([...words.matchAll(PLACEHOLDER)].map(([, name = '']) => name))].toSorted();

export type WordsFault =
  { code: 'words-missing' | 'words-unknown'; names: string } | { code: 'words-markup' | 'words-empty' };

/** Links and markup: a text message has no link that nobody asked for, and a chat shows text as it is. */
const NOT_PLAIN = /[<>{}[\]`]|https?:|www\.|[\w-]\.[a-z]{2,}/i;

/** What is wrong with words for a template; null when they may be said. */
export function faultOf(words: string, template: string): WordsFault | null {
  if (words.trim() === '') return { code: 'words-empty' };
  const wanted = placeholdersOf(standardWords(template, 'zh-CN'));
  const given = placeholdersOf(words);
  const named = (names: string[]) => names.map((name) => `{{${name}}}`).join(' ');
  const unknown = given.filter((name) => !wanted.includes(name));
  if (unknown.length > 0) return { code: 'words-unknown', names: named(unknown) };
  const missing = wanted.filter((name) => !given.includes(name));
  if (missing.length > 0) return { code: 'words-missing', names: named(missing) };
  return NOT_PLAIN.test(words.replaceAll(PLACEHOLDER, '')) ? { code: 'words-markup' } : null;
}

/** Characters of one text message, and of each part of a longer one: the operators count Chinese so. */
const ONE = 70;
const PART = 67;

export const smsParts = (text: string): number => (text.length <= ONE ? 1 : Math.ceil(text.length / PART));

/** What a placeholder is called where the words are written. */
export const placeholderName = (locale: Locale, name: string): string => say(locale, `settings:words.names.${name}`);
