/** Text out of bytes whose encoding nobody wrote down: UTF-8, what Excel calls Unicode (UTF-16), or GB18030. */

/** Text without byte order mark. Bytes that are no UTF-8 are taken for GB18030, which Chinese Excel saves CSV in. */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}
