/** Text out of bytes whose encoding nobody wrote down: UTF-8, what Excel calls Unicode (UTF-16), or GB18030. */
import { isUtf8 } from 'node:buffer';

const PIECE_BYTES = 64 * 1024;

/** Text without byte order mark. Bytes that are no UTF-8 are taken for GB18030, which Chinese Excel saves CSV in. */
export function decodeText(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes);
}

/** The same in pieces, so that nobody holds all of it. */
export function* decodePieces(bytes: Uint8Array): Generator<string> {
  const decoder = new TextDecoder(encodingOf(bytes));
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    yield decoder.decode(bytes.subarray(at, at + PIECE_BYTES), { stream: true });
  }
  yield decoder.decode();
}

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return isUtf8(bytes) ? 'utf-8' : 'gb18030';
}
