/** Turns a file into rows of a roster: finds the headings, tells rows of people from blank lines and footers. */
import { compact } from '../../values/characters.ts';
import { findHeadings, HEAD_ROWS } from './find-headings.ts';
import type { Headings } from './find-headings.ts';
import type { Column } from './headings.ts';
import { readCsv } from './read-csv.ts';
import { readXlsx } from './xlsx/read-xlsx.ts';
import { UnreadableFile } from './sheet.ts';
import type { Sheet } from './sheet.ts';

/** One person of the roster, still as written. */
export interface RosterRow {
  /** The sheet's name when the workbook has several, else null. */
  sheet: string | null;
  /** Counted as a spreadsheet counts, from 1. */
  line: number;
  cells: Partial<Record<Column, string>>;
  /** Where the community may be named when no column does: title rows, sheet name, file name, in this order. */
  titles: readonly string[];
  /** What the file calls a column, to report faults in its own words. */
  labels: Partial<Record<Column, string>>;
}

export interface Roster {
  /** Every line with something in it, read anew from the file each time. Throws `UnreadableFile` when it is broken further down. */
  lines: () => AsyncIterable<RosterRow>;
  /** The names of the sheets that hold rows, as rows carry them, in the order of the workbook. */
  sheets: (string | null)[];
  /** Columns that were recognised, in any sheet. */
  columns: Column[];
  /** Headings that nothing is known of; their contents are not read. */
  unknown: string[];
  /** Sheets without headings of a roster. */
  otherSheets: string[];
}

/** A sheet whose headings were found. */
interface Table {
  sheet: Sheet;
  headings: Headings;
}

/** 50 MB: a roster of a whole district has less. */
export const LARGEST_FILE = 50 * 1024 * 1024;
const FOOTER =
  /^(?:合计|总计|小计|共计|填表人|制表人|制表|经办人|填报|填表|注|备注|说明|单位|负责人|审核)[^\d]{0,4}(?:[::]|人数|$|\d)/;

/**
 * Opens a .csv or .xlsx file. What it is, is seen from its bytes; `name` only helps to find the community. The bytes stay while rows
 * are read from them, so that every reading is of one file. Throws `UnreadableFile`.
 */
export async function openRoster(bytes: Uint8Array, name: string): Promise<Roster> {
  const sheets = await openSheets(bytes);
  const tables: Table[] = [];
  const otherSheets: string[] = [];
  for (const sheet of sheets) {
    const head = await headOf(sheet);
    const headings = findHeadings(head);
    if (headings) tables.push({ sheet, headings });
    else if (head.length > 0) otherSheets.push(sheet.name ?? '');
  }
  if (tables.length === 0) throw new UnreadableFile((await areEmpty(sheets)) ? 'empty' : 'no-headings');
  const named = ({ sheet }: Table) => (tables.length > 1 ? sheet.name : null);
  return {
    async *lines() {
      for (const table of tables) yield* linesOf(table, named(table), name);
    },
    sheets: tables.map(named),
    columns: [...new Set(tables.flatMap(({ headings }) => [...headings.columns.keys()]))],
    unknown: [...new Set(tables.flatMap(({ headings }) => headings.unknown))],
    otherSheets,
  };
}

async function openSheets(bytes: Uint8Array): Promise<Sheet[]> {
  if (bytes.length > LARGEST_FILE) throw new UnreadableFile('too-large');
  const start = Buffer.from(bytes.subarray(0, 4)).toString('hex');
  if (start === 'd0cf11e0') throw new UnreadableFile('old-xls');
  return start === '504b0304' ? readXlsx(bytes) : readCsv(bytes);
}

async function headOf({ rows }: Sheet): Promise<string[][]> {
  const head: string[][] = [];
  for await (const row of rows()) if (head.push(row) === HEAD_ROWS) break;
  return head;
}

async function areEmpty(sheets: readonly Sheet[]): Promise<boolean> {
  for (const { rows } of sheets) {
    for await (const row of rows()) if (row.some((cell) => cell.trim() !== '')) return false;
  }
  return true;
}

async function* linesOf({ sheet, headings }: Table, sheetName: string | null, file: string): AsyncGenerator<RosterRow> {
  const columns = [...headings.columns];
  const labels = Object.fromEntries(columns.map(([column, { label }]) => [column, label]));
  const titles = [headings.title, sheet.name ?? '', file].filter((title) => title !== '');
  let community = '';
  let line = 0;
  for await (const row of sheet.rows()) {
    line += 1;
    if (line <= headings.firstRow) continue;
    const cells: RosterRow['cells'] = {};
    for (const [column, { at }] of columns) {
      const text = (row[at] ?? '').trim();
      if (text !== '') cells[column] = text;
    }
    if (!holdsAnything(cells)) continue;
    // A merged community of a spreadsheet is, in CSV, one cell and blanks below it.
    if (!sheet.knowsMerges) community = cells.community ?? community;
    if (!sheet.knowsMerges && community !== '') cells.community = community;
    yield { sheet: sheetName, line, cells, titles, labels };
  }
}

/** Annex 3 comes with numbered empty lines; a community merged over them makes no person either. */
function holdsAnything(cells: RosterRow['cells']): boolean {
  return Object.keys(cells).some((column) => !['serial', 'community', 'street', 'district'].includes(column));
}

/** Told by its first words (cells stand in the order of the columns); a line with an identity number is always a person. */
export function isFooter({ cells }: RosterRow): boolean {
  if (/\d{15}/.test(compact(cells.idNumber ?? ''))) return false;
  return FOOTER.test(compact(Object.values(cells)[0] ?? ''));
}
