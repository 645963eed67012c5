/** Reads a workbook (.xlsx): every sheet, merged cells filled, numbers as they stand in the file. */
import { Readable } from 'node:stream';
import readWorkbook from 'read-excel-file/node';
import { readMerges } from './read-merges.ts';
import type { Merge } from './read-merges.ts';
import { UnreadableFile } from './sheet.ts';
import type { Sheet } from './sheet.ts';

/** From here on a spreadsheet has lost the last digits of a number: it keeps 15. */
const UNSAFE = 1e15;

/** All sheets, in the order of the workbook. Throws `UnreadableFile` when it is none. */
export async function readXlsx(bytes: Uint8Array): Promise<Sheet[]> {
  try {
    const merges = readMerges(bytes);
    const sheets = await readWorkbook(Buffer.from(bytes), { parseNumber: numberText });
    return sheets.map(({ sheet, data }, at) => {
      const rows = data.map((row) => row.map(textOf));
      fillMerges(rows, merges[at] ?? []);
      return { name: sheet, rows: () => Readable.from(rows), knowsMerges: true };
    });
  } catch (error) {
    throw error instanceof UnreadableFile ? error : new UnreadableFile('broken-xlsx', { cause: error });
  }
}

/** The number as a person would read it; one that lost digits in the form 4.30102E+17, so that it is named and not believed. */
function numberText(digits: string): string {
  const number = Number(digits);
  return Math.abs(number) < UNSAFE ? String(number) : number.toExponential();
}

function textOf(value: string | boolean | object | null): string {
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  return typeof value === 'string' ? value : '';
}

function fillMerges(rows: string[][], merges: readonly Merge[]): void {
  for (const { top, left, bottom, right } of merges) {
    const text = rows[top]?.[left] ?? '';
    for (const row of rows.slice(top, bottom + 1)) row.fill(text, left, Math.min(right + 1, row.length));
  }
}
