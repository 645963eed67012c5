/** Turns a file into rows of a roster: finds the headings, tells rows of people from blank lines and footers. */
import { compact } from '../../values/characters.ts';
import { findHeadings } from './find-headings.ts';
import type { Headings } from './find-headings.ts';
import type { Column } from './headings.ts';
import { readCsv } from './read-csv.ts';
import { readXlsx } from './read-xlsx.ts';
import { UnreadableFile } from './sheet.ts';
import type { FileFault, Sheet } from './sheet.ts';

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
  rows: RosterRow[];
  /** Columns that were recognised, in any sheet. */
  columns: Column[];
  /** Headings that nothing is known of; their contents are not read. */
  unknown: string[];
  /** Sheets without headings of a roster. */
  otherSheets: string[];
  /** Lines below the headings that hold no person (合计, 填表人 …). */
  footers: { sheet: string | null; line: number }[];
}

export type ReadRoster = { ok: true; roster: Roster } | { ok: false; code: FileFault };

/** 50 MB: a roster of a whole district has less. */
const MAX_BYTES = 50 * 1024 * 1024;
const FOOTER =
  /^(?:合计|总计|小计|共计|填表人|制表人|制表|经办人|填报|填表|注|备注|说明|单位|负责人|审核)[^\d]{0,4}(?:[::]|人数|$|\d)/;

/** Reads a .csv or .xlsx file. What it is, is seen from its bytes; `name` only helps to find the community. */
export async function readRoster(bytes: Uint8Array, name: string): Promise<ReadRoster> {
  try {
    const sheets = await readSheets(bytes);
    const roster = rosterOf(sheets, name);
    if (roster) return { ok: true, roster };
    return {
      ok: false,
      code: sheets.every(({ rows }) => rows.flat().every((cell) => cell.trim() === '')) ? 'empty' : 'no-headings',
    };
  } catch (error) {
    if (error instanceof UnreadableFile) return { ok: false, code: error.code };
    throw error;
  }
}

async function readSheets(bytes: Uint8Array): Promise<Sheet[]> {
  if (bytes.length > MAX_BYTES) throw new UnreadableFile('too-large');
  const start = Buffer.from(bytes.subarray(0, 4)).toString('hex');
  if (start === 'd0cf11e0') throw new UnreadableFile('old-xls');
  return start === '504b0304' ? readXlsx(bytes) : readCsv(bytes);
}

function rosterOf(sheets: readonly Sheet[], file: string): Roster | null {
  const tables = sheets.flatMap((sheet) => {
    const headings = findHeadings(sheet);
    return headings ? [{ sheet, headings }] : [];
  });
  if (tables.length === 0) return null;
  const named = (sheet: Sheet) => (tables.length > 1 ? sheet.name : null);
  const lines = tables.flatMap(({ sheet, headings }) => linesOf(sheet, headings, named(sheet), file));
  return {
    rows: lines.filter((row) => !isFooter(row)),
    columns: [...new Set(tables.flatMap(({ headings }) => [...headings.columns.keys()]))],
    unknown: [...new Set(tables.flatMap(({ headings }) => headings.unknown))],
    otherSheets: sheets
      .filter((sheet) => sheet.rows.length > 0 && !tables.some((table) => table.sheet === sheet))
      .map(({ name }) => name ?? ''),
    footers: lines.filter(isFooter).map(({ sheet, line }) => ({ sheet, line })),
  };
}

function linesOf(sheet: Sheet, headings: Headings, sheetName: string | null, file: string): RosterRow[] {
  const columns = [...headings.columns];
  const labels = Object.fromEntries(columns.map(([column, { label }]) => [column, label]));
  const titles = [headings.title, sheet.name ?? '', file].filter((title) => title !== '');
  let community = '';
  return sheet.rows.slice(headings.firstRow).flatMap((cells, below) => {
    const read: RosterRow['cells'] = {};
    for (const [column, { at }] of columns) {
      const text = (cells[at] ?? '').trim();
      if (text !== '') read[column] = text;
    }
    if (!holdsAnything(read)) return [];
    // A merged community of a spreadsheet is, in CSV, one cell and blanks below it.
    if (!sheet.knowsMerges) community = read.community ?? community;
    if (!sheet.knowsMerges && community !== '') read.community = community;
    return [{ sheet: sheetName, line: headings.firstRow + below + 1, cells: read, titles, labels }];
  });
}

/** Annex 3 comes with numbered empty lines; a community merged over them makes no person either. */
function holdsAnything(cells: RosterRow['cells']): boolean {
  return Object.keys(cells).some((column) => !['serial', 'community', 'street', 'district'].includes(column));
}

/** Told by its first words (cells stand in the order of the columns); a line with an identity number is always a person. */
function isFooter({ cells }: RosterRow): boolean {
  if (/\d{15}/.test(compact(cells.idNumber ?? ''))) return false;
  return FOOTER.test(compact(Object.values(cells)[0] ?? ''));
}
