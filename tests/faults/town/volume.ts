/** A small disk of its own for the town's PostgreSQL, so that it is truly full when it is, and nobody else's is. */
import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SIZE_MB = 900;
const PIECE = Buffer.alloc(1024 * 1024);

export interface Volume {
  path: string;
  /** False where nothing may be mounted (not root, not Linux): then the disk is shared, and is never filled. */
  isOwn: boolean;
  /** Writes until the disk takes no more. */
  fill(): Promise<void>;
  /** Gives the room back. */
  free(): Promise<void>;
  clear(): Promise<void>;
}

/** `own`: whether a disk of its own is wanted. */
export async function openVolume(own: boolean): Promise<Volume> {
  const path = await mkdtemp(join(tmpdir(), 'tuiguan-faults-'));
  const isOwn = own && mount(path);
  // PostgreSQL does not run as root; the folder must be passable for the user that it runs as.
  await chmod(path, 0o711);
  const ballast = join(path, 'ballast');
  return {
    path,
    isOwn,
    async fill() {
      if (!isOwn) throw new Error('This disk is not ours to fill.');
      const file = await open(ballast, 'a');
      try {
        for (;;) await file.write(PIECE);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      } finally {
        await file.close();
      }
    },
    free: () => rm(ballast, { force: true }),
    async clear() {
      if (isOwn) execFileSync('umount', ['-l', path]);
      await rm(path, { recursive: true, force: true });
    },
  };
}

function mount(path: string): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE_MB}m`, 'tuiguan-faults', path], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
