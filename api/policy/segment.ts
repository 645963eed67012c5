/** From what somebody wrote to the terms that it is found by: one width, simplified characters, words of this field for one another. */
import { Jieba } from '@node-rs/jieba';
import { dict } from '@node-rs/jieba/dict.js';
import { Converter } from 'opencc-js';
import { pinyin } from 'pinyin-pro';
import { dictionary } from './words.ts';

/** Longer than any question; of what follows nothing is looked at. */
const MOST = 500;
/** More often than any word of the general dictionary, so that ours are never cut. */
const FREQUENT = 1_000_000;

interface Tools {
  jieba: Jieba;
  simplify: (text: string) => string;
  /** Words of the field by their pinyin without spaces; the longest first. */
  spelt: [string, string][];
}

let tools: Tools | undefined;

/** Made when first wanted: the general dictionary takes a third of a second to read, and nobody else needs it. */
function ready(): Tools {
  if (tools) return tools;
  const jieba = Jieba.withDict(dict);
  jieba.loadDict(Buffer.from(dictionary.words.map((word) => `${word} ${FREQUENT} n`).join('\n')));
  const spelt = [...dictionary.asked.keys()]
    .filter((word) => /^\p{Script=Han}{2,}$/u.test(word))
    .map((word): [string, string] => [pinyin(word, { toneType: 'none', type: 'array' }).join(''), word])
    .toSorted(([one], [other]) => other.length - one.length);
  tools = { jieba, simplify: Converter({ from: 't', to: 'cn' }), spelt };
  return tools;
}

/** The terms of a text that is to be found, in order, as often as they occur. */
export const termsOf = (text: string): string[] => cut(text, dictionary.indexed);

/** The terms that somebody asks for. Pinyin stands for the words of the field that sound so. */
export function asked(typed: string): string[] {
  const text = plain(typed.slice(0, MOST));
  const spoken = text.replace(/[a-z][a-z' ]+[a-z]/g, (letters) => wordsOfPinyin(letters) || letters);
  return [...new Set(cut(spoken, dictionary.asked))];
}

const plain = (text: string): string => ready().simplify(text.normalize('NFKC').toLowerCase());

function cut(text: string, stands: Map<string, string>): string[] {
  const found = ready().jieba.cutForSearch(plain(text), true);
  return found.flatMap((word) => {
    const one = word.trim();
    const concept = stands.get(one);
    if (concept) return [concept];
    // A single character says too little, and a mark nothing.
    return [...one].length < 2 || dictionary.silent.has(one) || !/[\p{L}\p{N}]/u.test(one) ? [] : [one];
  });
}

/** 「banjia zenmeban」: words of the field that are spelt in it, the longest first. */
function wordsOfPinyin(letters: string): string {
  let rest = letters.replace(/[' ]/g, '');
  const words: string[] = [];
  while (rest.length > 1) {
    const found = ready().spelt.find(([sound]) => rest.startsWith(sound));
    if (found) words.push(found[1]);
    rest = rest.slice(found ? found[0].length : 1);
  }
  return words.join(' ');
}
