/** Reads a backup from its beginning to its end, without ever holding more of it than a row. */
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { countRows, END_OF_ROWS, readLine, type Head, type Manifest } from './form.ts';

/** What whoever reads a backup is given, one after the other. */
export interface Reads {
  head(head: Head): Promise<void>;
  /** `copy` takes the rows in. They must be read to their end. */
  table(table: string, copy: string, rows: AsyncIterable<Buffer>): Promise<void>;
}

const NEWLINE = 0x0a;
const AFTER_A_ROW = Buffer.from(`\n${END_OF_ROWS}`);

/** @throws when it is no backup, is cut off, or is not as it was written */
export async function readBackup(file: Readable, reads: Reads): Promise<Manifest> {
  const lines = new Lines(unpacked(file));
  const counts: Manifest['tables'] = [];
  const first = readLine(await lines.next());
  if (!first || !('head' in first)) throw new Error('This is no backup, or one of another version.');
  await reads.head(first.head);
  for (;;) {
    const digest = lines.digest();
    const said = readLine(await lines.next());
    if (!said || 'head' in said) throw new Error('The backup is cut off or damaged.');
    if ('manifest' in said) {
      ensureSame(said.manifest, counts, digest);
      if ((await lines.next()) !== '') throw new Error('The backup is damaged: something stands after its end.');
      return said.manifest;
    }
    const count = { table: said.table, rows: 0 };
    await reads.table(said.table, said.copy, lines.rows(count));
    counts.push(count);
  }
}

function ensureSame(manifest: Manifest, counts: Manifest['tables'], digest: string): void {
  const isSame = manifest.sha256 === digest && JSON.stringify(manifest.tables) === JSON.stringify(counts);
  if (!isSame) throw new Error('The backup is damaged: it does not hold what its manifest says.');
}

async function* unpacked(file: Readable): AsyncGenerator<Buffer> {
  const unpack = createGunzip();
  file.on('error', (error) => unpack.destroy(error));
  try {
    yield* file.pipe(unpack) as AsyncIterable<Buffer>;
  } catch (error) {
    if (/^Z_|^ERR_/.test((error as NodeJS.ErrnoException).code ?? ''))
      throw new Error('The backup is cut off or damaged.', { cause: error });
    throw error;
  } finally {
    file.destroy();
  }
}

/** Bytes as whole lines: one at a time between the tables, as many as there are inside of one. */
class Lines {
  readonly #source: AsyncIterator<Buffer>;
  readonly #hash = createHash('sha256');
  /** Ends with a line break. */
  #block: Buffer = Buffer.alloc(0);
  #beginning: Buffer[] = [];

  constructor(source: AsyncGenerator<Buffer>) {
    this.#source = source;
  }

  /** Of everything that was read so far. */
  digest(): string {
    return this.#hash.copy().digest('hex');
  }

  /** The next line; empty at the end. */
  async next(): Promise<string> {
    if (!(await this.#fill())) return '';
    return this.#take(this.#block.indexOf(NEWLINE) + 1).toString();
  }

  /** The rows up to the end of their table. */
  async *rows(count: { rows: number }): AsyncGenerator<Buffer> {
    for (;;) {
      if (!(await this.#fill())) throw new Error('The backup is cut off or damaged.');
      const end = endOfRows(this.#block);
      const piece = this.#take(end ?? this.#block.length);
      count.rows += countRows(piece);
      if (piece.length > 0) yield piece;
      if (end === null) continue;
      this.#take(END_OF_ROWS.length);
      return;
    }
  }

  #take(length: number): Buffer {
    const taken = this.#block.subarray(0, length);
    this.#block = this.#block.subarray(length);
    this.#hash.update(taken);
    return taken;
  }

  /** @returns false at the end */
  async #fill(): Promise<boolean> {
    while (this.#block.length === 0) {
      const { value, done } = await this.#source.next();
      if (done) return false;
      const last = value.lastIndexOf(NEWLINE);
      if (last >= 0) this.#block = Buffer.concat([...this.#beginning.splice(0), value.subarray(0, last + 1)]);
      if (last + 1 < value.length) this.#beginning.push(value.subarray(last + 1));
    }
    return true;
  }
}

/** Where the line that ends the rows begins. */
function endOfRows(block: Buffer): number | null {
  if (block.subarray(0, END_OF_ROWS.length).equals(Buffer.from(END_OF_ROWS))) return 0;
  const at = block.indexOf(AFTER_A_ROW);
  return at < 0 ? null : at + 1;
}
