/** A sheet of a workbook, cell by cell, as the XML of .xlsx has it. */

/** How a cell is shown. `styles` in `parts.ts` has them in this order. */
export const cellStyles = ['plain', 'heading', 'money', 'share', 'rating'] as const;
export type CellStyle = (typeof cellStyles)[number];

export type Cell = { value: string | number; style: CellStyle } | null;
export type Row = readonly Cell[];

export interface Sheet {
  /** What its tab says. */
  name: string;
  /** Of its columns, in characters. */
  widths: readonly number[];
  /** What stands above the rows, and again on every sheet that they need. */
  head: readonly Row[];
  /** Read one after the other while the file is being sent. */
  rows: Iterable<Row> | AsyncIterable<Row>;
}

/** Text stays text, whatever it begins with: no name becomes a formula. */
export const text = (value: string): Cell => ({ value, style: 'plain' });
export const heading = (value: string): Cell => ({ value, style: 'heading' });
/** A figure; the cell stays empty where there is none. */
export const number = (value: number | null, style: CellStyle = 'plain'): Cell =>
  value === null ? null : { value, style };
/** A sum of fen, as yuan. */
export const yuan = (fen: number): Cell => ({ value: fen / 100, style: 'money' });

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

/** What stands before the rows of a sheet. */
export function sheetStart(widths: readonly number[]): string {
  const columns = widths.map((width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`);
  return `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="${MAIN}"><cols>${columns.join('')}</cols><sheetData>`;
}

export const SHEET_END = '</sheetData></worksheet>';

/** @param at the row's number, from 1 */
export const rowXml = (at: number, row: Row): string =>
  `<row r="${at}">${row.map((cell, column) => (cell ? cellXml(`${letters(column)}${at}`, cell) : '')).join('')}</row>`;

function cellXml(place: string, { value, style }: NonNullable<Cell>): string {
  const about = `r="${place}" s="${cellStyles.indexOf(style)}"`;
  return typeof value === 'number'
    ? `<c ${about}><v>${value}</v></c>`
    : `<c ${about} t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`;
}

/** A, B … Z, AA … */
const letters = (column: number): string =>
  (column < 26 ? '' : letters(Math.floor(column / 26) - 1)) + String.fromCharCode(65 + (column % 26));

const NAMED: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** What XML cannot say (control characters, half a character) is left out: with one of them no program opens the file. */
export const escaped = (value: string): string =>
  value
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/[&<>"]/g, (sign) => NAMED[sign] ?? '');
