/** What of a database belongs into a backup: its own tables and the journal of migrations. The clockwork winds itself up anew. */
import type postgres from 'postgres';

/** The driver, or a transaction of it. */
type Sql = postgres.Sql | postgres.TransactionSql;

const SCHEMAS = ['public', 'drizzle'];
const JOURNAL = 'drizzle.__drizzle_migrations';

/** Names are quoted as SQL wants them. */
export interface Table {
  table: string;
  columns: string;
}

/** Every table, without columns that are computed and without what an extension brought. */
export async function tablesOf(sql: Sql): Promise<Table[]> {
  const rows = await sql<Table[]>`
    select format('%I.%I', n.nspname, c.relname) as table,
           string_agg(format('%I', a.attname), ',' order by a.attnum) as columns
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     where c.relkind = 'r' and n.nspname = any(${SCHEMAS})
       and not exists (select from pg_depend d
                        where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
     group by n.nspname, c.relname order by 1`;
  return [...rows];
}

/** Where each sequence stands; one that was never used is left out. */
export async function sequencesOf(sql: Sql): Promise<{ sequence: string; last: string }[]> {
  const rows = await sql<{ sequence: string; last: string }[]>`
    select format('%I.%I', schemaname, sequencename) as sequence, last_value::text as last
      from pg_sequences where schemaname = any(${SCHEMAS}) and last_value is not null order by 1`;
  return [...rows];
}

/** The last migration that these tables went through. @throws when they are none of ours */
export async function migrationOf(sql: Sql): Promise<number> {
  const [row] = await sql.unsafe<{ last: string | null }[]>(`select max(created_at)::text as last from ${JOURNAL}`);
  if (!row?.last) throw new Error('The journal of migrations is empty: this database was never brought up.');
  return Number(row.last);
}

export interface ForeignKey {
  table: string;
  name: string;
  says: string;
}

/** Every foreign key, with the words that make it again. */
export async function foreignKeysOf(sql: Sql): Promise<ForeignKey[]> {
  const rows = await sql<ForeignKey[]>`
    select format('%I.%I', n.nspname, c.relname) as table, format('%I', k.conname) as name, pg_get_constraintdef(k.oid) as says
      from pg_constraint k
      join pg_class c on c.oid = k.conrelid
      join pg_namespace n on n.oid = c.relnamespace
     where k.contype = 'f' and n.nspname = any(${SCHEMAS}) order by 1, 2`;
  return [...rows];
}
