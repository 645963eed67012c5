// Reads and writes the text files of a language, and lists their texts by key. For the tools and the tests; the product
// itself reads texts through locales/index.ts.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What one file holds: texts, lists of texts (the lines of a guide), and groups of them. */
export type Texts = { [key: string]: string | string[] | Texts };

/** The files of one language by namespace, which is the path without `.json`: `engine`, `services/relocation`. */
export type Language = Map<string, Texts>;

export const localesFolder = fileURLToPath(new URL('..', import.meta.url));

export function readLanguage(locale: string): Language {
  return new Map(
    textFiles(locale).map((file) => [
      relative(join(localesFolder, locale), file)
        .replaceAll('\\', '/')
        .replace(/\.json$/, ''),
      JSON.parse(readFileSync(file, 'utf8')) as Texts,
    ]),
  );
}

/** Writes the files and removes those of namespaces that are gone. */
export function writeLanguage(locale: string, language: Language): void {
  for (const file of textFiles(locale)) rmSync(file);
  for (const [namespace, texts] of language) {
    const file = join(localesFolder, locale, `${namespace}.json`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify(texts, null, 2)}\n`);
  }
}

/** Every text by its key, `namespace:path.in.file`; the lines of a list are joined by newlines. */
export function flatten(language: Language): Map<string, string> {
  const flat = new Map<string, string>();
  const walk = (prefix: string, texts: Texts): void => {
    for (const [name, value] of Object.entries(texts)) {
      if (typeof value === 'string') flat.set(`${prefix}${name}`, value);
      else if (Array.isArray(value)) flat.set(`${prefix}${name}`, value.join('\n'));
      else walk(`${prefix}${name}.`, value);
    }
  };
  for (const [namespace, texts] of language) walk(`${namespace}:`, texts);
  return flat;
}

function textFiles(locale: string): string[] {
  const folder = join(localesFolder, locale);
  mkdirSync(folder, { recursive: true });
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.json'))
    .map((file) => join(folder, file))
    .toSorted();
}
