/** A program of ours in a process of its own: started, waited for, and stopped so that nothing is left behind. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Program {
  /** The first address that it printed. */
  url: string;
  stop(): Promise<void>;
  /** `kill -9`, and waits until it is gone. */
  kill(): Promise<void>;
  /** Tells what a module that the flags load listens for. */
  send(message: object): void;
  /** Asks such a module, and waits for what it says. */
  ask<T>(): Promise<T>;
}

const START_LIMIT_MS = 180_000;
const STOP_LIMIT_MS = 15_000;

/**
 * Starts `file` with these variables, behind the flags of Node, and waits for a line that matches `ready`.
 * @throws with what it printed when it ends before
 */
export async function startProgram(
  file: string,
  env: Record<string, string>,
  ready: RegExp = /http:\/\/127\.0\.0\.1:\d+/,
  flags: readonly string[] = [],
): Promise<Program> {
  const child = spawn(process.execPath, [...flags, file], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const ended = once(child, 'close');
  let printed = '';
  const url = await new Promise<string>((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error(`${file} did not start:\n${printed}`)), START_LIMIT_MS);
    const hear = (chunk: Buffer): void => {
      printed = (printed + chunk.toString()).slice(-20_000);
      const found = ready.exec(printed)?.[0];
      if (!found) return;
      clearTimeout(limit);
      resolve(found);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', (chunk: Buffer) => {
      hear(chunk);
      process.stderr.write(chunk);
    });
    void ended.then(() => {
      clearTimeout(limit);
      reject(new Error(`${file} ended:\n${printed}`));
    });
  }).catch((error: unknown) => {
    child.kill('SIGKILL');
    throw error;
  });
  return {
    url,
    send: (message) => void child.send(message),
    async ask<T>() {
      const said = once(child, 'message');
      child.send({ ask: true });
      return (await said)[0] as T;
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    async stop() {
      const limit = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
      child.kill('SIGTERM');
      await ended;
      clearTimeout(limit);
    },
  };
}

/** Uses a program and stops it, whatever happens. */
export async function withProgram<T>(starting: Promise<Program>, use: (program: Program) => Promise<T>): Promise<T> {
  const program = await starting;
  try {
    return await use(program);
  } finally {
    await program.stop();
  }
}
