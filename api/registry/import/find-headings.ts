/** Finds the headings of a table below its title, in one row or in two. Pure. */
import { columnOf, REQUIRED } from './headings.ts';
import type { Column } from './headings.ts';
import { compact, tidy } from '../../values/characters.ts';

export interface Headings {
  /** Where each column stands, and what the file calls it. */
  columns: Map<Column, { at: number; label: string }>;
  /** What stands above the lowest headings, joined: the title of the table, with district, street and community. */
  title: string;
  /** Labels that no column is known for. */
  unknown: string[];
  /** Index in `rows` of the first row below the headings. */
  firstRow: number;
}

/** How far down headings are looked for. */
const LAST_TITLE_ROW = 30;
/** So many rows of a sheet have to be read to find its headings. */
export const HEAD_ROWS = LAST_TITLE_ROW + 1;

/** The headings of a sheet that begins with these rows, or null when none names both a person and an identity number. */
export function findHeadings(rows: readonly string[][]): Headings | null {
  for (const [at, row] of rows.slice(0, LAST_TITLE_ROW).entries()) {
    const below = rows[at + 1] ?? [];
    const two = labelsOf(below, row);
    if (!isTitle(row) && isSecondRow(below, row) && isComplete(two)) return headingsOf(rows, at, two, 2);
    const one = labelsOf(row);
    if (isComplete(one)) return headingsOf(rows, at, one, 1);
  }
  return null;
}

interface Label {
  at: number;
  text: string;
  column: Column | null;
}

/** One label a column. In a CSV file a merged upper heading stands only over the first of its columns. */
function labelsOf(row: readonly string[], above: readonly string[] = []): Label[] {
  let parent = '';
  return Array.from({ length: Math.max(row.length, above.length) }, (_, at) => {
    const own = row[at] ?? '';
    const over = above[at] ?? '';
    parent = over.trim() !== '' || own.trim() === '' ? over : parent;
    const text = tidy(compact(own) === '' || compact(own) === compact(parent) ? parent : own);
    return { at, text, column: columnOf(own, parent) };
  });
}

/** One text over the whole table. */
function isTitle(row: readonly string[]): boolean {
  return new Set(row.map(compact).filter((text) => text !== '')).size <= 1;
}

/** The lower of two rows of headings: below 姓名 and 身份证号 it is empty or says the same, and somewhere it names a column. */
function isSecondRow(below: readonly string[], row: readonly string[]): boolean {
  const own = below.map((cell, at) => (compact(cell) === compact(row[at] ?? '') ? '' : compact(cell)));
  const isData = own.some((cell, at) => cell !== '' && REQUIRED.some((column) => columnOf(row[at] ?? '') === column));
  return !isData && own.some((cell) => cell !== '' && (columnOf(cell) !== null || cell === '关系'));
}

function isComplete(labels: readonly Label[]): boolean {
  return REQUIRED.every((column) => labels.some((label) => label.column === column));
}

function headingsOf(rows: readonly string[][], at: number, labels: readonly Label[], height: 1 | 2): Headings {
  const columns = new Map<Column, { at: number; label: string }>();
  // The first column of a name counts: a second 姓名 further right is somebody else's.
  for (const label of labels) {
    if (label.column && !columns.has(label.column)) columns.set(label.column, { at: label.at, label: label.text });
  }
  const title = [
    ...new Set(
      rows
        .slice(0, at + height - 1)
        .flat()
        .map(compact),
    ),
  ]
    .join(' ')
    .trim();
  const unknown = labels.filter(({ column, text }) => column === null && text !== '').map(({ text }) => text);
  return { columns, title, unknown, firstRow: at + height };
}
