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
export async function withDatabase<T>(wanted: DatabaseWanted, use: (connection: Connection) => Promise<T>): Promise<T> {
  const embedded = wanted.DATABASE_URL ? null : await startEmbedded({ dataDir: resolve(wanted.DATA_DIR), mode: 'own' });
  const url = wanted.DATABASE_URL ?? embedded?.url ?? '';
  try {
    await prepareDatabase(url, wanted.SECRET_KEY);
    const connection = connect(url, { max: 2 });
    try {
      return await use(connection);
    } finally {
      await connection.close();
    }
  } finally {
    await embedded?.stop();
  }
}
