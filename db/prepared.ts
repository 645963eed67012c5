/**
 * Queries that are built once. Building a query costs Drizzle more than running it costs PostgreSQL, and its own `.prepare()` stays
 * with the pool or the transaction that it was called on; here the same plan, compiled, runs on whichever is given.
 *
 *     const byNumber = prepared((db) => db.select().from(cases).where(eq(cases.number, sql.placeholder('number'))));
 *     const [row] = await byNumber(ctx.db, { number });
 */
import { eq, getTableColumns, sql, type Column, type Placeholder, type SQL } from 'drizzle-orm';
import { PgDialect, type PgColumn, type PgTable } from 'drizzle-orm/pg-core';
import { compile, type Built, type Client, type Field, type Values } from './compiled.ts';
import type { Db } from './connect.ts';

/** What `.prepare()` gives, as far as it is asked. */
interface Plan<Result> {
  execute(values: Values): Promise<Result>;
}

/** The same from the inside. */
interface Inside {
  queryString: string;
  params: unknown[];
  fields: Field[] | undefined;
  joinsNotNullableMap: Record<string, boolean> | undefined;
}

/** A query builder of Drizzle. */
interface Buildable<Result> {
  prepare(name: string): Plan<Result>;
}

const clientOf = (db: Db): Client => (db._.session as unknown as { client: Client }).client;

/** A query with placeholders, to be run with their values; every placeholder must be given one. */
export function prepared<Result>(build: (db: Db) => Buildable<Result>): (db: Db, values: Values) => Promise<Result> {
  let run: ReturnType<typeof compile> | undefined;
  return (db, values) => {
    run ??= compile(built(build(db).prepare('') as unknown as Inside));
    return run(clientOf(db), values) as Promise<Result>;
  };
}

const built = ({ queryString, params, fields, joinsNotNullableMap }: Inside): Built => ({
  sql: queryString,
  params,
  fields,
  joins: joinsNotNullableMap,
});

/** The same for a query in SQL: `Row` is what it selects. */
export function preparedSql<Row>(query: SQL): (db: Db, values: Values) => Promise<Row[]> {
  const run = compile(new PgDialect().sqlToQuery(query));
  return async (db, values) => [...((await run(clientOf(db), values)) as Iterable<Row>)];
}

/** A placeholder of its own name for each column of an insert. A nullable moment or sealed column cannot be null through one. */
export function placeholders<const Name extends string>(...names: Name[]): Record<Name, Placeholder> {
  const entries = names.map((name) => [name, sql.placeholder(name)]);
  return Object.fromEntries(entries) as Record<Name, Placeholder>;
}

/** The value of a placeholder as this column stores it, for the `set` of an update. */
export const asStored = <T extends Column>(column: T, name: string): SQL<T['_']['data']> =>
  sql`${sql.param(sql.placeholder(name), column)}`;

/** Columns with their new values; what is undefined stays as it is. */
type Changed<Table extends PgTable> = {
  [Name in keyof Table['$inferSelect']]?: Table['$inferSelect'][Name] | undefined;
};

/**
 * An update of one row whose columns are known only when it runs: one plan for each set of them that occurs, apart for those that
 * are null.
 */
export function preparedUpdate<Table extends PgTable>(
  table: Table,
  key: PgColumn,
): (db: Db, id: string, set: Changed<Table>) => Promise<Table['$inferSelect'][]> {
  const columns: Record<string, Column> = getTableColumns(table);
  const isIt = eq(key, sql.placeholder('id'));
  const plans = new Map<string, (db: Db, values: Values) => Promise<unknown>>();
  return async (db, id, set) => {
    const given = Object.entries(set).filter(([, value]) => value !== undefined);
    const shape = given.map(([name, value]) => (value === null ? `${name}=null` : name)).join();
    const plan =
      plans.get(shape) ??
      prepared((on) =>
        on
          .update(table)
          .set(stored(given) as never)
          .where(isIt)
          .returning(),
      );
    plans.set(shape, plan);
    return (await plan(db, { ...set, id })) as Table['$inferSelect'][];
  };

  function stored(given: [string, unknown][]): Record<string, SQL | null> {
    const one = (name: string) => asStored(columns[name] as Column, name);
    return Object.fromEntries(given.map(([name, value]) => [name, value === null ? null : one(name)]));
  }
}
