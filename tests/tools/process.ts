/** Starts `main.ts` as a process of its own, as a person would, and reads where it is from what it prints. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { bare } from './bare.ts';

export interface Started {
  child: ChildProcess;
  /** Where it listens; empty for a role that serves nothing. */
  url: string;
  /** Everything it printed so far, both streams. */
  printed(): string;
  /** Sends a signal and waits for the end. @returns the exit code, null when a signal ended it */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

const PATIENCE_MS = 30_000;

/** Starts the product with this environment and waits until it says that it runs. @throws with what it printed instead */
export async function startProcess(env: Record<string, string>): Promise<Started> {
  const child = spawn(process.execPath, ['main.ts'], {
    env: { ...bare, PORT: '0', LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const said = new Promise<void>((resolve, reject) => {
    const onText = (chunk: Buffer) => {
      text += chunk.toString();
      if (/openapi\.json|已启动/.test(text)) resolve();
    };
    child.stdout.on('data', onText);
    child.stderr.on('data', onText);
    child.once('exit', (code) => reject(new Error(`It ended with ${code}: ${text}`)));
    setTimeout(() => reject(new Error(`It did not start: ${text}`)), PATIENCE_MS).unref();
  });
  await said;
  // In what it tells people; its log has addresses of its own.
  const url = /^ +\S+ +(http:\/\/[\d.]+:\d+)/m.exec(text)?.[1] ?? '';
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    const ended = once(child, 'exit');
    child.kill(signal);
    const [code] = (await ended) as [number | null];
    return code;
  };
  // A test that fails half-way leaves nothing running behind it.
  onTestFinished(async () => {
    await end('SIGTERM');
  });
  return { child, url, printed: () => text, end };
}

/** A data folder of its own; `clear` removes it again. */
export async function ownDataDir(): Promise<{ path: string; clear: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'tuiguan-process-'));
  // PostgreSQL does not run as root; the folder must be passable for the user that it runs as.
  await chmod(path, 0o711);
  return { path, clear: () => rm(path, { recursive: true, force: true, maxRetries: 5 }) };
}
