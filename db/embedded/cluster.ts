/** Makes, starts and stops the cluster (PostgreSQL's word for one server's data). Knows no locks. */
import { appendFile, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Binaries } from './binaries.ts';
import { choosePort } from './port.ts';
import type { Place } from './place.ts';
import { run } from './run.ts';
import { portIn, SETTINGS_FILE, settingsFor } from './settings.ts';
import { giveTo } from './user.ts';

const SUPERUSER = 'postgres';
const DRAFT = 'initdb-';

/**
 * Makes the cluster unless it is there. It is made under another name and renamed when complete, so a
 * `cluster` that exists is whole; what an interrupted attempt left behind is removed.
 */
export async function ensureCluster(place: Place, binaries: Binaries): Promise<void> {
  for (const name of await readdir(place.home)) {
    // Its initdb may still be dying and writing; then the next start removes the rest.
    if (name.startsWith(DRAFT)) {
      await rm(join(place.home, name), { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
    }
  }
  if (await stat(place.cluster).catch(() => undefined)) return;

  const draft = join(place.home, DRAFT + randomUUID());
  const passwordFile = `${draft}.password`;
  await writeFile(passwordFile, `${place.password}\n`, { mode: 0o600 });
  await giveTo(place.user, passwordFile);
  try {
    const made = await run(binaries.initdb, initdbArguments(draft, passwordFile), { as: place.user });
    if (!made.ok) throw new Error(`PostgreSQL's data could not be set up in ${place.home}: ${made.output}`);
  } finally {
    await rm(passwordFile, { force: true });
  }
  await appendFile(join(draft, 'postgresql.conf'), `\ninclude_if_exists '${SETTINGS_FILE}'\n`);
  await rename(draft, place.cluster);
}

function initdbArguments(pgdata: string, passwordFile: string): string[] {
  return [
    `--pgdata=${pgdata}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // Sorted by code point and cased by Unicode, the same on every machine.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
  ];
}

/**
 * Starts the server in a session of its own, so that it outlives this process, and waits until it
 * accepts connections or gives up.
 *
 * @returns whether it runs; if not, `reason` is the end of its log
 */
export async function startServer(place: Place, binaries: Binaries): Promise<{ ok: boolean; reason: string }> {
  const settings = join(place.cluster, SETTINGS_FILE);
  const port = await choosePort(portIn(await readFile(settings, 'utf8').catch(() => '')));
  await writeFile(settings, settingsFor(port), { mode: 0o600 });
  await giveTo(place.user, settings);
  const log = join(place.home, 'server.log');
  await rename(log, `${log}.1`).catch(() => undefined);
  const args = ['start', '-D', place.cluster, '-l', log, '-w', '-t', '120', '-s'];
  const { ok } = await run(binaries.pgCtl, args, { as: place.user, silent: true, detached: true });
  const lines = ok ? [] : (await readFile(log, 'utf8').catch(() => 'it wrote no log')).trim().split('\n');
  return { ok, reason: lines.slice(-5).join('\n') };
}

/** Ends every connection and stops the server cleanly, and waits for it. */
export async function stopServer(place: Place, binaries: Binaries): Promise<void> {
  // Detached, so that an impatient second Ctrl-C does not cut the waiting short.
  const args = ['stop', '-D', place.cluster, '-m', 'fast', '-w', '-t', '60', '-s'];
  const stopped = await run(binaries.pgCtl, args, { as: place.user, detached: true });
  if (!stopped.ok) throw new Error(`PostgreSQL did not stop: ${stopped.output}`);
}
