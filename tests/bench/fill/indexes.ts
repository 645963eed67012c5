/**
 * Takes indexes and keys off while a million rows are loaded, and puts them back. What was taken off is remembered in the
 * database itself, in the same transaction, so that a fill that was interrupted goes on.
 */
import type postgres from 'postgres';

/** Tables made by the fill; `suspended` holds the statements that put the indexes back. */
export async function makeNotebook(sql: postgres.Sql): Promise<void> {
  await sql`create schema if not exists bench`;
  await sql`create table if not exists bench.suspended (n serial primary key, ddl text not null)`;
  await sql`create table if not exists bench.pages (stage text, page integer, primary key (stage, page))`;
  await sql`create table if not exists bench.filled (retirees integer not null, cases integer not null)`;
}

interface Taken {
  take: string;
  back: string;
}

/** Foreign keys first, then the keys they lean on, then plain indexes. */
export async function suspendIndexes(sql: postgres.Sql, tables: readonly string[]): Promise<void> {
  await sql.begin(async (tx) => {
    const taken = [...(await constraints(tx, tables)), ...(await plainIndexes(tx, tables))];
    for (const { take } of taken) await tx.unsafe(take);
    // Back in the opposite order: indexes and keys before the foreign keys that lean on them.
    for (const { back } of taken.toReversed()) await tx`insert into bench.suspended (ddl) values (${back})`;
  });
}

/** Puts everything back that is still missing, each in a transaction of its own. */
export async function restoreIndexes(sql: postgres.Sql): Promise<void> {
  const waiting = await sql<{ n: number; ddl: string }[]>`select n, ddl from bench.suspended order by n`;
  for (const { n, ddl } of waiting) {
    const began = performance.now();
    await sql.begin(async (tx) => {
      await tx`set local maintenance_work_mem = '1GB'`;
      await tx.unsafe(ddl);
      await tx`delete from bench.suspended where n = ${n}`;
    });
    const seconds = (performance.now() - began) / 1000;
    if (seconds > 1) console.log(`  ${seconds.toFixed(1)} s  ${ddl.slice(0, 90)}`);
  }
}

async function constraints(tx: postgres.TransactionSql, tables: readonly string[]): Promise<Taken[]> {
  const rows = await tx<{ name: string; on: string; def: string }[]>`
    select conname as name, conrelid::regclass::text as on, pg_get_constraintdef(oid) as def
      from pg_constraint
     where conrelid = any(${tables}::regclass[]) and contype in ('f', 'p', 'u')
     order by contype = 'f' desc, conname`;
  return rows.map(({ name, on, def }) => ({
    take: `alter table ${on} drop constraint "${name}"`,
    back: `alter table ${on} add constraint "${name}" ${def}`,
  }));
}

async function plainIndexes(tx: postgres.TransactionSql, tables: readonly string[]): Promise<Taken[]> {
  const rows = await tx<{ name: string; def: string }[]>`
    select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as def
      from pg_index
     where indrelid = any(${tables}::regclass[])
       and not exists (select from pg_constraint where conindid = indexrelid and contype in ('p', 'u'))
     order by 1`;
  return rows.map(({ name, def }) => ({ take: `drop index ${name}`, back: def }));
}
