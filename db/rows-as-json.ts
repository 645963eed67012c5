/**
 * Rows inside of another query's answer: what belongs together comes over one way to the database, which costs more than what most
 * queries do there.
 *
 *     select k.*, ${rowsAsJson(sql`select a.* from case_answers a where a.case_id = k.id`)} as answers from cases k
 */
import { getTableColumns, sql, type Column, type SQL } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';

/** A row as PostgreSQL writes it in JSON, by the names of its columns. */
export type JsonRow = Record<string, unknown>;

/** The rows of a query, in its order, as one value. */
export const rowsAsJson = (query: SQL): SQL => sql`(select coalesce(json_agg(q), '[]'::json) from (${query}) q)`;

/** Reads rows of a table back: moments, sealed values and all. @param keys the columns that were selected; all when none is named */
export function readingRows<
  Table extends PgTable,
  Key extends keyof Table['$inferSelect'] & string = keyof Table['$inferSelect'] & string,
>(table: Table, ...keys: Key[]): (row: JsonRow) => Pick<Table['$inferSelect'], Key> {
  const columns = Object.entries<Column>(getTableColumns(table))
    .filter(([key]) => keys.length === 0 || keys.some((one) => one === key))
    .map(([key, column]) => ({ key, name: column.name, read: reader(column) }));
  return (row) => {
    const read: Record<string, unknown> = {};
    for (const column of columns) {
      const value = row[column.name] ?? null;
      read[column.key] = value === null ? null : column.read(value);
    }
    return read as Pick<Table['$inferSelect'], Key>;
  };
}

/** JSON has no bytes: they stand there as `\x` and digits. */
function reader(column: Column): (value: unknown) => unknown {
  if (column.getSQLType() !== 'bytea') return (value) => column.mapFromDriverValue(value);
  return (value) => column.mapFromDriverValue(Buffer.from(String(value).slice(2), 'hex'));
}
