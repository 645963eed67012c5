/**
 * Locks between processes that the operating system lets go of when their holder dies, `kill -9`
 * included, so that no stale lock and no reused process id ever has to be guessed at.
 *
 * Node has no file locks of its own, but SQLite, which it carries, locks its files with those of the
 * system. The files stay empty; nothing is ever stored in them.
 */
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';

/** Gives a lock back. Calling it again does nothing. */
export type Release = () => void;

const SQLITE_BUSY = 5;

/** A handle that nobody refers to would be collected and its lock with it, so they are kept here. */
const held = new Set<DatabaseSync>();

/** Takes the lock on `file` for this holder alone, or answers undefined when anybody else has it. */
export function tryExclusive(file: string): Release | undefined {
  return take(file, 'BEGIN EXCLUSIVE');
}

/** Takes the lock on `file` together with others who share it, or answers undefined when one has it alone. */
export function tryShared(file: string): Release | undefined {
  return take(file, 'BEGIN; SELECT count(*) FROM sqlite_schema');
}

/**
 * Waits until the lock on `file` is free and takes it for this holder alone.
 *
 * @param onWait is called once, when it has to wait for more than a second
 * @throws when it is still taken after `limitMs`
 */
export async function exclusive(file: string, limitMs: number, onWait: () => void): Promise<Release> {
  const began = performance.now();
  let told = false;
  for (;;) {
    const release = tryExclusive(file);
    if (release) return release;
    const waited = performance.now() - began;
    if (waited > limitMs) throw new Error(`another process has held ${file} for ${limitMs / 1000} s`);
    if (waited > 1000 && !told) {
      told = true;
      onWait();
    }
    await wait(20);
  }
}

function take(file: string, statements: string): Release | undefined {
  const handle = new DatabaseSync(file, { timeout: 0 });
  try {
    handle.exec(statements);
  } catch (error) {
    handle.close();
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) return undefined;
    throw error;
  }
  held.add(handle);
  return () => {
    if (held.delete(handle)) handle.close();
  };
}
