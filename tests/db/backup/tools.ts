/** Empty databases, the operator's commands, and what stands in a database. */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { inject } from 'vitest';
import { connect, type Connection } from '../../../db/connect.ts';
import { bare } from '../../tools/bare.ts';

export async function emptyDatabase(): Promise<string> {
  const name = `restored_${randomUUID().replaceAll('-', '')}`;
  const admin = connect(Object.assign(new URL(inject('templateUrl')), { pathname: '/postgres' }).href, { max: 1 });
  await admin.sql.unsafe(`create database ${name}`);
  await admin.close();
  return Object.assign(new URL(inject('templateUrl')), { pathname: `/${name}` }).href;
}

/** A command of the operator. Its words, whichever way it ends. */
export async function command(
  path: string,
  databaseUrl: string,
  args: string[] = [],
  env: Record<string, string> = {},
) {
  const given = { ...bare, DATABASE_URL: databaseUrl, LANG: 'en_GB.UTF-8', ...env };
  const ran = promisify(execFile)(process.execPath, [path, ...args], { env: given });
  const ended: unknown = await ran.catch((error: unknown) => error);
  const { code = 0, stdout, stderr } = ended as { code?: number; stdout: string; stderr: string };
  return { code, said: stdout + stderr };
}
export const backup = (url: string, ...args: string[]) => command('db/backup/backup-cli.ts', url, args);
export const bring = (url: string, ...args: string[]) => command('db/backup/restore-cli.ts', url, args);

export async function using<T>(url: string, act: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = connect(url, { max: 1 });
  try {
    return await act(connection);
  } finally {
    await connection.close();
  }
}

/** What stands in every table, in no order. */
export async function contents(url: string): Promise<Record<string, string>> {
  return using(url, async ({ sql }) => {
    const tables = await sql<{ table: string }[]>`
      select format('%I.%I', schemaname, tablename) as table from pg_tables where schemaname in ('public', 'drizzle')`;
    const all: Record<string, string> = {};
    for (const { table } of tables) {
      const [row] = await sql.unsafe(
        `select count(*) || ' ' || coalesce(sum(hashtext(t::text)), 0) as sum from ${table} t`,
      );
      all[table] = row?.['sum'];
    }
    return all;
  });
}
