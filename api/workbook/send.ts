/** Sends a workbook while it is being read. */
import type { Context, Input } from 'hono';
import { turns } from '../../db/turns.ts';
import type { Ctx } from '../context.ts';
import { aboutFile, type Env } from '../http.ts';
import { packWorkbook } from './pack.ts';
import { pour, ReaderLeft } from './pour.ts';
import type { Sheet } from './sheet.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** Whoever takes nothing for so long is taken for gone. */
const STALLED_MS = 60_000;
/**
 * One at a time: each holds a connection, and two at once leave the collector of garbage no moment (130 MB more). What is asked for meanwhile
 * waits for seconds.
 */
const turn = turns(1);

export interface Workbook {
  /** Of the file. */
  name: string;
  sheets: readonly Sheet[];
}

export const aboutWorkbook = () => aboutFile('The same as a workbook', XLSX);

/**
 * Answers with a workbook as the data is at one moment, from a snapshot that lasts until the last byte was taken. Whoever asks too
 * fast is held back, whoever goes away ends the reading; what fails half way breaks the connection off: no file looks whole that is not.
 * @param read says what is in it, or why it may not be had, before anything is sent
 * @throws what `read` throws
 */
export async function sendWorkbook<P extends string, I extends Input>(
  c: Context<Env, P, I>,
  read: (snapshot: Ctx) => Promise<Workbook>,
): Promise<Response> {
  const ctx = c.get('ctx');
  const begun = Promise.withResolvers<[name: string, file: ReadableStream<Uint8Array>]>();
  let isBegun = false;
  turn(() =>
    ctx.db.transaction(
      async (db) => {
        const { name, sheets } = await read({ ...ctx, db });
        const { readable, poured } = pour(packWorkbook(sheets), STALLED_MS);
        isBegun = true;
        begun.resolve([name, readable]);
        await poured;
      },
      { isolationLevel: 'repeatable read', accessMode: 'read only' },
    ),
  ).catch((error: unknown) => {
    // Before the first byte it is the answer; then the reader sees that it broke off, and the log says why.
    if (!isBegun) begun.reject(error);
    else if (!(error instanceof ReaderLeft)) c.get('report')(error);
  });
  const [name, file] = await begun.promise;
  return c.body(file, 200, { 'Content-Type': XLSX, 'Content-Disposition': `attachment; filename="${name}"` });
}
