/** The database that is measured: a PostgreSQL of its own in `.data/bench`, so that nobody's data are mixed with it; or DATABASE_URL. */
import { readConfig, type Config } from '../../api/config.ts';
import { connect, prepareDatabase, type Connection } from '../../db/connect.ts';
import { startEmbedded } from '../../db/embedded/server.ts';

export const DEFAULT_DATA_DIR = '.data/bench';

export interface BenchDatabase extends Connection {
  url: string;
  config: Config;
}

/** Starts or finds the server, brings its tables up to date and unlocks the vault. `close` stops what was started. */
export async function openBenchDatabase(dataDir: string): Promise<BenchDatabase> {
  const config = readConfig(process.env);
  const embedded = config.DATABASE_URL ? null : await startEmbedded({ dataDir, mode: 'own', log: console.log });
  const url = config.DATABASE_URL ?? embedded?.url ?? '';
  try {
    await prepareDatabase(url, config.SECRET_KEY);
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
  const connection = connect(url, { max: 6 });
  return {
    ...connection,
    url,
    config,
    close: async () => {
      await connection.close();
      await embedded?.stop();
    },
  };
}
