/** Runs a program of PostgreSQL, or of the system, to its end, as the user that PostgreSQL runs as. */
import { spawn } from 'node:child_process';
import type { RunAs } from './user.ts';

export type Finished = { ok: boolean; output: string };

/**
 * Never rejects: a program that cannot be started is `ok: false` with the reason as its output.
 *
 * @param options.silent leaves its output unread; needed for a program that leaves a server behind,
 *   which on Windows would keep the pipe open
 */
export function run(
  program: string,
  args: string[],
  options: { as?: RunAs | undefined; silent?: boolean; detached?: boolean } = {},
): Promise<Finished> {
  const { promise, resolve } = Promise.withResolvers<Finished>();
  const output = options.silent ? 'ignore' : 'pipe';
  try {
    const child = spawn(program, args, {
      // The caller's folder may be closed to the other user, and its environment holds our secrets.
      cwd: '/',
      env: environment(),
      stdio: ['ignore', output, output],
      detached: options.detached ?? false,
      windowsHide: true,
      ...(options.as ? { uid: options.as.uid, gid: options.as.gid } : {}),
    });
    let text = '';
    const collect = (chunk: Buffer) => (text += chunk.toString());
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    child.on('error', (error) => resolve({ ok: false, output: error.message }));
    child.on('close', (code) => resolve({ ok: code === 0, output: text.trim() }));
  } catch (error) {
    resolve({ ok: false, output: String(error) });
  }
  return promise;
}

function environment(): NodeJS.ProcessEnv {
  const passed: NodeJS.ProcessEnv = { LC_ALL: 'C', TZ: 'UTC' };
  for (const name of ['PATH', 'TMPDIR', 'TEMP', 'SystemRoot']) {
    const value = process.env[name];
    if (value !== undefined) passed[name] = value;
  }
  return passed;
}
