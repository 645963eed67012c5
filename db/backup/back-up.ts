/** Copies a database as it was at one moment, while people go on writing into it. */
import { createHash, type Hash } from 'node:crypto';
import { Readable, type Writable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type postgres from 'postgres';
import { migrationOf, sequencesOf, tablesOf, type Table } from './catalogue.ts';
import { copyLine, countRows, END_OF_ROWS, headLine, manifestLine, type Manifest } from './form.ts';

/** Sealed bytes do not get smaller than half of their digits, however long one tries. */
const LEVEL = 3;
/** Rows are handed on in pieces of this many bytes: a table of a million is not a million writes. */
const PIECE = 256 * 1024;

/**
 * Writes everything to `to`, compressed, from one snapshot (REPEATABLE READ, READ ONLY); needs no more memory for a large database
 * than for a small one. What is sealed stays sealed; the secret is not in it.
 * @throws when there is nothing to copy, or a migration ran at the same moment
 */
export async function backUp(sql: postgres.Sql, to: Writable, madeAt: Date): Promise<Manifest> {
  const tables = await tablesOf(sql);
  if (tables.length === 0) throw new Error('There is nothing in this database.');
  return sql.begin('isolation level repeatable read read only', async (tx) => {
    // Whoever limits how long a request may take did not mean this one.
    await tx`set local statement_timeout = 0`;
    await tx`set local idle_in_transaction_session_timeout = 0`;
    // Held before the first look, which is the moment that is copied: nobody changes the form of a table under our hands.
    await tx.unsafe(`lock table ${tables.map(({ table }) => table).join()} in access share mode`);
    if (JSON.stringify(await tablesOf(tx)) !== JSON.stringify(tables))
      throw new Error('The tables were changed at this moment. Run the backup again.');
    const made: Made = { read: Promise.resolve() };
    try {
      await pipeline(Readable.from(write(tx, tables, madeAt, made)), createGzip({ level: LEVEL }), to);
    } catch (error) {
      // Where nobody takes the rows any more (a full disk), the rest is read all the same: nothing else comes over this connection.
      await made.read;
      throw error;
    }
    if (!made.manifest) throw new Error('The backup came to no end.');
    return made.manifest;
  });
}

interface Made {
  manifest?: Manifest;
  /** The last rows that were asked for have come. */
  read: Promise<unknown>;
}

async function* write(tx: postgres.TransactionSql, tables: Table[], madeAt: Date, made: Made): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  yield hashed(hash, headLine(madeAt, await migrationOf(tx)));
  const counts: Manifest['tables'] = [];
  for (const { table, columns } of tables) {
    yield hashed(hash, copyLine(table, columns));
    let rows = 0;
    const copying = tx.unsafe(`copy ${table} (${columns}) to stdout`).readable();
    made.read = copying.then((stream) => finished(stream)).catch(() => undefined);
    for await (const piece of inPieces(await copying)) {
      rows += countRows(piece);
      hash.update(piece);
      yield piece;
    }
    yield hashed(hash, END_OF_ROWS);
    counts.push({ table, rows });
  }
  // Sequences know no snapshot. Read last they are never behind the rows, and a number left out harms nobody.
  const sequences = await sequencesOf(tx);
  made.manifest = { tables: counts, sequences, sha256: hash.digest('hex') };
  yield Buffer.from(manifestLine(made.manifest));
}

function hashed(hash: Hash, text: string): Buffer {
  const bytes = Buffer.from(text);
  hash.update(bytes);
  return bytes;
}

/** The driver hands over row by row. */
async function* inPieces(rows: Readable): AsyncGenerator<Buffer> {
  // The driver stops listening while we are busy, and listens again when it is asked for more rows. After the last row nobody asks.
  rows.once('end', () => rows._read(0));
  let held: Buffer[] = [];
  let size = 0;
  try {
    for await (const row of rows.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      held.push(row);
      size += row.length;
      if (size < PIECE) continue;
      yield Buffer.concat(held);
      held = [];
      size = 0;
    }
    if (size > 0) yield Buffer.concat(held);
  } finally {
    rows.resume();
  }
}
