/** Brings a backup into an empty database, whole or not at all. */
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type postgres from 'postgres';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { MIGRATION_LOCK, MIGRATIONS } from '../connect.ts';
import { readKeys } from '../vault-keys.ts';
import { foreignKeysOf, tablesOf, type ForeignKey } from './catalogue.ts';
import type { Manifest } from './form.ts';
import { readBackup } from './read.ts';

/**
 * In one transaction: the tables as they were when the backup was made, then their rows. Guards and foreign keys stand aside while
 * rows come in, and are checked when all are there; nothing asks for a superuser. Later migrations are done at the next start.
 * `secret`, when it is known, must open the keys that come with the rows.
 * @throws when the database is not empty, the backup is damaged or newer than this product, or the secret is another
 */
export async function restore(sql: postgres.Sql, file: Readable, secret: string | undefined): Promise<Manifest> {
  const manifest = await sql.begin(async (tx) => {
    await tx`set local statement_timeout = 0`;
    await tx`select pg_advisory_xact_lock(${MIGRATION_LOCK})`;
    await ensureEmpty(tx);
    let foreignKeys: ForeignKey[] = [];
    let expected = new Set<string>();
    const brought = await readBackup(file, {
      head: async ({ migration }) => {
        await makeTables(tx, migration);
        foreignKeys = await foreignKeysOf(tx);
        expected = await standAside(tx, foreignKeys);
      },
      table: async (table, copy, rows) => {
        if (!expected.has(table)) throw new Error(`This product has no table ${table}.`);
        await copyIn(tx, copy, rows);
      },
    });
    for (const { sequence, last } of brought.sequences) await tx`select setval(${sequence}::regclass, ${last}::bigint)`;
    for (const { table, name, says } of foreignKeys)
      await tx.unsafe(`alter table ${table} add constraint ${name} ${says}`);
    for (const table of expected) await tx.unsafe(`alter table ${table} enable trigger user`);
    if (secret !== undefined) await readKeys(tx, secret);
    return brought;
  });
  await sql`analyze`;
  return manifest;
}

async function ensureEmpty(tx: postgres.TransactionSql): Promise<void> {
  const [table] = await tablesOf(tx);
  if (table) throw new Error(`The database is not empty (${table.table} is there). Restore into a new one.`);
}

/** The tables as they were after this migration. */
async function makeTables(tx: postgres.TransactionSql, last: number): Promise<void> {
  const migrations = readMigrationFiles({ migrationsFolder: MIGRATIONS });
  const wanted = migrations.filter(({ folderMillis }) => folderMillis <= last);
  if (wanted.at(-1)?.folderMillis !== last)
    throw new Error('The backup was made by a newer version of this product. Restore it with that version.');
  for (const { sql } of wanted) for (const statement of sql) await tx.unsafe(statement);
  await tx`create schema drizzle`;
  await tx`create table drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)`;
}

/** Nothing but rows may come in now: no guard acts, no order matters, and what migrations wrote comes from the backup. */
async function standAside(tx: postgres.TransactionSql, foreignKeys: readonly ForeignKey[]): Promise<Set<string>> {
  const tables = (await tablesOf(tx)).map(({ table }) => table);
  for (const { table, name } of foreignKeys) await tx.unsafe(`alter table ${table} drop constraint ${name}`);
  for (const table of tables) await tx.unsafe(`alter table ${table} disable trigger user`);
  await tx.unsafe(`truncate ${tables.join()}`);
  return new Set(tables);
}

/** @throws with what the server says, at whichever row */
async function copyIn(tx: postgres.TransactionSql, copy: string, rows: AsyncIterable<Buffer>): Promise<void> {
  const query = tx.unsafe(copy);
  const into = await query.writable();
  await new Promise<void>((resolve, reject) => {
    // The driver has answered this query with a stream, and tells it nothing more once the last row is sent: what the server
    // refuses then would be heard by nobody, and waited for in vain.
    void Object.assign(query, { reject });
    pipeline(rows, into).then(resolve, reject);
  });
}
