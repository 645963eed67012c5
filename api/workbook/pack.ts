/**
 * A workbook written row by row: nothing of it is held but what was read last. (The libraries that write .xlsx hold all of it, write faster
 * than anybody takes it, or know neither a second sheet nor a heading.)
 */
import type { TransformOptions } from 'node:stream';
import { promisify } from 'node:util';
import { createDeflateRaw, type ZlibOptions } from 'node:zlib';
import { Zip, ZipPassThrough } from 'fflate';
import { partsFor, sheetPath } from './parts.ts';
import { rowXml, SHEET_END, sheetStart, type Row, type Sheet } from './sheet.ts';

/** What a sheet of Excel takes; what is more goes on on another. */
const MOST_ROWS = 1_048_576;
/** Characters that are packed at once. */
const PIECE = 32 * 1024;
/** Room for more than a piece can come to: without it a piece would wait to be read before it counts as written. */
const ROOMY: ZlibOptions & TransformOptions = { readableHighWaterMark: 1024 * 1024 };
/** In the words of .zip. */
const DEFLATED = 8;

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
    const part = new Part(path);
    zip.add(part);
    for await (const bytes of part.pack(text)) {
      part.ondata(null, bytes, false);
      yield* packed.splice(0);
    }
    part.ondata(null, new Uint8Array(), true);
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

/** A part of the file. fflate puts it into its place; the packing itself is left to zlib: it needs no memory of ours, and another thread. */
class Part extends ZipPassThrough {
  override compression = DEFLATED;

  async *pack(text: AsyncIterable<string>): AsyncGenerator<Buffer<ArrayBuffer>> {
    const deflate = createDeflateRaw(ROOMY);
    const write = promisify<Buffer, void>((bytes, done) => deflate.write(bytes, done));
    try {
      for await (const piece of inPieces(text)) {
        const bytes = Buffer.from(piece);
        this.push(bytes);
        await write(bytes);
        const ready = deflate.read() as Buffer<ArrayBuffer> | null;
        if (ready) yield ready;
      }
      this.push(new Uint8Array(), true);
      deflate.end();
      yield* deflate as AsyncIterable<Buffer<ArrayBuffer>>;
    } finally {
      deflate.destroy();
    }
  }

  /** What is pushed is counted and summed up only. */
  protected override process(): void {}
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
