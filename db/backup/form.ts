/**
 * What a backup looks like: a gzip of lines of text. The first says what it is, then each table stands as PostgreSQL itself writes
 * it (`COPY … FROM stdin;`, its rows, `\.`), the last is the manifest. A file that ends without one was cut off.
 */
import { z } from 'zod';

const FORMAT = 1;

/** `migration`: the last that the tables had gone through, as the journal names it. */
export const head = z.object({
  format: z.literal(FORMAT),
  madeAt: z.iso.datetime(),
  migration: z.number().int(),
});
export type Head = z.infer<typeof head>;

/** Names are quoted as SQL wants them. `sha256` is that of every byte before the manifest. */
export const manifest = z.object({
  tables: z.array(z.object({ table: z.string(), rows: z.number().int() })),
  sequences: z.array(z.object({ sequence: z.string(), last: z.string().regex(/^-?\d+$/) })),
  sha256: z.string(),
});
export type Manifest = z.infer<typeof manifest>;

const HEAD = '-- tuiguan backup ';
const MANIFEST = '-- tuiguan manifest ';
/** What ends the rows of a table. */
export const END_OF_ROWS = '\\.\n';

export const headLine = (madeAt: Date, migration: number): string =>
  `${HEAD}${JSON.stringify({ format: FORMAT, madeAt: madeAt.toISOString(), migration } satisfies Head)}\n`;
export const manifestLine = (value: Manifest): string => `${MANIFEST}${JSON.stringify(value)}\n`;
export const copyLine = (table: string, columns: string): string => `COPY ${table} (${columns}) FROM stdin;\n`;

/** What a line between the tables says; null when it says nothing that a backup would. */
export function readLine(
  line: string,
): { head: Head } | { manifest: Manifest } | { copy: string; table: string } | null {
  if (line.startsWith(HEAD)) return parsed(line.slice(HEAD.length), head, (value) => ({ head: value }));
  if (line.startsWith(MANIFEST)) return parsed(line.slice(MANIFEST.length), manifest, (value) => ({ manifest: value }));
  const [copy, table] = /^COPY (\S+) \(.*\) FROM stdin;$/.exec(line.trimEnd()) ?? [];
  return copy && table ? { copy: copy.slice(0, -1), table } : null;
}

function parsed<Value, Said>(text: string, shape: z.ZodType<Value>, said: (value: Value) => Said): Said | null {
  try {
    return said(shape.parse(JSON.parse(text)));
  } catch {
    return null;
  }
}

const NEWLINE = 0x0a;

/** Rows in these bytes: in COPY's text a line is a row, and a line break inside of a value is written otherwise. */
export function countRows(bytes: Buffer): number {
  let rows = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) rows += 1;
  return rows;
}
