/** Bytes into a stream no faster than they are taken out of it. */

/** Nobody takes the rest. */
export class ReaderLeft extends Error {}

/** What waits for a slow reader: the workbook of 100,000 rows is smaller, and is read without waiting for anybody. */
const WAITING = 8 * 1024 * 1024;

/**
 * What goes wrong breaks the stream off; when the reader leaves, or takes nothing for `stalledMs`, `pieces` are asked for no more.
 * @returns the stream, and when everything was put into it
 */
export function pour(
  pieces: AsyncIterable<Uint8Array>,
  stalledMs: number,
  waiting = WAITING,
): { readable: ReadableStream<Uint8Array>; poured: Promise<void> } {
  const { promise: gone, reject: leave } = Promise.withResolvers<never>();
  gone.catch(() => {});
  let makeRoom = () => {};
  let into: ReadableStreamDefaultController<Uint8Array> | undefined;
  const readable = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        into = controller;
      },
      pull: () => makeRoom(),
      cancel: () => leave(new ReaderLeft('The reader left.')),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: waiting }),
  );
  const room = async () => {
    if ((into?.desiredSize ?? 0) > 0) return;
    const { promise: made, resolve } = Promise.withResolvers<void>();
    makeRoom = resolve;
    const timer = setTimeout(() => leave(new ReaderLeft('Nothing was taken for too long.')), stalledMs);
    await Promise.race([made, gone]).finally(() => clearTimeout(timer));
  };
  const all = async () => {
    try {
      for await (const piece of pieces) {
        await room();
        into?.enqueue(piece);
      }
      // Whoever left while the last was read has left.
      await Promise.race([gone, Promise.resolve()]);
      into?.close();
    } catch (error) {
      // The server writes down what it is given here: an error of a query may name people.
      into?.error(new Error('The file broke off.'));
      throw error;
    }
  };
  return { readable, poured: all() };
}
