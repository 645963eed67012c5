/** The wrapped keys in the database: made for an empty one, opened at the start, opened again when a rotation changes them. */
import type postgres from 'postgres';
import { newDataKeys, unlockVault, unwrapKeys, wrapKeys, type DataKeys } from './vault.ts';

/** The channel on which processes are told that the keys changed. */
export const VAULT_CHANGED = 'vault_changed';

/** Unlocks this process's vault with the keys of the database; makes them when there are none. */
export async function openVault(sql: postgres.Sql, secret: string): Promise<void> {
  const held = await readKeys(sql, secret);
  if (held) return unlockVault(held);
  const keys = newDataKeys();
  await sql`insert into vault_keys (wrapped) values (${wrapKeys(keys, secret)})`;
  unlockVault(keys);
}

/** The keys, opened; null in an empty database. @throws when they were wrapped with another secret */
export async function readKeys(sql: postgres.Sql | postgres.TransactionSql, secret: string): Promise<DataKeys | null> {
  const [row] = await sql<{ wrapped: Buffer }[]>`select wrapped from vault_keys`;
  if (!row) return null;
  try {
    return unwrapKeys(row.wrapped, secret);
  } catch {
    throw new Error('SECRET_KEY is not the one this database was made with. Start with that key.');
  }
}

/** Writes changed keys and tells every process. */
export async function writeKeys(sql: postgres.Sql, keys: DataKeys, secret: string): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`update vault_keys set wrapped = ${wrapKeys(keys, secret)}`;
    await tx`select pg_notify(${VAULT_CHANGED}, '')`;
  });
  unlockVault(keys);
}
