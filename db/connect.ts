/** The connection to PostgreSQL: a pool, the typed query builder on it, and the migrations. */
import { drizzle, type PostgresJsQueryResultHKT } from 'drizzle-orm/postgres-js';
import type { PgDatabase } from 'drizzle-orm/pg-core';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { endingWhole } from './ending-whole.ts';
import { preparing } from './preparing.ts';
import * as schema from './schema/index.ts';
import { takingTurns } from './turns.ts';
import { openVault } from './vault-keys.ts';

/** What verbs query through: the pool, or a transaction on it. */
export type Db = PgDatabase<PostgresJsQueryResultHKT, typeof schema>;

export interface Connection {
  db: Db;
  /** The driver itself, for LISTEN and for bulk loads. */
  sql: postgres.Sql;
  close(): Promise<void>;
}

/** Opens a pool. Nothing is sent before the first query, so this succeeds while the database is away. */
export function connect(url: string, options: { max?: number; name?: string } = {}): Connection {
  const max = options.max ?? 20;
  // PostgreSQL lists its connections by this name.
  const connection = { application_name: `tuiguan ${options.name ?? 'command'}` };
  const sql = postgres(url, { max, onnotice: () => {}, connect_timeout: 5, connection });
  return {
    db: drizzle(preparing(takingTurns(endingWhole(sql), max)), { schema }),
    sql,
    close: () => sql.end({ timeout: 5 }),
  };
}

/** Any number will do, as long as all processes use the same one. */
export const MIGRATION_LOCK = 43_012_024;
export const MIGRATIONS = fileURLToPath(new URL('./migrations', import.meta.url));

/** Runs `act` while no other process that starts runs its own, or migrates. */
export async function oneAtATime<T>({ sql }: Connection, act: () => Promise<T>): Promise<T> {
  const held = await sql.reserve();
  try {
    await held`select pg_advisory_lock(${MIGRATION_LOCK})`;
    try {
      return await act();
    } finally {
      await held`select pg_advisory_unlock(${MIGRATION_LOCK})`;
    }
  } finally {
    held.release();
  }
}

/** Brings the tables up to date, one process at a time (advisory lock), and unlocks the vault with `secret`. */
export async function prepareDatabase(url: string, secret: string): Promise<void> {
  const one = connect(url, { max: 1 });
  try {
    await one.sql`select pg_advisory_lock(${MIGRATION_LOCK})`;
    await migrate(drizzle(one.sql), { migrationsFolder: MIGRATIONS });
    await openVault(one.sql, secret);
  } finally {
    await one.close();
  }
}
