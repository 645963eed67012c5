// Makes traditional Chinese texts from the simplified ones.
import { Converter } from 'opencc-js';
import { type Language, type Texts } from './files.ts';

// `tw` rather than `t` or `hk`: its forms (為, 戶, 眾, 說, 床, 峰) are nearly all those that mainland dictionaries give for
// traditional characters, while `t` writes 爲, 牀, 羣, 麪 and `hk` 户, 衞, 説, which look wrong to a reader in Hunan. Not
// `twp`: it also swaps words, and 社区 must stay 社區, not become 社群.
const toTaiwan = Converter({ from: 'cn', to: 'tw' });
/** 冲 of a booking taken back is 沖; the converter takes it for the 衝 of 衝突. */
const toTraditional = (text: string) => toTaiwan(text).replaceAll('衝回', '沖回');

/** i18next's own marks, `{{name}}` and `$t(key)`, are names in the code and stay as they are. */
const mark = /(\{\{.*?\}\}|\$t\(.*?\))/;

/** The text in traditional characters, placeholders untouched. */
export function traditional(text: string): string {
  return text
    .split(mark)
    .map((part, index) => (index % 2 === 0 ? toTraditional(part) : part))
    .join('');
}

/**
 * The whole language in traditional characters, keys in the order of the source. `overrides` gives, by key
 * (`engine:verbs.approve.label`), what the conversion cannot know; a key that the source does not have is an error.
 */
export function traditionalLanguage(source: Language, overrides: Readonly<Record<string, string>>): Language {
  const unused = new Set(Object.keys(overrides));
  const convert = (key: string, value: Texts[string]): Texts[string] => {
    if (typeof value === 'string') {
      unused.delete(key);
      return overrides[key] ?? traditional(value);
    }
    if (Array.isArray(value)) return value.map(traditional);
    return group(`${key}.`, value);
  };
  const group = (prefix: string, texts: Texts): Texts =>
    Object.fromEntries(Object.entries(texts).map(([name, value]) => [name, convert(`${prefix}${name}`, value)]));

  const made: Language = new Map([...source].map(([namespace, texts]) => [namespace, group(`${namespace}:`, texts)]));
  if (unused.size > 0) {
    throw new Error(`zh-Hant.overrides.json names texts that zh-CN lacks: ${[...unused].join(', ')}`);
  }
  return made;
}
