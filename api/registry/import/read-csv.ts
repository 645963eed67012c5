/** Reads a CSV file in whichever encoding and with whichever mark it was saved. */
import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { decodePieces } from './decode-text.ts';
import { UnreadableFile } from './sheet.ts';
import type { Sheet } from './sheet.ts';

const MARKS = [',', '\t', ';', '，', '|'];
const SAMPLE_LINES = 20;

/** One sheet. Line numbers are those that a spreadsheet shows: a cell with a line break in it does not count twice. */
export function readCsv(bytes: Uint8Array): Sheet[] {
  return [{ name: null, rows: () => rowsOf(bytes), knowsMerges: false }];
}

async function* rowsOf(bytes: Uint8Array): AsyncGenerator<string[]> {
  const parser = parse({
    bom: true,
    delimiter: markOf(bytes),
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
  });
  try {
    for await (const row of Readable.from(decodePieces(bytes)).compose(parser)) yield row as string[];
  } catch (error) {
    throw new UnreadableFile('broken-csv', { cause: error });
  }
}

/** The mark between cells: the one that the first lines hold most of. */
function markOf(bytes: Uint8Array): string {
  const [start = ''] = decodePieces(bytes);
  const sample = start.split('\n', SAMPLE_LINES).join('\n');
  const counts = MARKS.map((mark) => ({ mark, count: sample.split(mark).length - 1 }));
  return counts.reduce((most, one) => (one.count > most.count ? one : most)).mark;
}
