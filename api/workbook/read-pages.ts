/** Rows of a long list, read page by page through a cursor: sorted once, and never held whole. */
import { sql, type SQL } from 'drizzle-orm';
import type { Db } from '../../db/connect.ts';

const PAGE = 1000;

/**
 * The rows of a query, as the driver has them: the columns have the names that the query gives them.
 * @param db a transaction
 * @param name of the cursor, one for each query: the driver remembers under it what the columns are
 */
export async function* readPages<Row extends Record<string, unknown>>(
  db: Db,
  name: string,
  query: SQL,
): AsyncGenerator<Row> {
  const cursor = sql.identifier(name);
  await db.execute(sql`declare ${cursor} no scroll cursor for ${query}`);
  for (;;) {
    const page = await db.execute(sql`fetch ${sql.raw(String(PAGE))} from ${cursor}`);
    yield* page as unknown as Row[];
    if (page.length < PAGE) return;
  }
}
