/** Reads a workbook (.xlsx) row by row: every sheet, merged cells filled, numbers as they stand in the file. */
import { UnreadableFile } from '../sheet.ts';
import type { Sheet } from '../sheet.ts';
import { readContents } from './contents.ts';
import { readDays } from './days.ts';
import { openParts } from './parts.ts';
import { readRows } from './rows.ts';
import type { Merge, XmlRow } from './rows.ts';
import { readStrings } from './texts.ts';

/** How far a sheet reaches, and its merged blocks. */
interface Extent {
  height: number;
  width: number;
  merges: Merge[];
}

/** All sheets, in the order of the workbook. Throws `UnreadableFile` when it is none. */
export async function readXlsx(bytes: Uint8Array): Promise<Sheet[]> {
  try {
    const parts = await openParts(bytes);
    const contents = await readContents(parts);
    const strings = contents.strings === null ? [] : await readStrings(parts.read(contents.strings));
    const meanings = { strings, dayOf: await readDays(parts, contents) };
    const sheets: Sheet[] = [];
    for (const { name, part } of contents.sheets) {
      const read = () => readRows(parts.read(part), meanings);
      const extent = await extentOf(read());
      sheets.push({ name, rows: () => refusing(filled(read(), extent)), knowsMerges: true });
    }
    return sheets;
  } catch (error) {
    throw refusal(error);
  }
}

async function extentOf(items: AsyncIterable<XmlRow | Merge>): Promise<Extent> {
  const extent: Extent = { height: 0, width: 0, merges: [] };
  for await (const item of items) {
    if ('cells' in item) {
      extent.height = item.at + 1;
      extent.width = Math.max(extent.width, item.cells.length);
    } else extent.merges.push(item);
  }
  return extent;
}

/** Every row, the empty ones too, each as wide as the sheet. */
async function* filled(
  items: AsyncIterable<XmlRow | Merge>,
  { height, width, merges }: Extent,
): AsyncGenerator<string[]> {
  const startingAt = Map.groupBy(merges, ({ top }) => top);
  let reaching: (Merge & { text: string })[] = [];
  let at = 0;
  const fill = (cells: string[]) => {
    const row = [...cells, ...Array.from({ length: width - cells.length }, () => '')];
    const starting = startingAt.get(at) ?? [];
    reaching = [...reaching, ...starting.map((merge) => ({ ...merge, text: row[merge.left] ?? '' }))];
    for (const { text, left, right } of reaching) row.fill(text, left, Math.min(right + 1, width));
    at += 1;
    reaching = reaching.filter(({ bottom }) => bottom >= at);
    return row;
  };
  for await (const item of items) {
    if (!('cells' in item)) continue;
    while (at < item.at) yield fill([]);
    yield fill(item.cells);
    if (at === height) return;
  }
}

async function* refusing(rows: AsyncIterable<string[]>): AsyncGenerator<string[]> {
  try {
    yield* rows;
  } catch (error) {
    throw refusal(error);
  }
}

function refusal(error: unknown): UnreadableFile {
  return error instanceof UnreadableFile ? error : new UnreadableFile('broken-xlsx', { cause: error });
}
