/** The database for a command of the operator: that of the address, or the embedded one of this checkout, running or not. */
import { resolve } from 'node:path';
import { connect, prepareDatabase, type Connection } from './connect.ts';
import { startEmbedded } from './embedded/server.ts';

export interface DatabaseWanted {
  DATABASE_URL?: string | undefined;
  DATA_DIR: string;
  SECRET_KEY: string;
}

/** Opens the database, brought up to date and unlocked, and closes it again whatever happens. */
export function withDatabase<T>(wanted: DatabaseWanted, use: (connection: Connection) => Promise<T>): Promise<T> {
  return withServer(wanted, async (url) => {
    await prepareDatabase(url, wanted.SECRET_KEY);
    return using(connect(url, { max: 2 }), use);
  });
}

/** Opens one connection to the database as it is, be it empty or of an older version, and closes it again whatever happens. */
export function withDatabaseAsItIs<T>(
  wanted: Omit<DatabaseWanted, 'SECRET_KEY'>,
  use: (connection: Connection) => Promise<T>,
): Promise<T> {
  return withServer(wanted, (url) => using(connect(url, { max: 1 }), use));
}

async function using<T>(connection: Connection, use: (connection: Connection) => Promise<T>): Promise<T> {
  try {
    return await use(connection);
  } finally {
    await connection.close();
  }
}

async function withServer<T>(
  wanted: Pick<DatabaseWanted, 'DATABASE_URL' | 'DATA_DIR'>,
  use: (url: string) => Promise<T>,
): Promise<T> {
  const embedded = wanted.DATABASE_URL ? null : await startEmbedded({ dataDir: resolve(wanted.DATA_DIR), mode: 'own' });
  try {
    return await use(wanted.DATABASE_URL || (embedded?.url ?? ''));
  } finally {
    await embedded?.stop();
  }
}
