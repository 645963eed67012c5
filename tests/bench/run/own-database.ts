/** A small database for one measurement, thrown away afterwards, so that it runs without the large one. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../../api/config.ts';
import { connect, prepareDatabase, type Connection } from '../../../db/connect.ts';
import { startEmbedded } from '../../../db/embedded/server.ts';

export async function withOwnDatabase<T>(use: (connection: Connection, url: string) => Promise<T>): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tuiguan-bench-'));
  // PostgreSQL does not run as root; the folder must be passable for the user that it runs as.
  await chmod(dataDir, 0o711);
  const server = await startEmbedded({ dataDir, mode: 'own' });
  try {
    await prepareDatabase(server.url, readConfig(process.env).SECRET_KEY);
    const connection = connect(server.url, { max: 4 });
    try {
      return await use(connection, server.url);
    } finally {
      await connection.close();
    }
  } finally {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}
