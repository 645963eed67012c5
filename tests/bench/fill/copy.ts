/** Rows of a Drizzle table through COPY: ten times as fast as inserts, and sealed by the same column types. */
import { once } from 'node:events';
import { getTableColumns, getTableName } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type postgres from 'postgres';

/** Characters handed to the driver at once. */
const CHUNK = 256 * 1024;

/** Writes the rows in one COPY. All rows have the keys of the first; columns left out take their default. */
export async function copyRows<Table extends PgTable>(
  sql: postgres.TransactionSql,
  table: Table,
  rows: readonly Table['$inferInsert'][],
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const columns = Object.entries(getTableColumns(table)).filter(([key]) => key in first);
  const names = columns.map(([, column]) => `"${column.name}"`);
  const stream = await sql.unsafe(`copy "${getTableName(table)}" (${names.join()}) from stdin`).writable();
  const done = once(stream, 'finish');
  let text = '';
  for (const row of rows) {
    const values = columns.map(([key, column]) => {
      const value = (row as Record<string, unknown>)[key];
      return value === null || value === undefined ? '\\N' : field(column.mapToDriverValue(value));
    });
    text += `${values.join('\t')}\n`;
    if (text.length < CHUNK) continue;
    if (!stream.write(text)) await once(stream, 'drain');
    text = '';
  }
  stream.end(text);
  await done;
}

/** One value in COPY's text format. */
function field(value: unknown): string {
  if (Buffer.isBuffer(value)) return `\\\\x${value.toString('hex')}`;
  return String(value).replace(/[\\\t\n\r]/g, (sign) => escapes[sign] ?? sign);
}

const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
