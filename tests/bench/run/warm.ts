/** Reads the whole database once, so that a measurement finds what a server that has run for a day has in memory. */
import type postgres from 'postgres';

/** Uses PostgreSQL's own `pg_prewarm`; without it the first seconds are slower, and it says so. */
export async function warm(sql: postgres.Sql): Promise<void> {
  try {
    await sql`create extension if not exists pg_prewarm`;
    const [row] = await sql`
      select pg_size_pretty(sum(pg_prewarm(oid, 'read')) * 8192) as size from pg_class
       where relnamespace = 'public'::regnamespace and relkind in ('r', 'i')`;
    console.log(`read into memory: ${String(row?.['size'])}`);
  } catch (error) {
    console.log(`not read into memory beforehand: ${(error as Error).message}`);
  }
}
