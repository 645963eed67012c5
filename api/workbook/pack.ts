/**
 * A workbook written row by row: nothing of it is held but what was read last. (The libraries that write .xlsx hold all of it, write faster
 * than anybody takes it, or know neither a second sheet nor a heading.)
 */
import { Zip, ZipDeflate } from 'fflate';
import { partsFor, sheetPath } from './parts.ts';
import { rowXml, SHEET_END, sheetStart, type Row, type Sheet } from './sheet.ts';

/** What a sheet of Excel takes; what is more goes on on another. */
const MOST_ROWS = 1_048_576;
/** Characters that are packed at once. */
const PIECE = 32 * 1024;

/**
 * The bytes of the .xlsx, as they are asked for. Whoever stops asking stops the reading of the rows too.
 * @param mostRows of one sheet
 * @throws what the rows throw
 */
export async function* packWorkbook(sheets: Iterable<Sheet>, mostRows = MOST_ROWS): AsyncGenerator<Uint8Array> {
  const packed: Uint8Array[] = [];
  const zip = new Zip((error, bytes) => {
    if (error) throw error;
    packed.push(bytes);
  });
  async function* add(path: string, text: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
    const part = new ZipDeflate(path);
    zip.add(part);
    for await (const piece of inPieces(text)) {
      part.push(Buffer.from(piece));
      yield* packed.splice(0);
    }
    part.push(new Uint8Array(), true);
    yield* packed.splice(0);
  }
  const names: string[] = [];
  for (const sheet of sheets) {
    const rows = readAhead(sheet.rows);
    try {
      for (let n = 1; n === 1 || (await rows.hasMore()); n += 1) {
        yield* add(sheetPath(names.length), sheetXml(sheet, rows, mostRows));
        names.push(n === 1 ? sheet.name : `${sheet.name} ${n}`);
      }
    } finally {
      await rows.close();
    }
  }
  for (const [path, text] of partsFor(names)) yield* add(path, once(text));
  zip.end();
  yield* packed.splice(0);
}

async function* sheetXml({ widths, head }: Sheet, rows: ReadAhead, mostRows: number): AsyncGenerator<string> {
  yield sheetStart(widths);
  let at = 0;
  for (const row of head) yield rowXml((at += 1), row);
  while (at < mostRows && (await rows.hasMore())) yield rowXml((at += 1), rows.take());
  yield SHEET_END;
}

interface ReadAhead {
  hasMore(): Promise<boolean>;
  /** The next row; `hasMore` said that there is one. */
  take(): Row;
  close(): Promise<void>;
}

function readAhead(rows: Sheet['rows']): ReadAhead {
  const iterator = Symbol.asyncIterator in rows ? rows[Symbol.asyncIterator]() : rows[Symbol.iterator]();
  let next: IteratorResult<Row> | undefined;
  return {
    hasMore: async () => !(next ??= await iterator.next()).done,
    take() {
      const row = next?.value as Row;
      next = undefined;
      return row;
    },
    close: async () => void (await iterator.return?.()),
  };
}

async function* inPieces(text: AsyncIterable<string>): AsyncGenerator<string> {
  let piece = '';
  for await (const more of text) {
    piece += more;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}
