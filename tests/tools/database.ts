/** One PostgreSQL for a test run, with a template that holds the demo city; each test file copies a database from it. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { readConfig } from '../../api/config.ts';
import { addServicesFrom } from '../../api/engine/catalogue.ts';
import { loadKnown } from '../../api/policy/load-known.ts';
import { seedCalendar } from '../../api/registry/calendar.ts';
import { connect, prepareDatabase } from '../../db/connect.ts';
import { startEmbedded } from '../../db/embedded/server.ts';
import { loadDemo } from '../../db/seed/demo/load.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The template database, ready to be copied. */
    templateUrl: string;
  }
}

/** Vitest calls it once before all tests; what it gives back, once after them. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tuiguan-tests-'));
  // PostgreSQL does not run as root; the folder must be passable for the user that it runs as.
  await chmod(dataDir, 0o711);
  const server = await startEmbedded({ dataDir, mode: 'own' });
  await hurry(server.url);
  await fillTemplate(server.url);
  project.provide('templateUrl', server.url);
  return async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}

/** What is written need not outlive the machine: the server is killed in tests, never the disk's cache. */
async function hurry(url: string): Promise<void> {
  const connection = connect(url, { max: 1 });
  await connection.sql.unsafe('alter system set fsync = off');
  await connection.sql.unsafe('alter system set full_page_writes = off');
  await connection.sql.unsafe('select pg_reload_conf()');
  await connection.close();
}

async function fillTemplate(url: string): Promise<void> {
  await prepareDatabase(url, readConfig({}).SECRET_KEY);
  const connection = connect(url, { max: 2 });
  await loadDemo(connection.db);
  await seedCalendar(connection.db, 2024, 2027);
  await addServicesFrom(new URL('../../api/services/', import.meta.url));
  await loadKnown(connection.db);
  await connection.close();
}
