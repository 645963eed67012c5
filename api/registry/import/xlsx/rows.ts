/** The rows of a sheet of a workbook as they stand in its XML, and which of its cells are merged, which comes after them. */
import type { DayOf } from './days.ts';
import { copied, plain, textReader } from './texts.ts';
import { walk } from './walk.ts';

/** Rows and columns count from 0. Empty rows are left out, and cells that end a row. */
export interface XmlRow {
  at: number;
  cells: string[];
}

/** A block of merged cells; both ends belong to it. */
export interface Merge {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

/** What the cells of a sheet point to. */
export interface Meanings {
  strings: readonly string[];
  dayOf: DayOf;
}

/** As many as a spreadsheet can have. */
const MOST_ROWS = 1_048_576;
const MOST_COLUMNS = 16_384;
/** From here on a spreadsheet has lost the last digits of a number: it keeps 15. */
const UNSAFE = 1e15;

/** Throws when rows or cells stand out of their order. */
export function readRows(xml: AsyncIterable<string>, meanings: Meanings): AsyncGenerator<XmlRow | Merge> {
  return walk(xml, (give) => {
    const reader = textReader();
    let row: XmlRow = { at: -1, cells: [] };
    let cell = { at: -1, type: '', style: 0 };
    return {
      open(tag, attributes) {
        if (tag === 'row') {
          row = { at: following(row.at, attributes['r'], MOST_ROWS), cells: [] };
          cell = { at: -1, type: '', style: 0 };
        } else if (tag === 'c') {
          const at = following(cell.at, columnNumber(attributes['r']), MOST_COLUMNS);
          cell = { at, type: attributes['t'] ?? 'n', style: Number(attributes['s'] ?? 0) };
          reader.begin();
        } else if (tag === 'mergeCell') {
          const merge = mergeOf(attributes['ref'] ?? '');
          if (merge) give(merge);
        } else reader.open(tag);
      },
      close(tag) {
        if (tag === 'row' && row.cells.length > 0) give(row);
        if (tag !== 'c') return reader.close(tag);
        const text = textOf(cell.type, cell.style, reader.text(), meanings);
        if (text === '') return;
        while (row.cells.length < cell.at) row.cells.push('');
        row.cells.push(text);
      },
      text: reader.add,
    };
  });
}

/** The place of the next row or cell: written, counted from 1, or right after the last. */
function following(last: number, written: string | number | undefined, most: number): number {
  const at = written === undefined ? last + 1 : Number(written) - 1;
  if (!(at > last && at < most)) throw new Error(`a row or cell is out of its place: ${written}`);
  return at;
}

/** What a cell says to a person. One that could not be worked out says nothing. */
function textOf(type: string, style: number, value: string, { strings, dayOf }: Meanings): string {
  if (value === '' || type === 'e') return '';
  if (type === 's') return sharedText(strings, value);
  if (type === 'str' || type === 'inlineStr') return copied(plain(value));
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
  if (type === 'd') return value.slice(0, 10);
  return dayOf(style, Number(value)) ?? numberText(Number(value));
}

function sharedText(strings: readonly string[], value: string): string {
  const text = strings[Number(value)];
  if (text === undefined) throw new Error(`no shared text ${value}`);
  return text;
}

/** The number as a person would read it; one that lost digits in the form 4.30102E+17, so that it is named and not believed. */
function numberText(number: number): string {
  return Math.abs(number) < UNSAFE ? String(number) : number.toExponential();
}

function mergeOf(ref: string): Merge | null {
  const [, left, top, right, bottom] = /^\$?([A-Z]+)\$?(\d+):\$?([A-Z]+)\$?(\d+)$/.exec(ref) ?? [];
  const [first, last] = [columnNumber(left), columnNumber(right)];
  if (first === undefined || last === undefined) return null;
  return { top: Number(top) - 1, left: first - 1, bottom: Number(bottom) - 1, right: last - 1 };
}

/** A1 → 1, Z1 → 26, AA1 → 27. */
function columnNumber(ref: string | undefined): number | undefined {
  const letters = /^[A-Z]+/.exec(ref ?? '')?.[0];
  if (letters === undefined) return undefined;
  return [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0);
}
