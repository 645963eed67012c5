/** Looks for the identity and phone numbers of the demo's people, in words and in bytes, also written as hex or base64. */
import { demoData } from '../../db/seed/demo/index.ts';

export interface Finder {
  /** What stands in the words, spaces and dashes inside a number or not. */
  inWords(words: string): string[];
  /** What stands in the bytes of a file: as it is, as hex, as base64. */
  inBytes(bytes: Buffer): string[];
}

/** Digits only, and the X of an identity number. */
const plain = (number: string): string => number.replace(/[^\dX]/gi, '').toUpperCase();

/** Everybody's numbers: retirees, relatives, staff, and `more` that a test typed. `known` are offices' own, printed on every page. */
export function findNumbers(more: readonly string[], known: readonly string[]): Finder {
  const { retirees, relatives, staff } = demoData();
  const people = [
    ...retirees.map(({ idNumber }) => idNumber),
    ...[...retirees, ...relatives, ...staff].map(({ phone }) => phone),
  ];
  const offices = new Set(known.map(plain));
  const wanted = new Set([...people, ...more].flatMap((number) => (number ? [plain(number)] : [])));
  for (const office of offices) wanted.delete(office);
  const lengths = [...new Set([...wanted].map(({ length }) => length))];
  const shortest = Math.min(...lengths);
  const run = new RegExp(`\\d{${shortest - 1},}[\\dXx]`, 'g');

  const inDigits = (text: string): string[] =>
    [...text.matchAll(run)].flatMap(([digits]) =>
      lengths.flatMap((length) =>
        Array.from({ length: Math.max(0, digits.length - length + 1) }, (_, at) =>
          digits.slice(at, at + length).toUpperCase(),
        ).filter((part) => wanted.has(part)),
      ),
    );
  const inHex = (text: string): string[] =>
    [...text.matchAll(new RegExp(`(?:3\\d){${shortest - 1},}(?:3\\d|58|78)`, 'g'))].flatMap(([hex]) =>
      inDigits(Buffer.from(hex, 'hex').toString('latin1')),
    );
  // A number may begin at any of three places of a group of base64, and its text at any of four of a longer run.
  const inBase64 = (text: string): string[] =>
    [...text.matchAll(/[A-Za-z0-9+/_-]{14,}/g)].flatMap(([run64]) =>
      [0, 1, 2, 3].flatMap((skip) => inDigits(Buffer.from(run64.slice(skip), 'base64').toString('latin1'))),
    );
  const joined = (text: string): string => text.replace(/(?<=\d)[\s-]+(?=\d)/g, '');
  const everyForm = (text: string): string[] => [...inDigits(text), ...inHex(text), ...inBase64(text)];
  return {
    inWords: (words) => [...new Set([...everyForm(words), ...inDigits(joined(words.normalize('NFKC')))])],
    inBytes: (bytes) => [...new Set(everyForm(bytes.toString('latin1').replace(/(?<=\d)-(?=\d{8})/g, '')))],
  };
}
