/**
 * Whom PostgreSQL runs as. It refuses to run as root, so root lends it another user; everybody else
 * runs it as themselves.
 */
import { chown, stat } from 'node:fs/promises';
import { run } from './run.ts';

/** The user to change to, or undefined to stay who we are. */
export type RunAs = { uid: number; gid: number; name: string } | undefined;

const OWN_USER = 'tuiguan-db';

/**
 * The user for the server in `cluster`: its owner when it exists already (somebody else may have made
 * it), else the `postgres` user of the system, else a system user made for it, else `nobody`.
 */
export async function chooseUser(cluster: string): Promise<RunAs> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await stat(cluster).catch(() => undefined);
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid, name: `user ${owner.uid}` };
  const known = (await userNamed('postgres')) ?? (await userNamed('_postgres')) ?? (await userNamed(OWN_USER));
  if (known) return known;
  await run('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', OWN_USER]);
  const user = (await userNamed(OWN_USER)) ?? (await userNamed('nobody'));
  if (!user) {
    throw new Error('PostgreSQL does not run as root, and there is no other user: start as one, or set DATABASE_URL');
  }
  return user;
}

/** Hands a file or folder that root has made to the user that PostgreSQL runs as. */
export async function giveTo(user: RunAs, path: string): Promise<void> {
  if (user) await chown(path, user.uid, user.gid);
}

async function userNamed(name: string): Promise<RunAs> {
  const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
  return uid.ok && gid.ok ? { uid: Number(uid.output), gid: Number(gid.output), name } : undefined;
}
