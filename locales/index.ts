/**
 * Every text a person sees, for the server and the bot. A file is a namespace (`engine.json`, `services/relocation.json`); a key
 * is `namespace:path.in.file`. zh-CN is the source; zh-Hant is made from it (`npm run texts`).
 */
import i18next, { type i18n } from 'i18next';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const locales = ['zh-CN', 'zh-Hant', 'en'] as const;
export type Locale = (typeof locales)[number];
export const sourceLocale: Locale = 'zh-CN';

type Texts = { [key: string]: string | string[] | Texts };

const folder = fileURLToPath(new URL('.', import.meta.url));
const texts: i18n = i18next.createInstance();

void texts.init({
  lng: sourceLocale,
  fallbackLng: sourceLocale,
  resources: Object.fromEntries(locales.map((locale) => [locale, readLocale(locale)])),
  // Pages and chat escape by themselves; escaping here would show &#39; to people.
  interpolation: { escapeValue: false },
  initAsync: false,
});

/** Texts that were looked up before: each page says dozens, and finding one costs more than filling it in. */
const known = new Map<string, string>();
const found = new Map<string, boolean>();

/** The words for a key in a language. A missing key is shown as the key: the tests find it before people do. */
export function say(locale: Locale, key: string, params: Record<string, string | number> = {}): string {
  // i18next chooses the text by a count; nothing else changes which one it is.
  if ('count' in params) return texts.t(key, { ...params, lng: locale });
  const text = remember(known, `${locale} ${key}`, () => texts.t(key, { lng: locale, skipInterpolation: true }));
  return text.includes('{{') ? text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(params[name] ?? '')) : text;
}

/** A list of texts (the lines of a guide, of a sheet). */
export function sayAll(locale: Locale, key: string, params: Record<string, string | number> = {}): string[] {
  const lines: unknown = texts.t(key, { ...params, lng: locale, returnObjects: true });
  return Array.isArray(lines) ? lines.map(String) : [];
}

/** The words for a key as they are written, placeholders and all; null when the language has none. */
export function textsIn(key: string, locale: Locale): string | null {
  const text: unknown = texts.t(key, { lng: locale, skipInterpolation: true, returnObjects: true });
  return typeof text === 'string' && texts.exists(key, { lng: locale }) ? text : null;
}

/** Whether the source language has the key. */
export function hasText(key: string): boolean {
  return remember(found, key, () => texts.exists(key, { lng: sourceLocale }));
}

/** Adds the texts of one namespace while running (a service added by a test or a plugin). */
export function addTexts(locale: Locale, namespace: string, added: Texts): void {
  texts.addResourceBundle(locale, namespace, added, true, true);
  known.clear();
  found.clear();
}

/** Keys come from definitions and rows, never from people; the bound is for the day when one does. */
const MOST_REMEMBERED = 20_000;

function remember<T>(memory: Map<string, T>, key: string, find: () => T): T {
  const before = memory.get(key);
  if (before !== undefined) return before;
  if (memory.size >= MOST_REMEMBERED) memory.clear();
  const value = find();
  memory.set(key, value);
  return value;
}

/** The language we have for what a browser or Telegram names (`zh-hant-TW`, `en-GB`); Chinese when in doubt. */
export function localeFor(wanted: string | null | undefined): Locale {
  const tag = (wanted ?? '').toLowerCase();
  if (/^zh.*(hant|tw|hk|mo)/.test(tag)) return 'zh-Hant';
  return tag.startsWith('en') ? 'en' : 'zh-CN';
}

function readLocale(locale: Locale): Record<string, Texts> {
  const root = join(folder, locale);
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
  return Object.fromEntries(
    files.map((file) => [
      relative(root, join(root, file))
        .split(sep)
        .join('/')
        .replace(/\.json$/, ''),
      JSON.parse(readFileSync(join(root, file), 'utf8')) as Texts,
    ]),
  );
}

/** The names in a group of texts, in the order of its file. */
export const textKeys = (group: string): string[] => Object.keys(texts.t(group, { returnObjects: true }));
