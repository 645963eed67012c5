/** The parts of a workbook (.xlsx is a zip of XML): unpacked in pieces each time they are read, so that nobody holds them whole. */
import { fromBufferPromise } from 'yauzl';
import type { Entry } from 'yauzl';
import { UnreadableFile } from '../sheet.ts';

export interface Parts {
  /** The text of a part; none when the workbook has no such part. */
  read: (name: string) => AsyncIterable<string>;
}

/** What all parts together may hold when unpacked: a small file that swells is no roster. */
const MAX_UNPACKED_BYTES = 300 * 1024 * 1024;

/** Throws when it is no zip, or one that swells; no part unpacks to more than it says. */
export async function openParts(bytes: Uint8Array): Promise<Parts> {
  const zip = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
    lazyEntries: true,
  });
  const entries = new Map<string, Entry>();
  let unpacked = 0;
  for await (const entry of zip.eachEntry()) {
    unpacked += entry.uncompressedSize;
    if (unpacked > MAX_UNPACKED_BYTES) throw new UnreadableFile('too-large');
    entries.set(entry.fileName, entry);
  }
  return {
    async *read(name) {
      const entry = entries.get(name);
      if (!entry) return;
      const decoder = new TextDecoder('utf-8');
      for await (const piece of await zip.openReadStreamPromise(entry)) {
        yield decoder.decode(piece as Uint8Array, { stream: true });
      }
      yield decoder.decode();
    },
  };
}
