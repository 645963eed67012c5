import { describe, expect, test } from 'vitest';
import { locales, sourceLocale } from '../../locales/index.ts';
import { flatten, readLanguage } from '../../locales/tools/files.ts';

const texts = new Map(locales.map((locale) => [locale, flatten(readLanguage(locale))]));
const textsOf = (locale: (typeof locales)[number]): Map<string, string> => texts.get(locale) ?? new Map();
const source = textsOf(sourceLocale);
const others = locales.filter((locale) => locale !== sourceLocale);

/** English says `case_one` and `case_other` where Chinese needs one form: i18next's ending is not part of the key. */
const withoutPlural = (key: string): string => key.replace(/(_ordinal)?_(zero|one|two|few|many|other)$/, '');
const keysOf = (language: Map<string, string>): string[] =>
  [...new Set([...language.keys()].map(withoutPlural))].toSorted();

/** The names in `{{name}}` of a text, over all its plural forms. */
function placeholders(language: Map<string, string>): Map<string, string> {
  const found = Map.groupBy(language, ([key]) => withoutPlural(key));
  return new Map(
    [...found].map(([key, forms]) => {
      const names = forms.flatMap(([, text]) =>
        [...text.matchAll(/\{\{\s*([^},\s]+)/g)].map(([, name]) => String(name)),
      );
      return [key, [...new Set(names)].toSorted().join(' ')];
    }),
  );
}

describe.each(others)('%s', (locale) => {
  test('has the keys of zh-CN, none missing and none extra', () => {
    expect(keysOf(textsOf(locale))).toEqual(keysOf(source));
  });

  test('has the placeholders of zh-CN in every text', () => {
    expect(Object.fromEntries(placeholders(textsOf(locale)))).toEqual(Object.fromEntries(placeholders(source)));
  });
});

describe.each(locales)('%s', (locale) => {
  test('has no empty text', () => {
    expect([...textsOf(locale)].filter(([, text]) => text.trim() === '').map(([key]) => key)).toEqual([]);
  });
});

test.each(['zh-CN', 'zh-Hant'] as const)('%s uses full-width marks between Chinese characters', (locale) => {
  const halfWidth = /\p{Script=Han}\s*[,;:!?]\s*\p{Script=Han}/u;
  expect(
    [...textsOf(locale)].filter(([, text]) => halfWidth.test(text)).map(([key, text]) => `${key}: ${text}`),
  ).toEqual([]);
});
