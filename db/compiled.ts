/**
 * A query of Drizzle's, compiled: which value goes where, and how a row is read, is found out once. Drizzle finds both out again for every
 * run and every row, which takes longer than all that the driver does.
 */
import { Column, DrizzleQueryError, getTableName, is, Param, Placeholder, SQL, Subquery } from 'drizzle-orm';
import type postgres from 'postgres';

export type Values = Record<string, unknown>;

/** The driver's pool, or a transaction on it. */
export interface Client {
  unsafe: postgres.Sql['unsafe'];
}

/** What Drizzle built. */
export interface Built {
  sql: string;
  params: readonly unknown[];
  /** What is selected, in the order of its columns; nothing for a query whose rows are left as the driver gives them. */
  fields?: readonly Field[] | undefined;
  /** By table, whether its join always finds something; nothing for a query of one table. */
  joins?: Readonly<Record<string, boolean>> | undefined;
}

/** `row.name` in the result has the path `['row', 'name']`. */
export interface Field {
  path: readonly string[];
  field: unknown;
}

type Row = Record<string, unknown>;
type Reader = (raw: unknown) => unknown;

/** The query as a function. A failure is told as Drizzle tells it: the driver's error is its cause. */
export function compile({
  sql: text,
  params,
  fields,
  joins,
}: Built): (client: Client, values: Values) => Promise<unknown> {
  const fill = filling(params);
  const read = fields && reading(fields, joins);
  return async (client, values) => {
    const filled = fill(values);
    try {
      const query = client.unsafe(text, filled as never[], { prepare: true });
      return read ? (await query.values()).map(read) : await query;
    } catch (error) {
      throw error instanceof Error ? new DrizzleQueryError(text, filled, error) : error;
    }
  };
}

/** Puts values into their places, each as its column stores it. */
function filling(params: readonly unknown[]): (values: Values) => unknown[] {
  const places = params.map((param): ((values: Values) => unknown) => {
    if (is(param, Placeholder)) return (values) => named(values, param.name);
    if (!is(param, Param) || !is(param.value, Placeholder)) return () => param;
    const { name } = param.value;
    return (values) => param.encoder.mapToDriverValue(named(values, name));
  });
  return (values) => places.map((place) => place(values));
}

function named(values: Values, name: string): unknown {
  if (!(name in values)) throw new Error(`No value for placeholder "${name}" was provided`);
  return values[name];
}

/** Reads a row into the shape that was selected; what a left join did not find is null as a whole. */
function reading(fields: readonly Field[], joins: Built['joins']): (row: readonly unknown[]) => Row {
  const columns = fields.map(({ path, field }) => {
    const [group, key] = path.length === 2 ? path : [null, path[0]];
    if (path.length > 2 || key === undefined) throw new Error(`Select no deeper than two: ${path.join('.')}`);
    return { group, key, read: readerOf(field) };
  });
  const missing = joins ? maybeMissing(fields, joins) : [];
  return (row) => {
    const result: Row = {};
    for (const [at, { group, key, read }] of columns.entries()) {
      const raw = row[at];
      const value = raw === null ? null : read(raw);
      if (group === null || group === undefined) result[key] = value;
      else ((result[group] ??= {}) as Row)[key] = value;
    }
    for (const { group, at } of missing) if (row[at] === null) result[group] = null;
    return result;
  };
}

/** Groups that are all of one table which a join may not find: they are missing where their first column is. */
function maybeMissing(
  fields: readonly Field[],
  joins: Readonly<Record<string, boolean>>,
): { group: string; at: number }[] {
  const inGroups = fields.flatMap(({ path: [group = '', key], field }, at) =>
    key !== undefined && is(field, Column) ? [{ group, at, table: getTableName(field.table) }] : [],
  );
  return [...Map.groupBy(inGroups, ({ group }) => group).values()].flatMap(([first, ...others]) => {
    if (!first || joins[first.table] || others.some(({ table }) => table !== first.table)) return [];
    return [first];
  });
}

function readerOf(field: unknown): Reader {
  const decoder = is(field, Column) ? field : decoderOf(field);
  return (raw) => decoder.mapFromDriverValue(raw);
}

/** Of what is no column: an expression, one with a name, or a subquery. */
function decoderOf(field: unknown): { mapFromDriverValue(raw: unknown): unknown } {
  const expression = is(field, SQL.Aliased) ? field.sql : is(field, Subquery) ? field._.sql : field;
  return (expression as { decoder: { mapFromDriverValue(raw: unknown): unknown } }).decoder;
}
