/**
 * Reads multipart bodies as grammY writes them: it does not quote file names, and a Chinese one without
 * quotes is an error to the parser that comes with Node.
 */
import type { Upload } from './params.ts';

export type Form = { values: Record<string, string>; uploads: Map<string, Upload> };

/** The fields and files of a body; undefined when it is not multipart with this boundary. */
export function parseMultipart(body: Uint8Array<ArrayBuffer>, contentType: string): Form | undefined {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  if (!boundary || bytes.indexOf(`--${boundary}`) !== 0) return undefined;
  const form: Form = { values: {}, uploads: new Map() };
  const mark = `\r\n--${boundary}`;
  let from = boundary.length + 2;
  for (let to = bytes.indexOf(mark, from); to !== -1; to = bytes.indexOf(mark, from)) {
    // skips the line end after the boundary; each part is headers, an empty line, content
    readPart(bytes.subarray(from + 2, to), form);
    from = to + mark.length;
  }
  return bytes.subarray(from, from + 2).toString() === '--' ? form : undefined;
}

function readPart(part: Buffer<ArrayBuffer>, form: Form): void {
  const end = part.indexOf('\r\n\r\n');
  const headers = part.subarray(0, Math.max(end, 0)).toString('utf8');
  const name = /[;\s]name="([^"]*)"/i.exec(headers)?.[1];
  if (end === -1 || name === undefined) return;
  const content = part.subarray(end + 4);
  const fileName = /[;\s]filename=(?:"([^"]*)"|([^\r\n;]*))/i.exec(headers);
  if (!fileName) {
    form.values[name] = content.toString('utf8');
    return;
  }
  const type = /^content-type:\s*(\S+)/im.exec(headers)?.[1] ?? '';
  form.uploads.set(name, { name: fileName[1] ?? fileName[2] ?? '', type, bytes: new Uint8Array(content) });
}
