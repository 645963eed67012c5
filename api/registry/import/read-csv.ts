/** Reads a CSV file in whichever encoding and with whichever mark it was saved. */
import { parse } from 'csv-parse/sync';
import { decodeText } from './decode-text.ts';
import { UnreadableFile } from './sheet.ts';
import type { Sheet } from './sheet.ts';

const MARKS = [',', '\t', ';', '，', '|'];
const SAMPLE_LINES = 20;

/** One sheet. Line numbers are those that a spreadsheet shows: a cell with a line break in it does not count twice. */
export function readCsv(bytes: Uint8Array): Sheet[] {
  const text = decodeText(bytes);
  try {
    const rows = parse(text, {
      bom: true,
      delimiter: markOf(text),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
    });
    return [{ name: null, rows, knowsMerges: false }];
  } catch (error) {
    throw new UnreadableFile('broken-csv', { cause: error });
  }
}

/** The mark between cells: the one that the first lines hold most of. */
function markOf(text: string): string {
  const sample = text.split('\n', SAMPLE_LINES).join('\n');
  const counts = MARKS.map((mark) => ({ mark, count: sample.split(mark).length - 1 }));
  return counts.reduce((most, one) => (one.count > most.count ? one : most)).mark;
}
