/** The texts of a workbook: those that cells share, and how all are written. */
import { walk } from './walk.ts';

/** In the order in which cells count them. */
export function readStrings(xml: AsyncIterable<string>): Promise<string[]> {
  return Array.fromAsync(
    walk<string>(xml, (give) => {
      const reader = textReader();
      return {
        open(tag) {
          if (tag === 'si') reader.begin();
          else reader.open(tag);
        },
        close(tag) {
          if (tag === 'si') give(copied(plain(reader.text())));
          else reader.close(tag);
        },
        text: reader.add,
      };
    }),
  );
}

/** Puts together what a cell says: runs of different fonts are one text, and how it is to be spoken is not part of it. */
export function textReader() {
  let said = '';
  let isWithin = false;
  let isSpoken = false;
  return {
    begin: () => void (said = ''),
    open(tag: string) {
      if (tag === 't' || tag === 'v') isWithin = true;
      if (tag === 'rPh') isSpoken = true;
    },
    close(tag: string) {
      if (tag === 't' || tag === 'v') isWithin = false;
      if (tag === 'rPh') isSpoken = false;
    },
    add(text: string) {
      if (isWithin && !isSpoken) said += text;
    },
    text: () => said,
  };
}

/** Characters that XML has no way to write stand as `_x000D_` (ECMA-376 part 1, 22.9.2.19). */
export function plain(text: string): string {
  return text
    .replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .trim();
}

/** V8 cuts a text out of a longer one without copying it: held for long, one cell would keep its whole piece of the file. */
export function copied(text: string): string {
  return Buffer.from(text).toString();
}
