/**
 * Where the embedded server keeps its things.
 *
 *     <dataDir>/postgres.lock        held while somebody starts or stops the server
 *     <dataDir>/postgres-owners.lock shared by the processes that own the server
 *     <dataDir>/postgres-password    the superuser's, mode 600
 *     <dataDir>/postgres/            its home: cluster/ (the data) and server.log
 *
 * The home is elsewhere in one case: root runs PostgreSQL as another user, and that user cannot get
 * into <dataDir> because a folder above it is closed (a checkout in /root).
 */
import { createHash, randomBytes } from 'node:crypto';
import {
  access,
  chmod,
  constants,
  mkdir,
  readFile,
  realpath,
  rm,
  rmdir,
  stat,
  writeFile,
  rename,
} from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { run } from './run.ts';
import { chooseUser, giveTo, type RunAs } from './user.ts';

export type Place = {
  home: string;
  cluster: string;
  password: string;
  user: RunAs;
};

/** Survives a restart of the machine, which the system's temporary folder need not. */
const ELSEWHERE = '/var/lib/tuiguan';

export const lockFile = (dataDir: string) => join(dataDir, 'postgres.lock');
export const ownersFile = (dataDir: string) => join(dataDir, 'postgres-owners.lock');
const passwordFile = (dataDir: string) => join(dataDir, 'postgres-password');

/**
 * Makes the data folder when it is not there, and answers its real path.
 *
 * @throws when this user may not write in it
 */
export async function openDataDir(given: string): Promise<string> {
  const dataDir = resolve(given);
  const made = await mkdir(dataDir, { recursive: true });
  // Root's PostgreSQL user has to pass through it, though not to list it.
  if (made) await chmod(dataDir, process.getuid?.() === 0 ? 0o711 : 0o700);
  await ensureOurs(dataDir, constants.W_OK);
  return realpath(dataDir);
}

/** Whether a server was ever set up for this data folder. */
export async function wasUsed(dataDir: string): Promise<boolean> {
  return exists(passwordFile(resolve(dataDir)));
}

/** Finds or prepares the home. Call it with the lock in hand. */
export async function findPlace(dataDir: string, log: (line: string) => void): Promise<Place> {
  const password = await ensurePassword(passwordFile(dataDir));
  const here = join(dataDir, 'postgres');
  // The password is part of the key so that a data folder that was removed and made anew starts empty.
  const key = createHash('sha256').update(`${dataDir}\n${password}`).digest('hex').slice(0, 16);
  const elsewhere = join(ELSEWHERE, key);

  const settled = await firstWithCluster([here, elsewhere]);
  const user = await chooseUser(join(settled ?? here, 'cluster'));
  const homes = settled ? [settled] : [here, ...(user ? [elsewhere] : [])];
  for (const home of homes) {
    if (await openHome(home, user)) {
      if (home === elsewhere) {
        log(`PostgreSQL keeps its data in ${home}: ${user?.name}, who runs it for root, cannot get into ${here}`);
      }
      return { home, cluster: join(home, 'cluster'), password, user };
    }
    if (!settled) await rmdir(home);
  }
  const last = homes.at(-1);
  throw new Error(
    `${user?.name} runs PostgreSQL for root and cannot get into ${last}: open the folders above it (chmod o+x)`,
  );
}

async function firstWithCluster(homes: string[]): Promise<string | undefined> {
  for (const home of homes) if (await exists(join(home, 'cluster'))) return home;
  return undefined;
}

/** @returns whether PostgreSQL's user can work there */
async function openHome(home: string, user: RunAs): Promise<boolean> {
  const made = await mkdir(home, { recursive: true });
  // Root's umask may be tight, and the folder of the homes elsewhere has to be passed through.
  if (made && dirname(home) === ELSEWHERE) await chmod(ELSEWHERE, 0o711);
  if (made) await chmod(home, 0o700);
  if (!user) {
    await ensureOurs(home, constants.W_OK | constants.X_OK);
    return true;
  }
  await adoptFiles(home, user);
  return (await run('sh', ['-c', 'cd "$1" && test -w .', 'sh', home], { as: user })).ok;
}

/** A cluster that root has copied here (a restored backup) belongs to root until it is handed over. */
async function adoptFiles(home: string, user: NonNullable<RunAs>): Promise<void> {
  const cluster = await stat(join(home, 'cluster')).catch(() => undefined);
  if (cluster?.uid === 0) await run('chown', ['-R', `${user.uid}:${user.gid}`, join(home, 'cluster')]);
  await giveTo(user, home);
}

async function ensurePassword(file: string): Promise<string> {
  if (await exists(file)) {
    await ensureOurs(file, constants.R_OK);
    return (await readFile(file, 'utf8')).trim();
  }
  const password = randomBytes(24).toString('base64url');
  const draft = `${file}.new`;
  await rm(draft, { force: true });
  await writeFile(draft, `${password}\n`, { mode: 0o600 });
  await rename(draft, file);
  return password;
}

async function ensureOurs(path: string, mode: number): Promise<void> {
  if (await can(path, mode)) return;
  const { uid } = await stat(path);
  throw new Error(`${path} belongs to user ${uid} and is closed to this one: start as that user, or set DATABASE_URL`);
}

const can = (path: string, mode: number) =>
  access(path, mode).then(
    () => true,
    () => false,
  );
const exists = (path: string) => can(path, constants.F_OK);
